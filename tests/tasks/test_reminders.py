"""Reminders: everybody's own, and in step with the task."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.clock import NOON, StillClock
from tests.support.fold import assert_log_tells_rows
from tests.support.product import Person, Product, running_product
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


@pytest.fixture
async def berlin(tmp_path: Path) -> AsyncIterator[tuple[Product, Person]]:
    """A product whose clock stands still, and Ada, who lives in Berlin."""
    async with running_product(tmp_path / "data", StillClock(NOON)) as product:
        ada = await product.person("Ada")
        await product.settled()
        await ada.patch("/users/me", time_zone="Europe/Berlin")
        yield product, ada
        await assert_log_tells_rows(product, ada.id)


async def _fires(person: Person, task: dict[str, str]) -> list[str | None]:
    return [each["fires_at"] for each in (await person.get(f"/tasks/{task['id']}/reminders"))["items"]]


async def test_a_reminder_counts_back_from_when_the_task_is_due(berlin: tuple[Product, Person]) -> None:
    _, ada = berlin
    timed = await ada.post("/tasks", title="Call", due_date="2026-11-24", due_time="08:30", due_zone="America/New_York")
    day = await ada.post("/tasks", title="Tax", due_date="2026-11-25")

    await ada.post(f"/tasks/{timed['id']}/reminders", minutes_before=30)
    await ada.post(f"/tasks/{day['id']}/reminders", minutes_before=60)

    assert await _fires(ada, timed) == ["2026-11-24T13:00:00Z"]
    assert await _fires(ada, day) == ["2026-11-25T07:00:00Z"]


async def test_a_reminder_follows_its_task(berlin: tuple[Product, Person]) -> None:
    product, ada = berlin
    task = await ada.post("/tasks", title="Tax", due_date="2026-11-25")
    path = f"/tasks/{task['id']}"
    await ada.post(f"{path}/reminders", minutes_before=0)
    await ada.post(f"{path}/reminders", at="2026-11-24T20:00:00+01:00")
    own, due = "2026-11-24T19:00:00Z", "2026-11-26T08:00:00Z"

    seen = []
    for change in (
        {"due_date": "2026-11-26"},
        {"due_date": None},
        {"due_date": "2026-11-26", "status": "completed"},
        {"status": "todo"},
    ):
        await ada.patch(path, **change)
        await product.settled()
        seen.append(await _fires(ada, task))

    assert seen == [[own, due], [own, None], [None, None], [own, due]]
    await ada.delete(path)
    await product.settled()
    assert await _fires(ada, task) == [None, None]


async def test_a_moment_that_has_passed_is_refused(berlin: tuple[Product, Person]) -> None:
    _, ada = berlin
    task = await ada.post("/tasks", title="Tax", due_date="2026-11-23")
    undated = await ada.post("/tasks", title="Some day")

    for given, field in (
        ({"at": (NOON - timedelta(seconds=1)).isoformat()}, "at"),
        ({"at": "2026-11-24T10:00:00"}, "at"),
        ({"at": "9999-12-31T23:59:59-12:00"}, "at"),
        ({"at": "0001-01-01T00:00:00+12:00"}, "at"),
        ({"minutes_before": 30}, "minutes_before"),
        ({"minutes_before": -1}, "minutes_before"),
        ({}, "at"),
        ({"at": "2026-12-01T10:00:00Z", "minutes_before": 5}, "at"),
    ):
        answer = await ada.api.post(f"/tasks/{task['id']}/reminders", json=given)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field), given
    answer = await ada.api.post(f"/tasks/{undated['id']}/reminders", json={"minutes_before": 5})
    assert answer.json()["errors"][0]["code"] == "not_due"
    assert await _fires(ada, task) == []


async def test_reminders_are_ones_own(team: Team) -> None:
    task = await team.task(await team.project())
    path = f"/tasks/{task['id']}/reminders"
    mine = await team.cleo.post(path, at="2199-01-01T00:00:00Z")

    assert (await team.ada.get(path))["items"] == []
    assert refusal(await team.ada.api.delete(f"/reminders/{mine['id']}")) == (404, "not_found")
    assert (await team.dan.api.post(path, json={"at": "2199-01-01T00:00:00Z"})).status_code == 404
    await team.cleo.delete(f"/reminders/{mine['id']}")
    assert (await team.cleo.get(path))["items"] == []


async def test_who_leaves_takes_reminders_and_own_views_along(team: Team) -> None:
    task = await team.task(await team.project())
    await team.cleo.post(f"/tasks/{task['id']}/reminders", at="2199-01-01T00:00:00Z")
    await team.cleo.post("/views", workspace_id=team.id, name="Mine")
    shared = await team.cleo.post("/views", workspace_id=team.id, name="Ours", shared_with="workspace")

    await team.cleo.delete(f"/workspaces/{team.id}/members/{team.cleo.id}")

    assert [view["id"] for view in (await team.ada.get("/views", workspace_id=team.id))["items"]] == [shared["id"]]
