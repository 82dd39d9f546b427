"""A task moves to another project with all that belongs to it; its old key leads to it still."""

from typing import Any

import pytest

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from tests.support.fold import assert_log_tells_rows
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


async def test_a_moved_task_has_a_new_key_and_is_found_by_its_old_one(team: Team) -> None:
    ops, dev = await team.project(), await team.project(key="DEV", name="Development")
    task = await team.task(ops, status="in_progress")
    assert task["key"] == "OPS-1"

    moved = await team.ada.patch(f"/tasks/{task['id']}", project_id=dev["id"], title="Fix the roof now")

    assert (moved["key"], moved["project_id"], moved["title"]) == ("DEV-1", dev["id"], "Fix the roof now")
    assert moved["status"] == "in_progress"
    for key in ("DEV-1", "OPS-1", "ops-1"):
        assert (await team.ada.get(f"/tasks/by-key/{key}", workspace_id=team.id))["id"] == task["id"]
    back = await team.ada.put(f"/tasks/{task['id']}/position", project_id=ops["id"])
    assert back["key"] == "OPS-2"
    assert (await team.ada.get("/tasks/by-key/DEV-1"))["id"] == task["id"]
    await assert_log_tells_rows(team.product, team.id)


async def test_subtasks_and_what_hangs_on_them_move_along_and_change_scope(team: Team) -> None:
    ops, dev = await team.project(), await team.project(key="DEV", name="Development")
    task = await team.task(ops)
    tiles = await team.ada.post("/tasks", title="Tiles", parent_id=task["id"])
    nails = await team.ada.post("/tasks", title="Nails", parent_id=tiles["id"])
    comment = await team.ada.post(f"/tasks/{nails['id']}/comments", body="Long ones")
    item = await team.ada.post(f"/tasks/{tiles['id']}/checklist", text="Count them")
    relation = await team.ada.post(f"/tasks/{tiles['id']}/relations", kind="blocks", task_id=nails["id"])
    before = await _version(team)

    await team.ada.patch(f"/tasks/{task['id']}", project_id=dev["id"])

    entries = [each.entry for each in await read_after(team.product.monolith.database.reader, _stream(team), before)]
    for moved in (task, tiles, nails, comment, item, relation):
        told = [(entry.op, entry.scope) for entry in entries if entry.id == moved["id"]]
        assert ("leave", f"project:{ops['id']}") in told
        assert told[-1][1] == f"project:{dev['id']}"
    assert len({entry.action_id for entry in entries}) == 1
    assert [(await team.ada.get(f"/tasks/{each['id']}"))["project_id"] for each in (tiles, nails)] == [dev["id"]] * 2
    await assert_log_tells_rows(team.product, team.id)


async def test_a_subtask_moved_alone_has_no_parent_any_more(team: Team) -> None:
    ops, dev = await team.project(), await team.project(key="DEV", name="Development")
    task = await team.task(ops)
    tiles = await team.ada.post("/tasks", title="Tiles", parent_id=task["id"])

    moved = await team.ada.patch(f"/tasks/{tiles['id']}", project_id=dev["id"])

    assert moved["parent_id"] is None
    assert (await team.ada.get(f"/tasks/{task['id']}"))["project_id"] == ops["id"]


async def test_a_task_does_not_move_where_its_assignees_cannot_see_it(team: Team) -> None:
    ops = await team.project()
    secret = await team.project(key="SEC", name="Secret", access="private")
    task = await team.task(ops)
    await team.ada.post("/tasks", title="Tiles", parent_id=task["id"], assignee_ids=[team.cleo.id])

    answer = await team.ada.api.patch(f"/tasks/{task['id']}", json={"project_id": secret["id"]})

    assert refusal(answer) == (409, "no_access")
    assert answer.json()["people"] == [team.cleo.id]
    assert (await team.ada.get(f"/tasks/{task['id']}"))["project_id"] == ops["id"]


async def test_nobody_moves_a_task_into_a_project_that_they_do_not_see(team: Team) -> None:
    ops = await team.project()
    secret = await team.project(key="SEC", name="Secret", access="private")
    task = await team.task(ops)

    answer = await team.cleo.api.patch(f"/tasks/{task['id']}", json={"project_id": secret["id"]})

    assert refusal(answer) == (404, "not_found")


async def test_an_archived_project_takes_no_tasks(team: Team) -> None:
    ops, dev = await team.project(), await team.project(key="DEV", name="Development")
    task = await team.task(ops)
    await team.ada.put(f"/projects/{dev['id']}/archive")

    moved = await team.ada.api.patch(f"/tasks/{task['id']}", json={"project_id": dev["id"]})
    made = await team.ada.api.post("/tasks", json={"title": "x", "project_id": dev["id"]})

    assert refusal(moved) == refusal(made) == (409, "project_archived")


async def test_a_key_of_a_private_project_tells_nothing_to_others(team: Team) -> None:
    secret = await team.project(key="SEC", name="Secret", access="private")
    await team.task(secret)

    hidden = await team.cleo.api.get("/tasks/by-key/SEC-1")
    missing = await team.cleo.api.get("/tasks/by-key/SEC-2")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.json() == missing.json()
    assert refusal(await team.eve.api.get("/tasks/by-key/SEC-1", params={"workspace_id": team.id})) == (
        404,
        "not_found",
    )


def _stream(team: Team) -> Stream:
    return Stream("workspace", team.id)


async def _version(team: Team) -> int:
    entries: list[Any] = await read_after(team.product.monolith.database.reader, _stream(team), 0)
    return int(entries[-1].entry.version)
