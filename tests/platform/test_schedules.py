"""Jobs by the clock."""

from datetime import timedelta

import pytest

from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.jobs import daily, every
from tests.platform.test_jobs import Ran, worker
from tests.support.clock import StillClock

pytestmark = pytest.mark.anyio


async def test_a_slot_runs_once_however_many_workers_look(database: SqliteDatabase, clock: StillClock) -> None:
    ran = Ran()
    hourly = every("greet", timedelta(hours=1))

    async def look() -> None:
        for _ in range(3):
            await worker(database, clock, ran, hourly).run_due()

    await look()
    assert ran.names == []  # it begins with the slot after the one in which it was first seen
    clock.advance(hours=1)
    await look()
    assert ran.names == ["nobody"]
    clock.advance(hours=5)  # five slots were missed, one run makes up for them
    await look()
    assert ran.names == ["nobody", "nobody"]


async def test_a_schedule_may_run_soon_after_it_is_first_seen(database: SqliteDatabase, clock: StillClock) -> None:
    ran = Ran()
    nightly = daily("greet", hour=3, first_after=timedelta(minutes=10))

    for _ in range(3):
        await worker(database, clock, ran, nightly).run_due()
    assert ran.names == []
    clock.advance(minutes=10)
    for _ in range(3):
        await worker(database, clock, ran, nightly).run_due()
    assert ran.names == ["nobody"]


def test_a_daily_slot_begins_at_its_hour(clock: StillClock) -> None:
    schedule = daily("backup", hour=3)
    assert schedule.slot(clock.now()).isoformat() == "2026-11-23T03:00:00+00:00"
    clock.at = clock.at.replace(hour=2, minute=59)
    assert schedule.slot(clock.now()).isoformat() == "2026-11-22T03:00:00+00:00"
    assert schedule.next_slot(clock.now()).isoformat() == "2026-11-23T03:00:00+00:00"
