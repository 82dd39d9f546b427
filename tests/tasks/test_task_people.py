"""Who works on a task, its labels, and copies of it."""

import pytest

from headway.platform.ids import new_id
from tests.support.fold import assert_log_tells_rows
from tests.support.product import Product
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


async def test_assigning_is_idempotent_and_makes_a_watcher(team: Team) -> None:
    ops = await team.project()
    task = await team.task(ops)
    path = f"/tasks/{task['id']}/assignees/{team.cleo.id}"

    once, twice = await team.ada.put(path), await team.ada.put(path)
    without = await team.ada.delete(path)
    still_without = await team.ada.delete(path)

    assert once == twice
    assert once["assignee_ids"] == [team.cleo.id]
    assert once["watcher_ids"] == [team.ada.id, team.cleo.id]
    assert without == still_without
    assert (without["assignee_ids"], without["watcher_ids"]) == ([], [team.ada.id, team.cleo.id])
    await assert_log_tells_rows(team.product, team.id)


@pytest.mark.parametrize("how", ["put", "patch", "create"])
async def test_who_does_not_see_the_project_cannot_be_assigned_and_is_named(team: Team, how: str) -> None:
    secret = await team.project(key="SEC", name="Secret", access="private")
    task = await team.task(secret)
    people = [team.ada.id, team.cleo.id, team.dan.id, team.eve.id]

    if how == "put":
        answer = await team.ada.api.put(f"/tasks/{task['id']}/assignees/{team.cleo.id}")
        blind = [team.cleo.id]
    elif how == "patch":
        answer = await team.ada.api.patch(f"/tasks/{task['id']}", json={"assignee_ids": people})
        blind = people[1:]
    else:
        body = {"title": "x", "project_id": secret["id"], "assignee_ids": people}
        answer = await team.ada.api.post("/tasks", json=body)
        blind = people[1:]

    assert refusal(answer) == (409, "no_access")
    assert (answer.json()["people"], answer.json()["project_id"]) == (blind, secret["id"])
    assert (await team.ada.get(f"/tasks/{task['id']}"))["assignee_ids"] == []


async def test_a_guest_who_was_given_the_project_can_be_assigned(team: Team) -> None:
    ops = await team.project()
    await team.ada.put(f"/projects/{ops['id']}/members/{team.dan.id}", level="comment")

    task = await team.task(ops, assignee_ids=[team.dan.id, team.dan.id])

    assert task["assignee_ids"] == [team.dan.id]


async def test_labels_are_put_on_and_taken_off(product: Product) -> None:
    ada = await product.person("Ada")
    label = await ada.post("/labels", name="Urgent")
    task = await ada.post("/tasks", title="Roof")
    path = f"/tasks/{task['id']}/labels/{label['id']}"

    once, twice = await ada.put(path), await ada.put(path)
    assert once == twice
    assert once["label_ids"] == [label["id"]]
    assert (await ada.get("/tasks", label="urgent"))["items"][0]["id"] == task["id"]
    assert (await ada.delete(path))["label_ids"] == []
    assert (await ada.delete(path))["label_ids"] == []
    assert (await ada.get("/tasks", label=label["id"]))["items"] == []
    await assert_log_tells_rows(product, ada.id)


async def test_a_label_of_another_workspace_is_not_found(team: Team) -> None:
    label = await team.eve.post("/labels", name="Eve's")
    task = await team.task(await team.project())

    answer = await team.ada.api.put(f"/tasks/{task['id']}/labels/{label['id']}")

    assert refusal(answer) == (404, "not_found")


async def test_a_copy_is_open_stands_after_the_original_and_has_its_own_subtasks(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof", description="Red", priority="low", assignee_ids=[ada.id])
    await ada.post("/tasks", title="Tiles", parent_id=task["id"])
    await ada.post(f"/tasks/{task['id']}/checklist", text="Count them")
    await ada.post(f"/tasks/{task['id']}/comments", body="Which ones?")
    await ada.post("/tasks", title="Later")

    copy = await ada.post(f"/tasks/{task['id']}/duplicate")

    same = ("title", "description", "priority", "assignee_ids", "status", "project_id")
    assert [copy[name] for name in same] == [task[name] for name in same]
    assert copy["key"] != task["key"]
    order = [each["id"] for each in (await ada.get("/tasks", sort="position", parent_id="none"))["items"]]
    assert order.index(copy["id"]) == order.index(task["id"]) + 1
    (subtask,) = (await ada.get("/tasks", parent_id=copy["id"]))["items"]
    assert subtask["title"] == "Tiles"
    (item,) = (await ada.get(f"/tasks/{copy['id']}/checklist"))["items"]
    assert item["text"] == "Count them"
    assert (await ada.get(f"/tasks/{copy['id']}/comments"))["items"] == []
    await assert_log_tells_rows(product, ada.id)


async def test_the_parts_of_a_copy_have_the_ids_that_the_client_gave_them(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    part = await ada.post("/tasks", title="Tiles", parent_id=task["id"])
    step = await ada.post(f"/tasks/{task['id']}/checklist", text="Count them")
    ids = {part["id"]: new_id(), step["id"]: new_id()}

    copy = await ada.post(f"/tasks/{task['id']}/duplicate", part_ids=ids)
    taken = await ada.api.post(f"/tasks/{task['id']}/duplicate", json={"part_ids": ids})

    assert [each["id"] for each in (await ada.get("/tasks", parent_id=copy["id"]))["items"]] == [ids[part["id"]]]
    assert [each["id"] for each in (await ada.get(f"/tasks/{copy['id']}/checklist"))["items"]] == [ids[step["id"]]]
    assert refusal(taken) == (409, "id_taken")


async def test_a_copy_of_a_completed_task_is_open(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    await ada.put(f"/tasks/{task['id']}/closure")

    copy = await ada.post(f"/tasks/{task['id']}/duplicate")

    assert (copy["status"], copy["completed_at"]) == ("todo", None)


async def test_an_id_that_is_taken_makes_no_second_task(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")

    made = await ada.api.post("/tasks", json={"title": "Other", "id": task["id"]})
    copied = await ada.api.post(f"/tasks/{task['id']}/duplicate", json={"id": task["id"]})

    assert refusal(made) == refusal(copied) == (409, "id_taken")
    assert (await ada.get(f"/tasks/{task['id']}"))["title"] == "Roof"
