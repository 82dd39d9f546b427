"""The dashboard's statistics, as a reader sees them after writes of their own and of others."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import delete, select

from headway.modules.analytics.contracts import StatsQuery
from headway.modules.analytics.jobs import fading
from headway.modules.analytics.queries.stats import AHEAD, StatsQueries
from headway.modules.analytics.store import counters, metadata
from headway.modules.tasks.wiring import projects_seen
from headway.modules.users.contracts import People
from headway.platform.actor import Actor
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import command
from headway.platform.jobs import Nothing, Running
from tests.support.clock import StillClock
from tests.support.product import Product, running_product
from tests.tasks.team import make_team

pytestmark = pytest.mark.anyio

DATED = command(select(counters.c.measure).where(counters.c.measure.in_(["created", "completed", "cycle"])))


class Nobody:
    """Knows no profiles: everybody counts days in UTC."""

    async def profile(self, _reader: Reader, _user_id: str) -> None:
        return None


def _lagging(product: Product) -> StatsQueries:
    """Statistics whose counters have not begun: all is told by what the log is ahead."""
    return StatsQueries("never_ran", product.monolith.clock, projects_seen(), cast("People", Nobody()))


async def _forget_counters(tx: Transaction) -> None:
    for table in metadata.sorted_tables:
        await tx.execute(command(delete(table)))


def _reader(product: Product) -> Reader:
    return product.monolith.database.reader


async def test_a_new_task_counts_at_once_and_again_after_the_counters_caught_up(product: Product) -> None:
    ada = await product.person("Ada")
    await ada.post("/tasks", title="One", priority="high")
    await ada.post("/tasks", title="Two", status="backlog")

    at_once = await ada.get("/stats")
    await product.settled()
    later = await ada.get("/stats")

    assert at_once == later
    assert at_once["total"] == 2
    assert at_once["by_status"] == {"backlog": 1, "todo": 1, "in_progress": 0, "completed": 0, "canceled": 0}
    assert at_once["by_priority"]["high"] == 1
    assert len(at_once["created_per_day"]) == 30
    assert at_once["created_per_day"][-1]["count"] == 2


async def test_overdue_follows_the_readers_midnight(tmp_path: Path) -> None:
    clock = StillClock()
    async with running_product(tmp_path, clock=clock) as product:
        ada = await product.person("Ada")
        await ada.patch("/users/me", time_zone="America/New_York")
        await ada.post("/tasks", title="Due today", due_date="2026-11-23")
        assert (await ada.get("/stats"))["overdue"] == 0

        clock.at = datetime(2026, 11, 24, 4, 59, tzinfo=UTC)
        await ada.come_back()
        before_midnight = await ada.get("/stats")
        clock.at = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
        after_midnight = await ada.get("/stats")

    assert before_midnight["overdue"] == 0
    assert after_midnight["overdue"] == 1


async def test_completing_counts_for_the_day_and_the_cycle_time(tmp_path: Path) -> None:
    clock = StillClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
    async with running_product(tmp_path, clock=clock) as product:
        ada = await product.person("Ada")
        task = await ada.post("/tasks", title="Work", status="in_progress")
        clock.at += timedelta(hours=10)
        await ada.come_back()
        await ada.patch(f"/tasks/{task['id']}", status="completed")
        found = await ada.get("/stats")
        await product.settled()
        settled = await ada.get("/stats")

    assert found == settled
    assert found["completed"] == 1
    assert found["completed_per_day"][-1] == {"date": "2026-11-20", "count": 1}
    assert found["cycle_time_hours"]["median"] == pytest.approx(10, rel=0.04)


async def test_another_persons_tasks_do_not_count(product: Product) -> None:
    ada, ben = await product.person("Ada"), await product.person("Ben")
    await ada.post("/tasks", title="Mine")

    assert (await ben.get("/stats"))["total"] == 0
    answer = await ben.api.get("/stats", params={"workspace_id": ada.id})
    assert answer.status_code == 404


async def test_tasks_of_a_project_that_one_does_not_see_do_not_count(product: Product) -> None:
    team = await make_team(product)
    await team.task(await team.project(), title="For all")
    await team.task(await team.project(key="HID", name="Hidden", access="private"), title="For Ada")

    people, query, reader = (team.ada, team.cleo, team.dan), StatsQuery(workspace_id=team.id), _reader(product)
    await product.settled()

    counted = [(await person.get("/stats", workspace_id=team.id))["total"] for person in people]
    await product.monolith.database.write(_forget_counters)
    ahead = [(await _lagging(product).get_stats(reader, Actor(person.id), query)).total for person in people]

    assert counted == ahead == [2, 1, 0]


async def test_what_everybody_has_open_and_has_completed_is_counted_by_person(product: Product) -> None:
    team = await make_team(product)
    ada, cleo, project = team.ada.id, team.cleo.id, await team.project()
    both = await team.task(project, title="Of both", assignee_ids=[ada, cleo])
    await team.task(project, title="Of Cleo", assignee_ids=[cleo])
    await team.task(project, title="Of nobody")
    dropped = await team.task(project, title="Dropped", assignee_ids=[ada])
    await team.ada.patch(f"/tasks/{both['id']}", status="completed")
    await team.ada.patch(f"/tasks/{dropped['id']}", status="canceled")

    at_once = (await team.ada.get("/stats", workspace_id=team.id))["by_person"]
    await product.settled()
    settled = (await team.ada.get("/stats", workspace_id=team.id))["by_person"]

    assert at_once == settled
    assert at_once[0] == {"user_id": cleo, "open": 1, "completed": 1}
    assert {"user_id": ada, "open": 0, "completed": 1} in at_once
    assert {"user_id": None, "open": 1, "completed": 0} in at_once


async def test_a_due_time_is_overdue_from_its_minute_on(tmp_path: Path) -> None:
    clock = StillClock()
    async with running_product(tmp_path, clock=clock) as product:
        ada = await product.person("Ada")
        await ada.post("/tasks", title="Call", due_date="2026-11-23", due_time="12:10", due_zone="UTC")
        clock.at = datetime(2026, 11, 23, 12, 9, tzinfo=UTC)
        before = (await ada.get("/stats"))["overdue"]
        clock.at = datetime(2026, 11, 23, 12, 10, 1, tzinfo=UTC)
        await ada.come_back()
        after = (await ada.get("/stats"))["overdue"]

    assert (before, after) == (0, 1)


async def test_statistics_whose_counters_lag_far_behind_are_not_kept(product: Product) -> None:
    ada = await product.person("Ada")
    actor, reader, lagging = Actor(ada.id), _reader(product), _lagging(product)
    few = await lagging.depends(reader, actor, StatsQuery())
    for start in range(0, AHEAD, 100):
        many = [
            {"key": f"k{start + number}", "method": "POST", "path": "/tasks", "body": {"title": "One of many"}}
            for number in range(100)
        ]
        await ada.post("/batch", operations=many)

    assert few is not None
    assert await lagging.depends(reader, actor, StatsQuery()) is None


async def test_counters_of_days_long_past_are_deleted_and_nobody_notices(tmp_path: Path) -> None:
    clock = StillClock()
    async with running_product(tmp_path, clock=clock) as product:
        ada = await product.person("Ada")
        task = await ada.post("/tasks", title="Long ago")
        await ada.put(f"/tasks/{task['id']}/closure")
        await product.settled()
        database = product.monolith.database
        kept = await database.reader.rows(DATED)
        clock.at += timedelta(days=60)
        await ada.sign_in()
        before = await ada.get("/stats")

        await fading(database, clock).run(Nothing(), cast("Running", None))

        assert await ada.get("/stats") == before
        assert {measure for (measure,) in kept} == {"created", "completed", "cycle"}
        assert await database.reader.rows(DATED) == []
