"""Tasks are made with little, in the right place, once."""

import pytest

from tests.support.fold import assert_log_tells_rows
from tests.support.product import Product
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio

TASK_ID = "01900000-0000-7000-8000-0000000000aa"


async def test_a_title_alone_makes_a_task_in_ones_inbox(product: Product) -> None:
    ada = await product.person("Ada")

    task = await ada.post("/tasks", title="  Buy milk ")

    assert (task["title"], task["key"], task["workspace_id"]) == ("Buy milk", "INBOX-1", ada.id)
    assert (task["status"], task["priority"], task["description"]) == ("todo", "none", "")
    assert (task["created_by"], task["watcher_ids"], task["version"]) == (ada.id, [ada.id], 1)
    await assert_log_tells_rows(product, ada.id)


async def test_a_task_is_made_with_the_id_that_the_client_gave_it(product: Product) -> None:
    ada = await product.person("Ada")

    task = await ada.post("/tasks", title="Milk", id=TASK_ID)

    assert task["id"] == TASK_ID


async def test_a_repeat_with_the_same_key_makes_no_second_task(product: Product) -> None:
    ada = await product.person("Ada")
    headers = {"idempotency-key": "once"}

    first = await ada.api.post("/tasks", json={"title": "Milk"}, headers=headers)
    again = await ada.api.post("/tasks", json={"title": "Milk"}, headers=headers)
    other = await ada.api.post("/tasks", json={"title": "Bread"}, headers=headers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert refusal(other) == (409, "idempotency_key_reused")
    assert len((await ada.get("/tasks"))["items"]) == 1


async def test_numbers_count_up_within_a_project(team: Team) -> None:
    ops, dev = await team.project(), await team.project(key="DEV", name="Development")

    made = [await team.task(project) for project in (ops, ops, dev, ops)]

    assert [task["key"] for task in made] == ["OPS-1", "OPS-2", "DEV-1", "OPS-3"]


async def test_a_task_of_a_team_needs_a_project(team: Team) -> None:
    answer = await team.ada.api.post("/tasks", json={"title": "Where?", "workspace_id": team.id})

    assert refusal(answer) == (400, "invalid")
    assert answer.json()["errors"][0]["field"] == "project_id"


async def test_nobody_makes_a_task_where_they_may_not(team: Team) -> None:
    ops = await team.project()
    await team.ada.put(f"/projects/{ops['id']}/members/{team.dan.id}", level="view")
    body = {"title": "Mine", "project_id": ops["id"]}

    assert refusal(await team.dan.api.post("/tasks", json=body)) == (403, "level_too_low")
    assert refusal(await team.eve.api.post("/tasks", json=body)) == (404, "not_found")
    assert refusal(await team.eve.api.post("/tasks", json={**body, "workspace_id": team.id})) == (404, "not_found")
    assert (await team.ada.get("/tasks", workspace_id=team.id))["items"] == []


async def test_a_task_made_completed_says_when(product: Product) -> None:
    ada = await product.person("Ada")

    task = await ada.post("/tasks", title="Done already", status="completed")

    assert task["completed_at"] == task["created_at"]
