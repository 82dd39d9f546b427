"""Tasks end and are opened again; recurring ones have exactly one successor."""

import asyncio

import pytest

from tests.support.fold import assert_log_tells_rows
from tests.support.product import Person, Product
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


async def titles(person: Person, **query: object) -> list[str]:
    return [task["title"] for task in (await person.get("/tasks", **query))["items"]]


async def test_a_task_is_completed_and_opened_again(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")

    closed = await ada.put(f"/tasks/{task['id']}/closure")
    again = await ada.put(f"/tasks/{task['id']}/closure")
    opened = await ada.delete(f"/tasks/{task['id']}/closure")

    assert (closed["status"], closed["status_category"]) == ("completed", "completed")
    assert closed["completed_at"] is not None
    assert again == closed
    assert (opened["status"], opened["completed_at"]) == ("todo", None)
    await assert_log_tells_rows(product, ada.id)


async def test_a_canceled_task_has_no_time_of_completion(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")

    canceled = await ada.put(f"/tasks/{task['id']}/closure", status="canceled")

    assert (canceled["status_category"], canceled["completed_at"]) == ("canceled", None)


async def test_a_task_cannot_be_closed_with_an_open_status(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")

    answer = await ada.api.put(f"/tasks/{task['id']}/closure", json={"status": "in_progress"})

    assert refusal(answer) == (400, "invalid")
    assert (await ada.get(f"/tasks/{task['id']}"))["status"] == "todo"


async def test_completing_a_recurring_task_keeps_it_and_makes_one_successor(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post(
        "/tasks",
        title="Bins",
        description="Blue ones",
        priority="high",
        start_date="2099-01-05",
        due_date="2099-01-06",
        due_time="07:00",
        due_zone="Europe/Berlin",
        assignee_ids=[ada.id],
        recurrence={"rule": "FREQ=WEEKLY"},
    )

    for _ in range(2):  # the second, from a device that was offline, changes nothing
        await ada.put(f"/tasks/{task['id']}/closure")

    found = (await ada.get("/tasks", include="description", sort="due_date"))["items"]
    assert [each["completed_at"] is not None for each in found] == [True, False]
    successor = found[1]
    kept = ("title", "description", "priority", "due_time", "due_zone", "assignee_ids", "recurrence", "position")
    assert [successor[name] for name in kept] == [task[name] for name in kept]
    assert (successor["start_date"], successor["due_date"]) == ("2099-01-12", "2099-01-13")
    assert successor["due_at"] == "2099-01-13T06:00:00Z"
    assert successor["status"] == "todo"
    await assert_log_tells_rows(product, ada.id)


async def test_two_people_who_both_completed_it_offline_make_one_successor(team: Team) -> None:
    project = await team.project()
    weekly = {"rule": "FREQ=WEEKLY"}
    task = await team.task(project, due_date="2099-01-06", recurrence=weekly)

    closed = {"key": "on-the-train", "method": "PUT", "path": f"/tasks/{task['id']}/closure"}
    moved = {"key": "at-home", "method": "PATCH", "path": f"/tasks/{task['id']}", "body": {"status": "completed"}}
    sent = await asyncio.gather(
        team.ada.post("/batch", operations=[closed]), team.cleo.post("/batch", operations=[moved])
    )

    assert [answer["results"][0]["status"] for answer in sent] == [200, 200]
    found = (await team.ada.get("/tasks", project_id=project["id"], sort="due_date"))["items"]
    assert [(each["due_date"], each["completed_at"] is not None) for each in found] == [
        ("2099-01-06", True),
        ("2099-01-13", False),
    ]


async def test_completing_by_a_change_of_status_makes_the_successor_too(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Bins", recurrence={"after_completion_days": 3})

    await ada.patch(f"/tasks/{task['id']}", status="completed")

    assert await titles(ada, completed=False) == ["Bins"]


async def test_canceling_a_recurring_task_ends_its_series(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Bins", due_date="2099-01-06", recurrence={"rule": "FREQ=WEEKLY"})

    await ada.put(f"/tasks/{task['id']}/closure", status="canceled")

    assert await titles(ada, completed=False) == []


async def test_a_series_with_a_count_ends(product: Product) -> None:
    ada = await product.person("Ada")
    await ada.post("/tasks", title="Pill", due_date="2099-01-06", recurrence={"rule": "FREQ=DAILY;COUNT=3"})

    for _ in range(3):
        (open_task,) = (await ada.get("/tasks", completed=False))["items"]
        await ada.put(f"/tasks/{open_task['id']}/closure")

    assert await titles(ada, completed=False) == []
    assert await titles(ada, completed=True) == ["Pill"] * 3


async def test_opening_a_recurring_task_takes_back_a_successor_that_nobody_touched(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Bins", due_date="2099-01-06", recurrence={"rule": "FREQ=WEEKLY"})
    await ada.post("/tasks", title="Wash them", parent_id=task["id"])

    await ada.put(f"/tasks/{task['id']}/closure")
    for completed in (True, False):  # the subtask ends with its parent, and its copy is open
        assert sorted(await titles(ada, completed=completed)) == ["Bins", "Wash them"]
    await ada.delete(f"/tasks/{task['id']}/closure")
    assert sorted(await titles(ada)) == sorted(await titles(ada, completed=False)) == ["Bins", "Wash them"]
    await ada.put(f"/tasks/{task['id']}/closure")
    for completed in (True, False):
        assert sorted(await titles(ada, completed=completed)) == ["Bins", "Wash them"]
    await assert_log_tells_rows(product, ada.id)


async def test_opening_a_recurring_task_leaves_a_successor_that_somebody_touched(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Bins", due_date="2099-01-06", recurrence={"rule": "FREQ=WEEKLY"})
    await ada.put(f"/tasks/{task['id']}/closure")
    (successor,) = (await ada.get("/tasks", completed=False))["items"]
    await ada.patch(f"/tasks/{successor['id']}", title="Bins, all of them")

    await ada.delete(f"/tasks/{task['id']}/closure")
    await ada.put(f"/tasks/{task['id']}/closure")

    assert sorted(await titles(ada)) == ["Bins", "Bins, all of them"]


async def test_subtasks_come_again_open_with_their_parent(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Bins", due_date="2099-01-06", recurrence={"rule": "FREQ=WEEKLY"})
    wash = await ada.post("/tasks", title="Wash them", parent_id=task["id"])
    await ada.post("/tasks", title="Dry them", parent_id=wash["id"])
    await ada.put(f"/tasks/{wash['id']}/closure")

    await ada.put(f"/tasks/{task['id']}/closure")

    (successor,) = (await ada.get("/tasks", completed=False, parent_id="none"))["items"]
    (copy,) = (await ada.get("/tasks", parent_id=successor["id"]))["items"]
    assert (copy["title"], copy["status_category"]) == ("Wash them", "todo")
    (below,) = (await ada.get("/tasks", parent_id=copy["id"]))["items"]
    assert below["title"] == "Dry them"


async def test_a_subtask_that_was_completed_before_its_parent_stays_so_when_that_is_opened(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Bins", due_date="2099-01-06", recurrence={"rule": "FREQ=WEEKLY"})
    wash = await ada.post("/tasks", title="Wash them", parent_id=task["id"])
    await ada.put(f"/tasks/{wash['id']}/closure")

    await ada.put(f"/tasks/{task['id']}/closure")
    await ada.delete(f"/tasks/{task['id']}/closure")

    assert await titles(ada, completed=True) == ["Wash them"]
    assert await titles(ada, completed=False) == ["Bins"]


async def test_a_task_in_the_trash_cannot_be_completed(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    await ada.delete(f"/tasks/{task['id']}")

    assert refusal(await ada.api.put(f"/tasks/{task['id']}/closure")) == (409, "in_trash")


async def test_labels_checklist_and_reminders_are_carried_to_the_successor(product: Product) -> None:
    ada = await product.person("Ada")
    label = await ada.post("/labels", name="House")
    task = await ada.post(
        "/tasks", title="Bins", due_date="2099-01-06", label_ids=[label["id"]], recurrence={"rule": "FREQ=WEEKLY"}
    )
    item = await ada.post(f"/tasks/{task['id']}/checklist", text="Paper")
    await ada.patch(f"/checklist/{item['id']}", is_done=True)
    await ada.post(f"/tasks/{task['id']}/reminders", minutes_before=60)

    await ada.put(f"/tasks/{task['id']}/closure")
    await product.settled()

    (successor,) = (await ada.get("/tasks", completed=False))["items"]
    assert successor["label_ids"] == [label["id"]]
    (copy,) = (await ada.get(f"/tasks/{successor['id']}/checklist"))["items"]
    assert (copy["text"], copy["is_done"]) == ("Paper", False)
    (reminder,) = (await ada.get(f"/tasks/{successor['id']}/reminders"))["items"]
    assert reminder["fires_at"][:10] in {"2099-01-12", "2099-01-13"}
    await ada.delete(f"/tasks/{task['id']}/closure")
    assert (await ada.api.get(f"/tasks/{successor['id']}")).status_code == 404
    await assert_log_tells_rows(product, ada.id)
