"""Alarms ring: everybody is told once of each reminder and each day that something is due."""

from dataclasses import dataclass

from headway.modules.auth.contracts import Accounts
from headway.modules.notifications.actions.alarms import ALARM_JOB, ring
from headway.modules.notifications.actions.delivery import Delivery
from headway.modules.notifications.contracts import Sight
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.jobs import HIGH, JobType, Nothing, Running

ATTEMPTS = 10_000
"""With an hour between the later ones: for more than a year."""


@dataclass(frozen=True)
class Ringing:
    """The job that is queued for each moment at which an alarm rings; it takes along whatever else is due."""

    database: Database
    clock: Clock
    accounts: Accounts
    sight: Sight

    def job(self) -> JobType[Nothing]:
        """The job type."""
        return JobType(name=ALARM_JOB, payload=Nothing, run=self._run, attempts=ATTEMPTS, priority=HIGH)

    async def _run(self, _nothing: Nothing, running: Running) -> None:
        async def act(tx: Transaction) -> bool:
            news, is_all = await ring(tx, self.clock.now())
            await Delivery(tx, self.accounts, self.sight).deliver(news)
            if is_all:
                # With the last alarm, so that one that is set meanwhile for the same moment queues a job of its own.
                await running.finish(tx)
            return is_all

        while not await self.database.write(act):
            pass
