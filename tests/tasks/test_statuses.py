"""Statuses of a project."""

import pytest

from tests.tasks.team import Team, delete, refusal

pytestmark = pytest.mark.anyio

DEFAULTS = ["backlog", "todo", "in_progress", "completed", "canceled"]


async def _keys(team: Team, project: dict[str, str]) -> list[str]:
    return [status["key"] for status in (await team.cleo.get(f"/projects/{project['id']}/statuses"))["items"]]


async def _status(team: Team, project: dict[str, str], key: str) -> dict[str, str]:
    found = (await team.ada.get(f"/projects/{project['id']}/statuses"))["items"]
    status: dict[str, str] = next(each for each in found if each["key"] == key)
    return status


async def test_a_project_begins_with_one_status_of_each_category(team: Team) -> None:
    assert await _keys(team, await team.project()) == DEFAULTS


async def test_a_new_status_stands_after_its_category_with_a_key_made_of_its_name(team: Team) -> None:
    project = await team.project()
    path = f"/projects/{project['id']}/statuses"

    review = await team.cleo.post(path, name="In review!", category="in_progress")
    await team.cleo.post(path, name="待ち", category="in_progress")
    await team.cleo.post(path, name="In Review?", category="todo")

    assert review["key"] == "in_review"
    expected = ["backlog", "todo", "in_review_2", "in_progress", "in_review", "status", "completed", "canceled"]
    assert await _keys(team, project) == expected
    task = await team.task(project, status="in_review")
    assert task["status_category"] == "in_progress"


async def test_a_name_is_given_once_in_a_project(team: Team) -> None:
    project = await team.project()
    path = f"/projects/{project['id']}/statuses"
    todo = await _status(team, project, "todo")

    assert refusal(await team.ada.api.post(path, json={"name": "BACKLOG", "category": "todo"})) == (409, "name_taken")
    assert refusal(await team.ada.api.patch(f"{path}/{todo['id']}", json={"name": "done"})) == (409, "name_taken")
    assert (await team.ada.patch(f"{path}/{todo['id']}", name="TO DO"))["name"] == "TO DO"


async def test_a_status_moves_in_the_order(team: Team) -> None:
    project = await team.project()
    done = await _status(team, project, "completed")

    await team.ada.patch(f"/projects/{project['id']}/statuses/{done['id']}", position="Zz")

    assert (await _keys(team, project))[0] == "completed"


async def test_the_tasks_of_a_removed_status_go_where_it_is_said(team: Team) -> None:
    project = await team.project()
    task = await team.task(project, status="in_progress")
    await team.ada.delete(f"/tasks/{(await team.task(project, status='in_progress'))['id']}")
    doing = await _status(team, project, "in_progress")
    path = f"/projects/{project['id']}/statuses/{doing['id']}"

    assert refusal(await delete(team.ada, path)) == (409, "has_tasks")
    for wrong in ("completed", "in_progress", "nowhere"):
        assert (await delete(team.ada, path, move_to=wrong)).json()["errors"][0]["field"] == "move_to"
    assert (await delete(team.ada, path, move_to="todo")).status_code == 204

    moved = await team.ada.get(f"/tasks/{task['id']}")
    assert (moved["status"], moved["status_category"], moved["completed_at"]) == ("todo", "todo", None)
    assert "in_progress" not in await _keys(team, project)


async def test_a_canceled_task_that_becomes_completed_was_so_when_it_was_last_touched(team: Team) -> None:
    project = await team.project()
    task = await team.task(project, status="canceled")
    canceled = await _status(team, project, "canceled")

    await delete(team.ada, f"/projects/{project['id']}/statuses/{canceled['id']}", move_to="completed")

    assert (await team.ada.get(f"/tasks/{task['id']}"))["completed_at"] == task["updated_at"]


@pytest.mark.parametrize("key", ["todo", "completed"])
async def test_a_project_keeps_a_status_to_do_and_a_completed_one(team: Team, key: str) -> None:
    project = await team.project()
    status = await _status(team, project, key)
    path = f"/projects/{project['id']}/statuses"

    assert refusal(await delete(team.ada, f"{path}/{status['id']}")) == (409, "last_status")
    await team.ada.post(path, name="Another", category=key)
    assert (await delete(team.ada, f"{path}/{status['id']}")).status_code == 204


async def test_guests_and_readers_change_no_statuses(team: Team) -> None:
    project = await team.project()
    path = f"/projects/{project['id']}/statuses"
    body = {"name": "x", "category": "todo"}
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="edit")

    assert refusal(await team.dan.api.post(path, json=body)) == (403, "role_too_low")
    assert (await team.eve.api.post(path, json=body)).status_code == 404
