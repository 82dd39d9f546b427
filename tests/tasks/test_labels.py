"""Labels of a workspace."""

import pytest

from tests.tasks.team import Team, delete, refusal

pytestmark = pytest.mark.anyio


async def test_labels_are_made_changed_and_listed_by_name(team: Team) -> None:
    urgent = await team.cleo.post("/labels", workspace_id=team.id, name="urgent", color="red")
    await team.cleo.post("/labels", workspace_id=team.id, name="Bug")

    changed = await team.ben.patch(f"/labels/{urgent['id']}", name="Äußerst wichtig", color="pink")

    assert (changed["name"], changed["color"], changed["version"]) == ("Äußerst wichtig", "pink", 2)
    assert await team.dan.get(f"/labels/{urgent['id']}") == changed
    listed = (await team.dan.get("/labels", workspace_id=team.id))["items"]
    assert [label["name"] for label in listed] == ["Bug", "Äußerst wichtig"]


async def test_a_name_is_given_once_however_it_is_written(team: Team) -> None:
    first = await team.ada.post("/labels", workspace_id=team.id, name="Straße")
    other = await team.ada.post("/labels", workspace_id=team.id, name="Weg")

    again = await team.ada.api.post("/labels", json={"workspace_id": team.id, "name": "STRASSE"})
    changed = await team.ada.api.patch(f"/labels/{other['id']}", json={"name": "straße"})

    assert refusal(again) == (409, "name_taken")
    assert refusal(changed) == (409, "name_taken")
    assert (await team.ada.patch(f"/labels/{first['id']}", name="STRASSE"))["name"] == "STRASSE"


async def test_a_removed_label_leaves_its_tasks_too(team: Team) -> None:
    project = await team.project()
    bug = await team.ada.post("/labels", workspace_id=team.id, name="Bug")
    ui = await team.ada.post("/labels", workspace_id=team.id, name="UI")
    task = await team.task(project, label_ids=[bug["id"], ui["id"]])

    await team.cleo.delete(f"/labels/{bug['id']}")

    assert (await team.ada.get(f"/tasks/{task['id']}"))["label_ids"] == [ui["id"]]
    assert (await team.ada.api.get(f"/labels/{bug['id']}")).status_code == 404
    assert (await team.ada.get("/tasks", workspace_id=team.id, label=ui["id"]))["items"][0]["id"] == task["id"]


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("name", "x" * 61), ("name", "a\nb"), ("color", "#fff")])
async def test_a_wrong_field_of_a_label_is_named(team: Team, field: str, value: str) -> None:
    answer = await team.ada.api.post("/labels", json={"workspace_id": team.id, "name": "ok", field: value})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


async def test_a_label_gives_its_tasks_to_another_and_goes(team: Team) -> None:
    project = await team.project()
    bug = await team.ada.post("/labels", workspace_id=team.id, name="Bug")
    defect = await team.ada.post("/labels", workspace_id=team.id, name="Defect")
    one = await team.task(project, label_ids=[defect["id"]])
    both = await team.task(project, label_ids=[defect["id"], bug["id"]])

    assert (await delete(team.cleo, f"/labels/{defect['id']}", move_to=bug["id"])).status_code == 204

    for task in (one, both):
        assert (await team.ada.get(f"/tasks/{task['id']}"))["label_ids"] == [bug["id"]]
    assert [label["name"] for label in (await team.ada.get("/labels", workspace_id=team.id))["items"]] == ["Bug"]


async def test_a_label_gives_its_tasks_to_none_of_another_workspace(team: Team) -> None:
    bug = await team.ada.post("/labels", workspace_id=team.id, name="Bug")
    elsewhere = await team.ada.post("/labels", name="Errand")

    for heir in (elsewhere, bug):
        answer = await delete(team.ada, f"/labels/{bug['id']}", move_to=heir["id"])
        assert answer.json()["errors"][0]["field"] == "move_to"


async def test_guests_change_no_labels_and_strangers_find_none(team: Team) -> None:
    label = await team.ada.post("/labels", workspace_id=team.id, name="Bug")
    path = f"/labels/{label['id']}"

    assert refusal(await team.dan.api.post("/labels", json={"workspace_id": team.id, "name": "x"}))[0] == 403
    assert refusal(await team.dan.api.patch(path, json={"name": "x"}))[0] == 403
    assert refusal(await team.dan.api.delete(path))[0] == 403
    assert refusal(await team.eve.api.delete(path))[0] == 404
    assert refusal(await team.eve.api.post("/labels", json={"workspace_id": team.id, "name": "x"}))[0] == 404
    assert (await team.eve.get("/labels"))["items"] == []


async def test_a_label_of_ones_own_workspace_needs_no_workspace_named(team: Team) -> None:
    label = await team.eve.post("/labels", name="Errand")

    assert label["workspace_id"] == team.eve.id
