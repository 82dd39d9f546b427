"""Background jobs: queued with the change that needs them, run at least once, settled by who holds the lease."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial

import msgspec
import pytest

from headway.platform.db.port import Transaction
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.jobs import HIGH, LOW, GiveUp, JobType, Running, Schedule, Worker, enqueue
from headway.platform.jobs.admin import FailedJob, JobCounts, count_jobs, failed_jobs, retry_failed
from headway.platform.jobs.queue import Job, bury, due, extend, finish, take
from headway.platform.jobs.run import retry_delay
from tests.support.clock import StillClock

Run = Callable[["Greeting", Running], Awaitable[None]]


class Greeting(msgspec.Struct, frozen=True):
    to: str = "nobody"


class Ran:
    """Remembers who was greeted."""

    def __init__(self) -> None:
        self.names: list[str] = []

    async def __call__(self, greeting: Greeting, _running: Running) -> None:
        self.names.append(greeting.to)


def worker(database: SqliteDatabase, clock: StillClock, run: Run, *schedules: Schedule, attempts: int = 3) -> Worker:
    kind = JobType(name="greet", payload=Greeting, run=run, attempts=attempts)
    return Worker(database, clock, [kind], schedules, concurrency=1, spread=lambda: 0.5)


async def greet(
    database: SqliteDatabase, at: datetime, to: str = "Ada", key: str | None = None, priority: int = 1
) -> str:
    async def act(tx: Transaction) -> str:
        return await enqueue(tx, "greet", Greeting(to), at, key=key, priority=priority)

    return await database.write(act)


async def take_next(database: SqliteDatabase, clock: StillClock) -> Job:
    """Lease the next job that is due for half a minute."""
    now = clock.now()
    [job] = await due(database.reader, now, 10)
    taken = await database.write(lambda tx: take(tx, job, now, now + timedelta(seconds=30)))
    assert taken is not None
    return taken


async def extend_by_a_minute(tx: Transaction, job: Job) -> bool:
    return await extend(tx, job, job.run_at + timedelta(minutes=1), 0, 0)


async def counts(database: SqliteDatabase) -> JobCounts:
    return await count_jobs(database.reader)


async def test_a_job_runs_once_and_is_gone(database: SqliteDatabase, clock: StillClock) -> None:
    ran = Ran()
    await greet(database, clock.now())
    await worker(database, clock, ran).run_due()
    await worker(database, clock, ran).run_due()
    assert ran.names == ["Ada"]
    assert await counts(database) == JobCounts(waiting=0, failed=0)


async def test_a_job_of_a_transaction_that_fails_never_runs(database: SqliteDatabase, clock: StillClock) -> None:
    async def act(tx: Transaction) -> None:
        await enqueue(tx, "greet", Greeting("Ada"), clock.now())
        raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        await database.write(act)
    assert await counts(database) == JobCounts(waiting=0, failed=0)


async def test_a_job_waits_for_its_time(database: SqliteDatabase, clock: StillClock) -> None:
    ran = Ran()
    await greet(database, clock.now() + timedelta(hours=1))
    await worker(database, clock, ran).run_due()
    assert ran.names == []
    clock.advance(hours=1)
    await worker(database, clock, ran).run_due()
    assert ran.names == ["Ada"]


async def test_urgent_jobs_come_first_then_the_oldest(database: SqliteDatabase, clock: StillClock) -> None:
    ran = Ran()
    await greet(database, clock.now(), "low", priority=LOW)
    await greet(database, clock.now(), "second")
    await greet(database, clock.now() - timedelta(minutes=1), "first")
    await greet(database, clock.now(), "urgent", priority=HIGH)
    await worker(database, clock, ran).run_due()
    assert ran.names == ["urgent", "first", "second", "low"]


async def test_a_key_keeps_a_second_job_out_while_the_first_waits(database: SqliteDatabase, clock: StillClock) -> None:
    ran = Ran()
    first = await greet(database, clock.now(), "Ada", key="a")
    assert await greet(database, clock.now(), "Grace", key="a") == first
    await worker(database, clock, ran).run_due()
    assert ran.names == ["Ada"]
    assert await greet(database, clock.now(), "Grace", key="a") != first


async def test_a_failed_job_is_tried_again_later_and_later_then_put_aside(
    database: SqliteDatabase, clock: StillClock
) -> None:
    tries: list[datetime] = []

    async def fail(_greeting: Greeting, _running: Running) -> None:
        tries.append(clock.now())
        raise OSError("mail server is away")

    job = await greet(database, clock.now())
    start = clock.now()
    for _ in range(60):
        await worker(database, clock, fail).run_due()
        clock.advance(seconds=1)
    assert [(at - start).total_seconds() for at in tries] == [0, 5, 15]
    [failed] = await failed_jobs(database.reader, limit=10)
    assert (failed.id, failed.attempts, failed.error) == (job, 3, "OSError: mail server is away")


async def test_an_administrator_lets_a_failed_job_run_again(database: SqliteDatabase, clock: StillClock) -> None:
    async def refuse(_greeting: Greeting, _running: Running) -> None:
        raise GiveUp("no such address")

    job = await greet(database, clock.now())
    await worker(database, clock, refuse).run_due()
    assert [failed.error for failed in await failed_jobs(database.reader, limit=10)] == ["no such address"]
    assert await database.write(lambda tx: retry_failed(tx, job, clock.now()))
    assert not await database.write(lambda tx: retry_failed(tx, job, clock.now()))
    ran = Ran()
    await worker(database, clock, ran).run_due()
    assert ran.names == ["Ada"]
    assert await failed_jobs(database.reader, limit=10) == []


async def test_a_job_that_this_program_does_not_know_is_put_aside(database: SqliteDatabase, clock: StillClock) -> None:
    await database.write(lambda tx: enqueue(tx, "dance", {}, clock.now()))
    await worker(database, clock, Ran()).run_due()
    [failed] = await failed_jobs(database.reader, limit=10)
    assert isinstance(failed, FailedJob)
    assert "dance" in failed.error


async def test_a_payload_of_another_shape_is_put_aside(database: SqliteDatabase, clock: StillClock) -> None:
    await database.write(lambda tx: enqueue(tx, "greet", {"to": 7}, clock.now()))
    await worker(database, clock, Ran()).run_due()
    [failed] = await failed_jobs(database.reader, limit=10)
    assert "payload" in failed.error


async def test_who_lost_the_lease_cannot_settle_the_job(database: SqliteDatabase, clock: StillClock) -> None:
    await greet(database, clock.now())
    now = clock.now()
    [job] = await due(database.reader, now, 10)
    dead = await database.write(lambda tx: take(tx, job, now, now + timedelta(seconds=30)))
    assert dead is not None
    assert await database.write(lambda tx: take(tx, job, now, now + timedelta(seconds=30))) is None
    assert await due(database.reader, now, 10) == []
    clock.advance(seconds=31)
    ran = Ran()
    await worker(database, clock, ran).run_due()
    assert ran.names == ["Ada"]
    assert await database.write(lambda tx: finish(tx, dead)) is False


@pytest.mark.parametrize("settle", [finish, partial(bury, error="too late"), extend_by_a_minute])
async def test_who_lost_the_lease_changes_nothing_while_another_holds_it(
    database: SqliteDatabase, clock: StillClock, settle: Callable[[Transaction, Job], Coroutine[None, None, bool]]
) -> None:
    await greet(database, clock.now())
    dead = await take_next(database, clock)
    clock.advance(seconds=31)
    alive = await take_next(database, clock)

    assert await database.write(lambda tx: settle(tx, dead)) is False

    assert await counts(database) == JobCounts(waiting=1, failed=0)
    assert await database.write(lambda tx: finish(tx, alive)) is True


async def test_an_effect_and_the_end_of_its_job_are_one_transaction(
    database: SqliteDatabase, clock: StillClock
) -> None:
    runs: list[int] = []

    async def chain(_greeting: Greeting, running: Running) -> None:
        runs.append(running.attempt)

        async def act(tx: Transaction) -> None:
            await enqueue(tx, "greet", Greeting("effect"), clock.now() + timedelta(days=1))
            await running.finish(tx)
            if running.attempt == 1:
                raise OSError("undone")

        await database.write(act)

    await greet(database, clock.now())
    for _ in range(10):
        await worker(database, clock, chain).run_due()
        clock.advance(seconds=1)
    assert runs == [1, 2]
    assert await counts(database) == JobCounts(waiting=1, failed=0)


async def test_a_running_worker_hears_of_a_new_job_at_once(database: SqliteDatabase, clock: StillClock) -> None:
    greeted = asyncio.Event()

    async def run(_greeting: Greeting, _running: Running) -> None:
        greeted.set()

    running = asyncio.create_task(worker(database, clock, run).run())
    await asyncio.sleep(0)
    await greet(database, clock.now())
    async with asyncio.timeout(20):
        await greeted.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_stop_is_heeded_even_when_news_come_at_the_same_moment(
    database: SqliteDatabase, clock: StillClock
) -> None:
    for _ in range(20):
        running = asyncio.create_task(worker(database, clock, Ran()).run())
        await greet(database, clock.now())
        running.cancel()
        async with asyncio.timeout(20):
            await asyncio.gather(running, return_exceptions=True)
        assert running.cancelled()


async def test_a_stopped_worker_puts_its_jobs_back_untried(database: SqliteDatabase, clock: StillClock) -> None:
    started = asyncio.Event()

    async def hang(_greeting: Greeting, _running: Running) -> None:
        started.set()
        await asyncio.Event().wait()

    await greet(database, clock.now())
    running = asyncio.create_task(worker(database, clock, hang).run())
    async with asyncio.timeout(20):
        await started.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    [job] = await due(database.reader, clock.now(), 10)
    assert job.attempts == 0


async def test_a_job_that_hangs_is_ended_by_its_time_limit_and_who_waits_for_it_is_told(
    database: SqliteDatabase, clock: StillClock
) -> None:
    async def hang(_greeting: Greeting, _running: Running) -> None:
        await asyncio.Event().wait()

    told: list[Greeting] = []

    async def gave_up(greeting: Greeting, _tx: Transaction) -> None:
        told.append(greeting)

    await greet(database, clock.now())
    kind = JobType(name="greet", payload=Greeting, run=hang, attempts=2, timeout=0.01, gave_up=gave_up)
    await Worker(database, clock, [kind]).run_due()
    assert told == []
    clock.advance(hours=2)
    await Worker(database, clock, [kind]).run_due()
    [failed] = await failed_jobs(database.reader, limit=10)
    assert failed.error.startswith("TimeoutError")
    assert len(told) == 1


def test_retries_are_spread_and_never_more_than_an_hour_and_a_quarter_apart() -> None:
    assert retry_delay(1, 0.0) == timedelta(seconds=3.75)
    assert retry_delay(1, 1.0) == timedelta(seconds=6.25)
    assert retry_delay(50, 1.0) == timedelta(hours=1.25)
