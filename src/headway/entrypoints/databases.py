"""The database that the settings name, and its replicas, opened."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from headway.platform.db.address import is_server, parse_address
from headway.platform.db.port import Replica
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.failure import Failure
from headway.platform.faults import Faults, no_faults
from headway.settings import Settings

if TYPE_CHECKING:
    from headway.platform.db.mysql import MySqlDatabase


class NothingToFollow(Failure):
    """A SQLite file has no replicas."""


async def open_database(settings: Settings, faults: Faults = no_faults) -> "SqliteDatabase | MySqlDatabase":
    """On the event loop that will use it; close it there. Unavailable when a server is away or refuses."""
    if not is_server(settings.database_url):
        return SqliteDatabase(settings.database_path, faults)
    from headway.platform.db.mysql import open_mysql  # noqa: PLC0415 - most installations need no driver of a server
    from headway.platform.db.mysql_pool import PoolLimits  # noqa: PLC0415

    limits = PoolLimits(
        settings.database_connections, settings.database_wait_seconds, settings.database_statement_seconds
    )
    return await open_mysql(parse_address(settings.database_url), limits, faults)


@contextlib.asynccontextmanager
async def opened_replicas(settings: Settings) -> AsyncIterator[Sequence[Replica]]:
    """The replicas that the settings name, on the event loop that will use them. They need not answer yet.

    NothingToFollow; Unavailable when the primary is away.
    """
    if not settings.database_replica_urls:
        yield ()
        return
    if not is_server(settings.database_url):
        raise NothingToFollow("HEADWAY_DATABASE_REPLICA_URLS are replicas of a server: set HEADWAY_DATABASE_URL, too.")
    from headway.platform.db.mysql_pool import PoolLimits  # noqa: PLC0415 - as above
    from headway.platform.db.mysql_replica import open_replicas  # noqa: PLC0415

    limits = PoolLimits(
        settings.database_connections, settings.database_wait_seconds, settings.database_statement_seconds
    )
    addresses = [parse_address(each) for each in settings.database_replica_urls]
    replicas = await open_replicas(parse_address(settings.database_url), addresses, limits)
    try:
        yield replicas
    finally:
        for each in replicas:
            await each.close()
