"""Replicas: do they answer, and how far are they behind?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from headway.changes.heartbeat import BEAT_AT
from headway.entrypoints.operation.doctor.findings import Finding, failure, warning, well
from headway.platform.clock import Clock
from headway.platform.db.address import Address, is_server, parse_address
from headway.platform.failure import Failure
from headway.settings import Settings

FEW_SECONDS: Final = 1.0


def check_replicas(settings: Settings, _clock: Clock) -> list[Finding]:
    """Each one beside its primary. A primary that is away is told of by another check."""
    if not settings.database_replica_urls or not is_server(settings.database_url):
        return []
    try:
        newest = _beat_at(parse_address(settings.database_url))
    except Failure:
        return []
    return [*_surroundings(settings), *(_examine(url, newest) for url in settings.database_replica_urls)]


def _surroundings(settings: Settings) -> Iterator[Finding]:
    if not settings.redis_url:
        advice = "If there are several instances set HEADWAY_REDIS_URL, so that each knows what others have answered."
        yield warning("replicas", "there are replicas, but no Redis", advice)


def _examine(url: str, newest: datetime | None) -> Finding:
    address = parse_address(url)
    try:
        held = _beat_at(address)
    except Failure as error:
        return failure("replicas", str(error), "Start it; until then others are read from.")
    if newest is None:
        return well("replicas", f"{address.servers} answers")
    if held is None:
        return failure("replicas", f"{address.servers} has no heartbeat", "Let it follow the primary.")
    behind = max(0.0, (newest - held).total_seconds())
    if behind > FEW_SECONDS:
        advice = "Look at SHOW SLAVE STATUS there; until it has caught up others are read from."
        return warning("replicas", f"{address.servers} is {behind:.1f} s behind", advice)
    return well("replicas", f"{address.servers} answers and is {behind:.1f} s behind")


def _beat_at(address: Address) -> datetime | None:
    """When the heartbeat was moved that a server has."""
    from headway.platform.db.mysql_row import row_at  # noqa: PLC0415 - most installations need no driver of a server

    return row_at(address, BEAT_AT)
