"""The daily tidying of the change log, as a module like the others."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import MetaData

from headway.changes.module import Module
from headway.changes.retention import compact
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.jobs import LOW, JobType, Nothing, Running, daily

NAME: Final = "compact_log"
HOUR: Final = 4
"""UTC, after the daily backup."""

_log = structlog.get_logger(__name__)


def build(database: Database, clock: Clock, modules: Sequence[Module], keep: timedelta) -> Module:
    """Compacts the streams of all modules once a day; waits for every consumer that they have."""
    readers: dict[str, list[str]] = defaultdict(list)
    for consumer in (consumer for module in modules for consumer in module.consumers):
        for kind in consumer.kinds:
            readers[kind].append(consumer.name)

    async def run(_nothing: Nothing, _running: Running) -> None:
        moved = await compact(database, readers, clock.now(), keep)
        _log.info("log_compacted", entries=moved)

    return Module(
        name="housekeeping",
        metadata=MetaData(),
        routes=(),
        jobs=(JobType(name=NAME, payload=Nothing, run=run, attempts=3, timeout=3600.0, priority=LOW),),
        schedules=(daily(NAME, HOUR, LOW),),
    )
