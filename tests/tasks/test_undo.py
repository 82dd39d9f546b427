"""Undo: takes back what an action did, never what somebody else has done since."""

import httpx
import pytest

from tests.support.product import Person
from tests.tasks.team import Team, delete, do, refusal

pytestmark = pytest.mark.anyio


async def _undo(person: Person, action_id: str) -> httpx.Response:
    return await person.api.post("/undo", json={"action_id": action_id})


async def _undone(person: Person, action_id: str) -> str:
    answer = await _undo(person, action_id)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["action_id"])


async def test_an_edit_is_taken_back_field_by_field(team: Team) -> None:
    task = await team.task(await team.project(), title="Roof", priority="low")
    _, action = await do(team.ada, "PATCH", f"/tasks/{task['id']}", title="Floor", priority="urgent")

    await _undone(team.ada, action)

    now = await team.ada.get(f"/tasks/{task['id']}")
    assert (now["title"], now["priority"]) == ("Roof", "low")


async def test_an_undo_can_be_undone(team: Team) -> None:
    task = await team.task(await team.project(), title="Roof")
    _, action = await do(team.ada, "PATCH", f"/tasks/{task['id']}", title="Floor")

    await _undone(team.ada, await _undone(team.ada, action))

    assert (await team.ada.get(f"/tasks/{task['id']}"))["title"] == "Floor"


async def test_a_new_task_goes_to_the_trash(team: Team) -> None:
    project = await team.project()
    task, action = await do(team.ada, "POST", "/tasks", project_id=project["id"], title="By mistake")

    await _undone(team.ada, action)

    assert (await team.ada.get(f"/tasks/{task['id']}"))["trashed_at"] is not None
    assert (await team.ada.get("/tasks", project_id=project["id"]))["items"] == []


async def test_what_somebody_else_changed_since_is_kept_and_named(team: Team) -> None:
    task = await team.task(await team.project(), title="Roof", priority="low")
    _, action = await do(team.ada, "PATCH", f"/tasks/{task['id']}", title="Floor", priority="urgent")
    await team.ben.patch(f"/tasks/{task['id']}", title="Ceiling")

    answer = await _undo(team.ada, action)

    assert answer.status_code == 409
    assert answer.json()["code"] == "changed_since"
    assert [each["field"] for each in answer.json()["errors"]] == [f"task.{task['id']}.title"]
    assert "somebody else" in answer.json()["errors"][0]["message"]
    now = await team.ada.get(f"/tasks/{task['id']}")
    assert (now["title"], now["priority"]) == ("Ceiling", "urgent"), "refused as a whole"


async def test_what_others_changed_beside_it_stays(team: Team) -> None:
    task = await team.task(await team.project(), title="Roof", priority="low")
    _, action = await do(team.ada, "PATCH", f"/tasks/{task['id']}", title="Floor")
    await team.ben.patch(f"/tasks/{task['id']}", priority="urgent")

    await _undone(team.ada, action)

    now = await team.ada.get(f"/tasks/{task['id']}")
    assert (now["title"], now["priority"]) == ("Roof", "urgent")


async def test_a_bulk_edit_is_one_undo(team: Team) -> None:
    project = await team.project()
    tasks = [await team.task(project, title=f"Task {number}") for number in range(3)]
    ids = [task["id"] for task in tasks]
    _, action = await do(team.ada, "PATCH", "/tasks", ids=ids, patch={"priority": "high"})

    await _undone(team.ada, action)

    assert [(await team.ada.get(f"/tasks/{each}"))["priority"] for each in ids] == ["none"] * 3


async def test_a_deleted_comment_is_there_again(team: Team) -> None:
    task = await team.task(await team.project())
    comment = await team.ada.post(f"/tasks/{task['id']}/comments", body="Important")
    _, action = await do(team.ada, "DELETE", f"/comments/{comment['id']}")

    await _undone(team.ada, action)

    assert (await team.ada.get(f"/comments/{comment['id']}"))["body"] == "Important"


@pytest.mark.parametrize(("method", "body"), [("PATCH", {"body": "More important"}), ("DELETE", {})])
async def test_only_its_author_takes_back_what_was_done_to_a_comment(
    team: Team, method: str, body: dict[str, str]
) -> None:
    task = await team.task(await team.project())
    comment = await team.ada.post(f"/tasks/{task['id']}/comments", body="Important")
    path = f"/comments/{comment['id']}"
    _, action = await do(team.ada, method, path, **body)
    before = (await team.ada.api.get(path)).json()

    assert refusal(await _undo(team.ben, action)) == (403, "not_yours")

    assert (await team.ada.api.get(path)).json() == before
    await _undone(team.ada, action)


async def test_a_deleted_label_is_on_its_tasks_again(team: Team) -> None:
    label = await team.ada.post("/labels", workspace_id=team.id, name="urgent", color="red")
    task = await team.task(await team.project(), label_ids=[label["id"]])
    _, action = await do(team.ada, "DELETE", f"/labels/{label['id']}")
    assert (await team.ada.get(f"/tasks/{task['id']}"))["label_ids"] == []

    await _undone(team.ada, action)

    assert (await team.ada.get(f"/tasks/{task['id']}"))["label_ids"] == [label["id"]]


async def test_reopening_by_undo_takes_the_next_occurrence_away(team: Team) -> None:
    project = await team.project()
    rule = {"rule": "FREQ=DAILY", "zone": "Europe/Berlin"}
    task = await team.task(project, title="Water the plants", due_date="2026-11-23", recurrence=rule)
    _, action = await do(team.ada, "PUT", f"/tasks/{task['id']}/closure")
    assert len((await team.ada.get("/tasks", project_id=project["id"]))["items"]) == 2

    await _undone(team.ada, action)

    left = (await team.ada.get("/tasks", project_id=project["id"]))["items"]
    assert [(each["id"], each["status_category"]) for each in left] == [(task["id"], "todo")]


async def test_the_next_occurrence_stays_when_somebody_has_touched_it(team: Team) -> None:
    project = await team.project()
    rule = {"rule": "FREQ=DAILY", "zone": "Europe/Berlin"}
    task = await team.task(project, title="Water the plants", due_date="2026-11-23", recurrence=rule)
    _, action = await do(team.ada, "PUT", f"/tasks/{task['id']}/closure")
    items = (await team.ada.get("/tasks", project_id=project["id"]))["items"]
    successor = next(each for each in items if each["id"] != task["id"])
    await team.ben.patch(f"/tasks/{successor['id']}", priority="high")

    await _undone(team.ada, action)

    assert (await team.ada.get(f"/tasks/{successor['id']}"))["trashed_at"] is None
    assert (await team.ada.get(f"/tasks/{task['id']}"))["completed_at"] is None


async def test_a_move_to_another_project_is_taken_back_with_all_that_hangs_on_it(team: Team) -> None:
    here, there = await team.project(), await team.project(key="WEB", name="Website")
    task = await team.task(here)
    comment = await team.ada.post(f"/tasks/{task['id']}/comments", body="Along for the ride")
    _, action = await do(team.ada, "PATCH", f"/tasks/{task['id']}", project_id=there["id"])

    await _undone(team.ada, action)

    now = await team.ada.get(f"/tasks/{task['id']}")
    assert (now["project_id"], now["key"]) == (here["id"], task["key"])
    assert (await team.ada.get(f"/comments/{comment['id']}"))["body"] == "Along for the ride"


async def test_nobody_undoes_what_they_may_not_do_today(team: Team) -> None:
    project = await team.project(access="private")
    await team.ada.put(f"/projects/{project['id']}/members/{team.ben.id}", level="edit")
    task = await team.task(project, title="Roof")
    _, action = await do(team.ben, "PATCH", f"/tasks/{task['id']}", title="Floor")
    await team.ada.put(f"/projects/{project['id']}/members/{team.ben.id}", level="view")

    refused = await _undo(team.ben, action)
    unseen = await _undo(team.cleo, action)
    stranger = await _undo(team.eve, action)

    assert (refused.status_code, unseen.status_code, stranger.status_code) == (403, 404, 404)
    assert (await team.ada.get(f"/tasks/{task['id']}"))["title"] == "Floor"


async def test_members_are_not_undone(team: Team) -> None:
    _, action = await do(team.ada, "PATCH", f"/workspaces/{team.id}/members/{team.cleo.id}", role="admin")

    answer = await _undo(team.ada, action)

    assert (answer.status_code, answer.json()["code"]) == (409, "not_undoable")


async def test_a_guest_who_may_edit_tasks_takes_back_nothing_that_was_done_to_the_project(team: Team) -> None:
    project = await team.project(access="private")
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="edit")
    await team.ada.patch(f"/projects/{project['id']}", access="open")
    _, closing = await do(team.ada, "PATCH", f"/projects/{project['id']}", access="private")
    _, adding = await do(team.ada, "POST", f"/projects/{project['id']}/statuses", name="Paused", category="todo")

    answers = [await _undo(team.dan, action) for action in (closing, adding)]

    assert [refusal(answer) for answer in answers] == [(403, "role_too_low")] * 2
    assert (await team.ada.get(f"/projects/{project['id']}"))["access"] == "private"


async def test_a_project_that_is_private_again_has_an_editor(team: Team) -> None:
    project = await team.project(access="private")
    _, opening = await do(team.ada, "PATCH", f"/projects/{project['id']}", access="open")
    await team.ada.delete(f"/projects/{project['id']}/members/{team.ada.id}")

    await _undone(team.ben, opening)

    assert (await team.ben.get(f"/projects/{project['id']}"))["access"] == "private"
    listed = (await team.ben.get(f"/projects/{project['id']}/members"))["items"]
    assert [each["user_id"] for each in listed if each["level"] == "edit"] == [team.ben.id]


async def test_only_who_may_delete_a_project_takes_back_that_it_was_restored(team: Team) -> None:
    project = await team.project()
    await delete(team.ada, f"/projects/{project['id']}")
    _, restoring = await do(team.ada, "PUT", f"/projects/{project['id']}/restoration")

    assert refusal(await _undo(team.cleo, restoring)) == (403, "role_too_low")
    assert (await team.ada.get(f"/projects/{project['id']}"))["id"] == project["id"]


async def test_a_relation_between_projects_comes_back_only_by_who_sees_both(team: Team) -> None:
    here, there = await team.project(access="private"), await team.project(key="WEB", name="Web", access="private")
    one, other = await team.task(here), await team.task(there)
    relation, _ = await do(team.ada, "POST", f"/tasks/{one['id']}/relations", kind="relates", task_id=other["id"])
    _, ending = await do(team.ada, "DELETE", f"/relations/{relation['id']}")

    assert (await _undo(team.cleo, ending)).status_code == 404
    assert (await team.ada.get(f"/tasks/{one['id']}/relations"))["items"] == []
    await _undone(team.ada, ending)
    assert len((await team.ada.get(f"/tasks/{one['id']}/relations"))["items"]) == 1
