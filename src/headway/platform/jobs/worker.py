"""Runs jobs in this process: a few at a time, woken by commits and by the clock."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

import structlog

from headway.platform.clock import Clock
from headway.platform.db.port import Database, News, Transaction
from headway.platform.jobs import queue
from headway.platform.jobs.handlers import AnyJobType
from headway.platform.jobs.queue import Job
from headway.platform.jobs.run import LEASE, Run
from headway.platform.jobs.schedule import Schedule, open_schedules, queue_slot
from headway.platform.problems import Unavailable

LONGEST_NAP_SECONDS: Final = 30.0
RETRY_SECONDS: Final = 1.0

_log = structlog.get_logger(__name__)


class Worker:
    """Takes jobs under leases and settles them.

    A lease that is not renewed for 30 s (the process died) lets the job be taken again; who lost it cannot settle it.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        types: Iterable[AnyJobType],
        schedules: Sequence[Schedule] = (),
        concurrency: int = 4,
        *,
        spread: Callable[[], float] = random.random,
        longest_nap: float = LONGEST_NAP_SECONDS,
    ) -> None:
        """`longest_nap`: seconds after which it looks for jobs that nobody told it of."""
        self._database = database
        self._clock = clock
        self._types = {each.name: each for each in types}
        self._schedules = schedules
        self._concurrency = concurrency
        self._spread = spread
        self._longest_nap = longest_nap
        self._wake = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        database.on_commit(self.hear)

    def hear(self, news: News) -> None:
        """Look for jobs soon, if the news say that there are some."""
        if any(stream == queue.NEWS for stream, _ in news):
            self._wake.set()

    async def run(self) -> None:
        """Work until cancelled; jobs that run then go back to the queue."""
        try:
            while True:
                try:
                    await self._work_until_idle()
                    await self._nap()
                except Unavailable as away:
                    _log.error("jobs_wait", reason=away.detail)
                    await asyncio.sleep(RETRY_SECONDS)
                except Exception:  # noqa: BLE001 - the worker stays, whatever happens, and tries again
                    _log.exception("jobs_failed")
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            await self._put_back()

    async def run_due(self) -> None:
        """Run everything that is due now, and what that queues for now, to its end."""
        while await self._start_some() or self._running:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)

    async def _work_until_idle(self) -> None:
        self._wake.clear()
        while await self._start_some():
            if len(self._running) >= self._concurrency:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)

    async def _nap(self) -> None:
        """Sleep until there is news, a job ends, or the next job or slot is due."""
        now = self._clock.now()
        times = [schedule.next_slot(now) for schedule in self._schedules]
        following = await queue.next_run(self._database.reader)
        if following is not None and len(self._running) < self._concurrency:
            times.append(following)
        seconds = min([self._longest_nap, *((time - now).total_seconds() for time in times)])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.01)):  # not wait_for, which may swallow a cancellation on 3.11
                await self._wake.wait()

    async def _start_some(self) -> bool:
        """Take what is due as far as there is room; whether anything was taken."""
        room = self._concurrency - len(self._running)
        if room <= 0:
            return False
        now = self._clock.now()
        await self._queue_slots(now)
        # Looked for without writing: an idle server leaves the disk alone, and workers do not lock each other out.
        due = await queue.due(self._database.reader, now, room)
        if not due:
            return False

        async def act(tx: Transaction) -> list[Job]:
            taken = [await queue.take(tx, job, now, now + LEASE) for job in due]
            return [job for job in taken if job is not None]

        started = await self._database.write(act)
        for job in started:
            self._start(job)
        return bool(started)

    async def _queue_slots(self, now: datetime) -> None:
        found = await open_schedules(self._database.reader, self._schedules, now)

        async def act(tx: Transaction) -> None:
            for schedule in found:
                await queue_slot(tx, schedule, now)

        if found:
            await self._database.write(act)

    def _start(self, job: Job) -> None:
        run = Run(job, self._types.get(job.name), self._database, self._clock, self._spread)
        task = asyncio.create_task(run.to_end(), name=f"job {job.name}")
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._wake.set()

    async def _put_back(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
