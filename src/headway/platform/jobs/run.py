"""One run of one job: under a lease that is renewed, to an end that is settled."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Final

import msgspec
import structlog

from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.jobs import queue
from headway.platform.jobs.handlers import AnyJobType, GiveUp, LeaseLost
from headway.platform.jobs.queue import Job

LEASE: Final = timedelta(seconds=30)
RENEW_SECONDS: Final = 10.0
FIRST_RETRY: Final = timedelta(seconds=5)
LAST_RETRY: Final = timedelta(hours=1)
ERROR_LENGTH: Final = 2000

Step = Callable[[Transaction], Coroutine[Any, Any, bool]]  # Any: what a coroutine sends and receives

_log = structlog.get_logger(__name__)


def retry_delay(attempts: int, spread: float) -> timedelta:
    """How long to wait after so many failures: doubling from 5 s to 1 h, more or less a quarter (`spread` 0 to 1)."""
    doubled: timedelta = FIRST_RETRY * 2 ** min(attempts - 1, 20)
    return min(doubled, LAST_RETRY) * (0.75 + spread / 2)


class Run:
    """A taken job on its way to an end; what its handler sees of it is the `Running` protocol."""

    def __init__(
        self, job: Job, kind: AnyJobType | None, database: Database, clock: Clock, spread: Callable[[], float]
    ) -> None:
        self._job = job
        self._kind = kind
        self._database = database
        self._clock = clock
        self._spread = spread
        self._progress = (0, 0)
        self._finishing = False
        self._payload: msgspec.Struct | None = None

    @property
    def id(self) -> str:
        return self._job.id

    @property
    def attempt(self) -> int:
        return self._job.attempts

    def report(self, done: int, total: int) -> None:
        self._progress = (done, total)

    async def finish(self, tx: Transaction) -> None:
        if not await queue.finish(tx, self._job):
            raise LeaseLost(self._job.name)
        self._finishing = True

    async def to_end(self) -> None:
        """Run the handler and settle the job; never raises but for cancellation, which puts the job back."""
        renewing = asyncio.create_task(self._renew(asyncio.current_task()))
        try:
            await self._attempt()
        except asyncio.CancelledError:
            await self._settle(lambda tx: queue.retry(tx, self._job, self._clock.now(), self.attempt - 1, None))
            raise
        except GiveUp as error:
            await self._fail(str(error))
        except Exception as error:  # noqa: BLE001 - whatever a job raises is its failure, not the worker's
            await self._fail_or_retry(error)
        else:
            await self._settle(lambda tx: queue.finish(tx, self._job))
        finally:
            renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await renewing

    async def _attempt(self) -> None:
        kind = self._kind
        if kind is None:
            raise GiveUp(f"no job of the name {self._job.name} is known to this program")
        try:
            payload = self._payload = msgspec.convert(self._job.payload, kind.payload)
        except msgspec.ValidationError as error:
            raise GiveUp(f"the payload cannot be read: {error}") from error
        async with asyncio.timeout(kind.timeout):
            await kind.run(payload, self)

    async def _fail_or_retry(self, error: Exception) -> None:
        text = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
        if self._kind is None or self.attempt >= self._kind.attempts:
            await self._fail(text)
            return
        wait = retry_delay(self.attempt, self._spread())
        _log.warning("job_will_retry", job=self._job.name, id=self.id, attempt=self.attempt, error=text)
        at = self._clock.now() + wait
        await self._settle(lambda tx: queue.retry(tx, self._job, at, self.attempt, text))

    async def _fail(self, error: str) -> None:
        _log.error("job_failed", job=self._job.name, id=self.id, attempts=self.attempt, error=error)

        async def bury(tx: Transaction) -> bool:
            buried = await queue.bury(tx, self._job, error[:ERROR_LENGTH])
            if buried and self._kind and self._kind.gave_up and self._payload is not None:
                await self._kind.gave_up(self._payload, tx)
            return buried

        await self._settle(bury)

    async def _settle(self, step: Step) -> None:
        """Take one step with the lease. Where the handler has finished the job itself, none is left to take."""
        if not await self._database.write(step) and not self._finishing:
            _log.warning("job_lease_lost", job=self._job.name, id=self.id)

    async def _renew(self, running: "asyncio.Task[Any] | None") -> None:  # Any: the task that runs the job
        """Hold the lease; end the run when another worker has taken the job."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                held = await self._extend()
            except Exception as error:  # noqa: BLE001 - storage may be away for a moment; the lease outlives some tries
                _log.warning("job_lease_not_renewed", job=self._job.name, id=self.id, error=str(error))
                continue
            if not held and not self._finishing and running is not None:
                running.cancel()

    async def _extend(self) -> bool:
        done, total = self._progress
        until = self._clock.now() + LEASE
        return await self._database.write(lambda tx: queue.extend(tx, self._job, until, done, total))
