"""Removes old notifications that were read."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from headway.modules.notifications.actions.retention import forget_alarms, remove_old
from headway.modules.notifications.store import notifications
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.jobs import LOW, JobType, Nothing, Running, Schedule, daily

NAME: Final = "notifications.retention"
HOUR: Final = 2
PEOPLE_AT_ONCE: Final = 100


@dataclass(frozen=True)
class Retention:
    """The daily job. `days`: how long read notifications are kept."""

    database: Database
    clock: Clock
    days: int

    def job(self) -> JobType[Nothing]:
        """The job type."""
        return JobType(name=NAME, payload=Nothing, run=self._run, priority=LOW)

    def schedule(self) -> Schedule:
        """When it runs."""
        return daily(NAME, HOUR, LOW)

    async def _run(self, _nothing: Nothing, _running: Running) -> None:
        now = self.clock.now()
        before = now - timedelta(days=self.days)
        while people := await self.database.reader.rows(
            notifications.PEOPLE_WITH_OLD, before=before, limit=PEOPLE_AT_ONCE
        ):
            for user_id in people:

                async def act(tx: Transaction, user_id: str = user_id) -> None:
                    await remove_old(tx, user_id, before, now)

                await self.database.write(act)
        await self.database.write(lambda tx: forget_alarms(tx, now))
