"""Counters of single days that no statistic asks for any more are deleted, once a day."""

from typing import Final

from headway.modules.analytics.domain.facts import fading_before
from headway.modules.analytics.store import FADE
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.jobs import LOW, JobType, Nothing, Running, daily

NAME: Final = "analytics.fade"
FADING_DAILY: Final = daily(NAME, 5, LOW)


def fading(database: Database, clock: Clock) -> JobType[Nothing]:
    """The job type."""

    async def run(_nothing: Nothing, _running: Running) -> None:
        async def fade(tx: Transaction) -> None:
            for measure, below in fading_before(clock.now()).items():
                await tx.execute(FADE, what=measure, below=below)

        await database.write(fade)

    return JobType(name=NAME, payload=Nothing, run=run, priority=LOW)
