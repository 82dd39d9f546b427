"""Manual order: tasks are put between others, and columns get new positions when there is no room."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.fold import assert_log_tells_rows
from tests.support.product import Person, Product
from tests.tasks.team import refusal

pytestmark = pytest.mark.anyio


async def make(person: Person, *titles: str, **fields: Any) -> list[Any]:  # Any: JSON answers
    return [await person.post("/tasks", title=title, **fields) for title in titles]


async def column(person: Person, status: str = "todo") -> Sequence[str]:
    found = await person.get("/tasks", status=status, sort="position")
    return [task["title"] for task in found["items"]]


async def test_new_tasks_stand_at_the_end_of_their_column(product: Product) -> None:
    ada = await product.person("Ada")
    await make(ada, "a", "b", "c")

    assert await column(ada) == ["a", "b", "c"]


async def test_a_task_is_put_before_after_and_between_others(product: Product) -> None:
    ada = await product.person("Ada")
    a, b, c = await make(ada, "a", "b", "c")

    await ada.put(f"/tasks/{c['id']}/position", before_id=a["id"])
    assert await column(ada) == ["c", "a", "b"]
    await ada.put(f"/tasks/{c['id']}/position", after_id=a["id"])
    assert await column(ada) == ["a", "c", "b"]
    await ada.put(f"/tasks/{c['id']}/position", after_id=b["id"])
    assert await column(ada) == ["a", "b", "c"]
    await ada.put(f"/tasks/{c['id']}/position", after_id=a["id"], before_id=b["id"])
    assert await column(ada) == ["a", "c", "b"]
    await ada.put(f"/tasks/{a['id']}/position")
    assert await column(ada) == ["c", "b", "a"]
    await assert_log_tells_rows(product, ada.id)


async def test_a_task_goes_into_another_column_at_a_place(product: Product) -> None:
    ada = await product.person("Ada")
    a, b = await make(ada, "a", "b", status="in_progress")
    (c,) = await make(ada, "c")

    moved = await ada.put(f"/tasks/{c['id']}/position", status="in_progress", before_id=b["id"])

    assert (moved["status"], moved["status_category"]) == ("in_progress", "in_progress")
    assert await column(ada, "in_progress") == ["a", "c", "b"]
    assert a["version"] == (await ada.get(f"/tasks/{a['id']}"))["version"]


async def test_dragging_a_card_to_the_completed_column_completes_it(product: Product) -> None:
    ada = await product.person("Ada")
    (task,) = await make(ada, "a", recurrence={"after_completion_days": 1})

    moved = await ada.put(f"/tasks/{task['id']}/position", status="completed")

    assert moved["completed_at"] is not None
    assert await column(ada) == ["a"]


async def test_a_neighbour_in_another_column_is_refused(product: Product) -> None:
    ada = await product.person("Ada")
    (a,) = await make(ada, "a")
    (b,) = await make(ada, "b", status="in_progress")

    for body in ({"before_id": b["id"]}, {"after_id": a["id"]}, {"position": "!"}, {"position": "zz"}):
        answer = await ada.api.put(f"/tasks/{a['id']}/position", json=body)
        assert refusal(answer) == (400, "invalid"), body


async def test_neighbours_in_the_wrong_order_are_refused(product: Product) -> None:
    ada = await product.person("Ada")
    a, b, c = await make(ada, "a", "b", "c")

    answer = await ada.api.put(f"/tasks/{c['id']}/position", json={"after_id": b["id"], "before_id": a["id"]})

    assert refusal(answer) == (409, "not_neighbours")


async def test_two_tasks_of_one_position_make_room_for_a_third_between_them(product: Product) -> None:
    ada = await product.person("Ada")
    a, b = await make(ada, "a", "b", position="a5")
    (c,) = await make(ada, "c")
    first, second = sorted((a, b), key=lambda task: str(task["id"]))

    await ada.put(f"/tasks/{c['id']}/position", after_id=first["id"])

    assert await column(ada) == [first["title"], "c", second["title"]]
    await assert_log_tells_rows(product, ada.id)


async def test_many_insertions_at_one_place_keep_their_order(product: Product) -> None:
    ada = await product.person("Ada")
    first, last = await make(ada, "first", "last")
    moving = await make(ada, "x", "y")
    for turn in range(500):
        task = moving[turn % 2]
        placed = await ada.put(f"/tasks/{task['id']}/position", after_id=first["id"])
        assert len(placed["position"]) <= 200
    placed = await ada.put(f"/tasks/{last['id']}/position", after_id=first["id"])

    assert await column(ada) == ["first", "last", "y", "x"]
    await assert_log_tells_rows(product, ada.id)
