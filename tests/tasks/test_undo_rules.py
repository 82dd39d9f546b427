"""Undo passes by no rule that the actions themselves keep."""

import pytest

from tests.support.product import Person
from tests.tasks.team import Team, delete, do, refusal

pytestmark = pytest.mark.anyio


async def _refused(person: Person, action_id: str) -> tuple[int, str]:
    return refusal(await person.api.post("/undo", json={"action_id": action_id}))


async def test_only_its_owner_and_admins_take_a_shared_view_away(team: Team) -> None:
    view, made = await do(
        team.ada, "POST", "/views", workspace_id=team.id, name="Ours", layout="list", shared_with="workspace"
    )

    assert await _refused(team.cleo, made) == (403, "role_too_low")
    assert (await team.cleo.get(f"/views/{view['id']}"))["name"] == "Ours"


async def test_only_its_owner_decides_again_with_whom_a_view_is_shared(team: Team) -> None:
    project = await team.project()
    view, _ = await do(
        team.ada, "POST", "/views", project_id=project["id"], name="Ours", layout="list", shared_with="workspace"
    )
    _, narrowed = await do(team.ada, "PATCH", f"/views/{view['id']}", shared_with="project")

    assert await _refused(team.cleo, narrowed) == (403, "not_yours")


async def test_a_status_that_tasks_have_stays(team: Team) -> None:
    project = await team.project()
    status, made = await do(
        team.ada, "POST", f"/projects/{project['id']}/statuses", name="Waiting for rain", category="todo"
    )
    await team.task(project, status=status["key"])

    assert await _refused(team.ada, made) == (409, "has_tasks")


async def test_the_last_status_of_its_category_stays(team: Team) -> None:
    project = await team.project()
    statuses = f"/projects/{project['id']}/statuses"
    _, made = await do(team.ada, "POST", statuses, name="Waiting for rain", category="todo")
    for status in (await team.ada.get(statuses))["items"]:
        if status["category"] == "todo" and status["name"] != "Waiting for rain":
            assert (await delete(team.ada, f"{statuses}/{status['id']}")).is_success

    assert await _refused(team.ada, made) == (409, "last_status")


async def test_a_label_that_tasks_have_stays(team: Team) -> None:
    label, made = await do(team.ada, "POST", "/labels", workspace_id=team.id, name="roof", color="red")
    task = await team.task(await team.project(), label_ids=[label["id"]])

    assert await _refused(team.ada, made) == (409, "changed_since")
    assert (await team.ada.get(f"/tasks/{task['id']}"))["label_ids"] == [label["id"]]


async def test_a_label_goes_from_the_trash_with_its_undo(team: Team) -> None:
    label, made = await do(team.ada, "POST", "/labels", workspace_id=team.id, name="roof", color="red")
    project = await team.project()
    task, added = await do(team.ada, "POST", "/tasks", project_id=project["id"], title="Tiles", label_ids=[label["id"]])

    for action in (added, made):
        assert (await team.ada.api.post("/undo", json={"action_id": action})).status_code == 200

    assert (await team.ada.get(f"/tasks/{task['id']}"))["label_ids"] == []


@pytest.mark.parametrize("change", ["renaming", "deletion"])
async def test_a_label_does_not_come_back_to_a_name_that_another_has_now(team: Team, change: str) -> None:
    label, _ = await do(team.ada, "POST", "/labels", workspace_id=team.id, name="roof", color="red")
    if change == "renaming":
        _, gone = await do(team.ada, "PATCH", f"/labels/{label['id']}", name="floor")
    else:
        _, gone = await do(team.ada, "DELETE", f"/labels/{label['id']}")
    await do(team.ada, "POST", "/labels", workspace_id=team.id, name="Roof", color="red")

    assert await _refused(team.ada, gone) == (409, "name_taken")


async def test_a_status_does_not_come_back_to_a_name_that_another_has_now(team: Team) -> None:
    project = await team.project()
    statuses = f"/projects/{project['id']}/statuses"
    status, _ = await do(team.ada, "POST", statuses, name="Waiting", category="todo")
    _, renamed = await do(team.ada, "PATCH", f"{statuses}/{status['id']}", name="Ready")
    await do(team.ada, "POST", statuses, name="waiting", category="todo")

    assert await _refused(team.ada, renamed) == (409, "name_taken")
