"""Several workers on one MariaDB: each job and each slot once, and nothing is lost with a worker that dies."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from headway.changes.leadership import UNMOVED_LOOKS, Leadership
from headway.platform.db.address import parse_address
from headway.platform.db.mysql import MySqlDatabase, open_mysql
from headway.platform.db.mysql_pool import PoolLimits
from headway.platform.db.port import Transaction
from headway.platform.jobs import JobType, Running, Schedule, Worker, enqueue, every
from headway.platform.jobs.queue import due, finish, take
from headway.platform.jobs.run import LEASE
from tests.platform.test_jobs import Greeting
from tests.support import mariadb
from tests.support.clock import StillClock
from tests.support.product import create_tables

pytestmark = pytest.mark.anyio

WORKERS = 5


@pytest.fixture
async def databases(tmp_path: Path) -> AsyncIterator[list[MySqlDatabase]]:
    """The same database, as each of several instances has it open."""
    url = mariadb.database_of(tmp_path)
    create_tables(url)
    async with contextlib.AsyncExitStack() as ends:
        opened = []
        for _ in range(WORKERS):
            opened.append(await open_mysql(parse_address(url), PoolLimits(size=3)))
            ends.push_async_callback(opened[-1].close)
        yield opened


class Ran:
    """Counts who was greeted."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()

    async def __call__(self, greeting: Greeting, _running: Running) -> None:
        self.names[greeting.to] += 1


def workers(databases: list[MySqlDatabase], clock: StillClock, ran: Ran, *schedules: Schedule) -> list[Worker]:
    kind = JobType(name="greet", payload=Greeting, run=ran)
    return [Worker(database, clock, [kind], schedules, concurrency=2) for database in databases]


async def greet(database: MySqlDatabase, clock: StillClock, *names: str) -> None:
    async def act(tx: Transaction) -> None:
        for name in names:
            await enqueue(tx, "greet", Greeting(name), clock.now())

    await database.write(act)


async def test_of_five_schedulers_one_fires(databases: list[MySqlDatabase]) -> None:
    clock, ran = StillClock(), Ran()
    together = workers(databases, clock, ran, every("greet", timedelta(hours=1)))
    for slots in range(4):  # in the first it is only seen
        await asyncio.gather(*(each.run_due() for each in together))
        assert ran.names["nobody"] == slots
        clock.advance(hours=1)


async def test_each_job_is_run_by_one(databases: list[MySqlDatabase]) -> None:
    clock, ran = StillClock(), Ran()
    names = [f"person {number}" for number in range(30)]
    await greet(databases[0], clock, *names)
    while len(ran.names) < len(names):
        await asyncio.gather(*(each.run_due() for each in workers(databases, clock, ran)))
    assert ran.names == Counter(names)


async def test_the_job_of_a_worker_that_was_killed_is_run_by_another(databases: list[MySqlDatabase]) -> None:
    clock, ran = StillClock(), Ran()
    killed, other, *_ = databases
    await greet(killed, clock, "Ada")
    [job] = await due(killed.reader, clock.now(), 10)
    taken = await killed.write(lambda tx: take(tx, job, clock.now(), clock.now() + LEASE))
    assert taken is not None

    [worker] = workers([other], clock, ran)
    await worker.run_due()
    assert not ran.names  # the lease holds
    clock.advance(seconds=LEASE.total_seconds())
    await worker.run_due()
    assert ran.names == Counter(["Ada"])
    assert not await killed.write(lambda tx: finish(tx, taken))  # had it only been slow, it would change nothing


async def idle() -> None:
    await asyncio.Event().wait()


async def test_one_leads_each_work_until_it_dies_or_resigns(databases: list[MySqlDatabase]) -> None:
    works = {"news": idle, "statistics": idle}
    first, second, third = (Leadership(database, works) for database in databases[:3])
    await asyncio.gather(first.look(), second.look(), third.look())
    assert sorted([*first.led, *second.led, *third.led]) == ["news", "statistics"]
    leader = next(each for each in (first, second, third) if "news" in each.led)
    others = [each for each in (first, second, third) if each is not leader]

    for _ in range(3 * UNMOVED_LOOKS):
        for each in (first, second, third):
            await each.look()
    assert "news" in leader.led

    for looks in range(UNMOVED_LOOKS + 1):  # the leader looks no more
        assert looks >= UNMOVED_LOOKS or "news" not in others[0].led | others[1].led
        for each in others:
            await each.look()
    [heir] = [each for each in others if "news" in each.led]

    await leader.look()  # it was only slow, and finds out
    assert "news" not in leader.led

    await heir.resign()
    assert not heir.led
    await leader.look()
    assert "news" in leader.led
    for each in (leader, *others):
        await each.resign()
