"""What hangs on a task: its checklist and its watchers."""

import pytest

from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


async def test_steps_are_added_ticked_off_moved_and_removed(team: Team) -> None:
    task = await team.task(await team.project())
    path = f"/tasks/{task['id']}/checklist"
    first = await team.ada.post(path, text="Ladder")
    second = await team.cleo.post(path, text="Tiles")
    third = await team.cleo.post(path, text="Tea", is_done=True)

    done = await team.cleo.patch(f"/checklist/{first['id']}", is_done=True)
    await team.cleo.patch(f"/checklist/{third['id']}", position="Zz", text="Coffee")
    await team.cleo.delete(f"/checklist/{second['id']}")

    assert (done["is_done"], done["text"], done["version"]) == (True, "Ladder", 2)
    items = (await team.ada.get(path))["items"]
    assert [(item["text"], item["is_done"]) for item in items] == [("Coffee", True), ("Ladder", True)]
    assert (await team.ada.api.patch(f"/checklist/{second['id']}", json={})).status_code == 404


async def test_a_checklist_has_an_end(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headway.modules.tasks.actions.checklist.CHECKLIST_ITEMS_PER_TASK", 2)
    task = await team.task(await team.project())
    for _ in range(2):
        await team.ada.post(f"/tasks/{task['id']}/checklist", text="x")

    assert refusal(await team.ada.api.post(f"/tasks/{task['id']}/checklist", json={"text": "x"})) == (
        409,
        "too_many_items",
    )


async def test_who_may_not_edit_changes_no_steps(team: Team) -> None:
    project = await team.project()
    task = await team.task(project)
    item = await team.ada.post(f"/tasks/{task['id']}/checklist", text="Ladder")
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="comment")

    assert (await team.dan.get(f"/tasks/{task['id']}/checklist"))["items"][0]["text"] == "Ladder"
    assert refusal(await team.dan.api.patch(f"/checklist/{item['id']}", json={"is_done": True}))[0] == 403
    assert refusal(await team.eve.api.patch(f"/checklist/{item['id']}", json={"is_done": True}))[0] == 404
    wrong = await team.ada.api.patch(f"/checklist/{item['id']}", json={"position": "0"})
    assert wrong.json()["errors"][0]["field"] == "position"


async def test_everybody_watches_for_themselves_and_who_may_edit_for_others(team: Team) -> None:
    project = await team.project()
    task = await team.task(project)
    path = f"/tasks/{task['id']}/watchers"
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="view")

    await team.dan.put(f"{path}/{team.dan.id}")
    await team.cleo.put(f"{path}/{team.ben.id}")

    assert (await team.ada.get(f"/tasks/{task['id']}"))["watcher_ids"] == [team.ada.id, team.dan.id, team.ben.id]
    assert refusal(await team.dan.api.delete(f"{path}/{team.ben.id}")) == (403, "level_too_low")
    assert refusal(await team.ada.api.put(f"{path}/{team.eve.id}")) == (409, "no_access")
    left = await team.dan.delete(f"{path}/{team.dan.id}")
    assert left["watcher_ids"] == [team.ada.id, team.ben.id]
    assert await team.dan.delete(f"{path}/{team.dan.id}") == left
