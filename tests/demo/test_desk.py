"""Whom a newcomer signs in as has something to do, has been told of it, and hears of what goes on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from headway.entrypoints.demo.fill import Wanted
from headway.entrypoints.operation.demo import make_demo
from headway.platform.clock import SystemClock
from headway.settings import Settings
from tests.support.clock import StillClock
from tests.support.fold import assert_stream_tells_rows, fold
from tests.support.product import Product, running_product

pytestmark = pytest.mark.anyio

TODAY = date(2026, 11, 23)
WANTED = Wanted(people=45, tasks=400, seed=7, now=datetime(2026, 11, 23, tzinfo=UTC))


class Desk(NamedTuple):
    """A running demo and its first person."""

    product: Product
    client: httpx.AsyncClient
    me: str

    async def get(self, path: str, **query: Any) -> Any:
        answer = await self.client.get(path, params=query)
        assert answer.is_success, answer.text
        return answer.json()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    demo = await asyncio.to_thread(
        make_demo, Settings(data_dir=tmp_path), SystemClock(), WANTED, "password", lambda *_: None
    )
    async with running_product(tmp_path, StillClock(WANTED.now)) as product:
        client = product.client()
        await client.post("/auth/login", json={"email": demo.addresses[0], "password": demo.password})
        yield Desk(product, client, (await client.get("/users/me")).json()["id"])


async def test_she_has_tasks_that_are_late_due_today_and_due_this_week(desk: Desk) -> None:
    found = (await desk.get("/tasks", assignee_id=desk.me, limit=200))["items"]
    days = [date.fromisoformat(each["due_date"]) for each in found if each["due_date"] and not each["completed_at"]]

    assert sum(day < TODAY for day in days) >= 3
    assert days.count(TODAY) >= 4
    assert sum(TODAY < day <= TODAY + timedelta(days=7) for day in days) >= 5


async def test_she_will_be_told_on_the_morning_of_what_is_due(tmp_path: Path) -> None:
    settings, clock = Settings(data_dir=tmp_path), StillClock(WANTED.now)
    demo = await asyncio.to_thread(make_demo, settings, clock, WANTED, "password", lambda *_: None)
    clock.at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    async with running_product(tmp_path, clock) as product:
        client = product.client()
        await client.post("/auth/login", json={"email": demo.addresses[0], "password": demo.password})

        async def is_told() -> bool:
            told = (await client.get("/notifications", params={"limit": 100})).json()["items"]
            return {"Interview for customer support", "Book the train to Hamburg"} <= {
                each["title"] for each in told if each["kind"] == "due"
            }

        await product.until(is_told)


async def test_her_inbox_and_her_own_project_hold_what_nobody_else_sees(desk: Desk) -> None:
    projects = (await desk.get("/projects", workspace_id=desk.me))["items"]
    tasks = {project["name"]: (await desk.get("/tasks", project_id=project["id"]))["items"] for project in projects}

    assert {name: len(held) for name, held in tasks.items()} == {"Inbox": 6, "Home": 5}
    assert [each["access"] for each in projects if each["name"] == "Home"] == ["private"]
    assert len({each["key"] for held in tasks.values() for each in held}) == 11


async def test_she_was_told_in_every_way_and_can_open_what_it_was_about(desk: Desk) -> None:
    told = (await desk.get("/notifications", limit=100))["items"]

    assert {each["kind"] for each in told} == {"assigned", "mentioned", "commented", "due"}
    assert sum(each["read_at"] is None for each in told) >= 5
    assert sum(each["read_at"] is not None for each in told) >= 5
    for each in told:
        assert (await desk.get(f"/tasks/{each['task_id']}"))["title"] == each["title"]


async def test_the_logs_of_her_inbox_and_workspace_tell_their_rows(desk: Desk) -> None:
    reader = desk.product.monolith.database.reader
    entries = await read_after(reader, Stream("inbox", desk.me), 0, 10_000)
    told = (await desk.get("/notifications", limit=100))["items"]

    assert {key for _, key in fold(entries)} == {each["id"] for each in told}
    assert [each.entry.at for each in entries] == sorted(each.entry.at for each in entries)
    await assert_stream_tells_rows(reader, desk.me)


async def test_who_is_given_a_task_of_the_demo_is_told(desk: Desk) -> None:
    team = next(each for each in (await desk.get("/workspaces"))["items"] if each["kind"] == "team")
    task = next(each for each in (await desk.get("/tasks", assignee_id=desk.me))["items"] if not each["completed_at"])
    members = (await desk.get(f"/workspaces/{team['id']}/members"))["items"]
    other = next(each["user_id"] for each in members if each["role"] == "admin")

    answer = await desk.client.put(f"/tasks/{task['id']}/assignees/{other}")
    assert answer.is_success, answer.text
    await desk.product.settled()

    entries = await read_after(desk.product.monolith.database.reader, Stream("inbox", other), 0, 10)
    assert [each.entry.fields["task_id"] for each in entries] == [task["id"]]
