"""Into the trash with subtasks, back again, and gone for good."""

from datetime import timedelta

import pytest

from headway.modules.tasks.actions.purging import purge
from tests.support.fold import assert_log_tells_rows
from tests.support.product import Person, Product
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio

KEPT = timedelta(days=30)


async def titles(person: Person, **query: object) -> list[str]:
    return sorted(task["title"] for task in (await person.get("/tasks", **query))["items"])


async def test_a_task_goes_into_the_trash_with_its_subtasks_and_comes_back_with_them(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    tiles = await ada.post("/tasks", title="Tiles", parent_id=task["id"])
    await ada.post("/tasks", title="Nails", parent_id=tiles["id"])
    await ada.post("/tasks", title="Other")

    await ada.delete(f"/tasks/{task['id']}")
    assert await titles(ada) == ["Other"]
    assert await titles(ada, trashed=True) == ["Nails", "Roof", "Tiles"]

    restored = await ada.put(f"/tasks/{task['id']}/restoration")
    assert restored["trashed_at"] is None
    assert await titles(ada) == ["Nails", "Other", "Roof", "Tiles"]
    assert await titles(ada, trashed=True) == []
    await assert_log_tells_rows(product, ada.id)


async def test_a_subtask_that_was_trashed_before_stays_in_the_trash(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    tiles = await ada.post("/tasks", title="Tiles", parent_id=task["id"])
    await ada.delete(f"/tasks/{tiles['id']}")
    await ada.delete(f"/tasks/{task['id']}")

    await ada.put(f"/tasks/{task['id']}/restoration")

    assert await titles(ada, trashed=True) == ["Tiles"]


async def test_a_subtask_restored_alone_leaves_its_parent_in_the_trash(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    tiles = await ada.post("/tasks", title="Tiles", parent_id=task["id"])
    await ada.delete(f"/tasks/{task['id']}")

    restored = await ada.put(f"/tasks/{tiles['id']}/restoration")

    assert restored["parent_id"] is None
    assert await titles(ada) == ["Tiles"]


async def test_trashing_and_restoring_twice_is_the_same_as_once(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")

    for _ in range(2):
        assert (await ada.api.delete(f"/tasks/{task['id']}")).status_code == 204
    restored = [await ada.put(f"/tasks/{task['id']}/restoration") for _ in range(2)]

    assert restored[0] == restored[1]


async def test_a_task_is_deleted_for_good_only_from_the_trash_and_with_all_that_hangs_on_it(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    await ada.post("/tasks", title="Tiles", parent_id=task["id"])
    await ada.post(f"/tasks/{task['id']}/comments", body="Which ones?")

    early = await ada.api.delete(f"/tasks/{task['id']}", params={"permanently": "true"})
    await ada.delete(f"/tasks/{task['id']}")
    await ada.delete(f"/tasks/{task['id']}", permanently=True)

    assert refusal(early) == (409, "not_in_trash")
    assert (await ada.api.get(f"/tasks/{task['id']}")).status_code == 404
    assert await titles(ada, trashed=True) == []
    assert (await ada.get("/search", q="tiles"))["items"] == []
    await assert_log_tells_rows(product, ada.id)


async def test_only_who_made_a_task_and_admins_delete_it_for_good(team: Team) -> None:
    ops = await team.project()
    task = await team.task(ops)
    await team.cleo.delete(f"/tasks/{task['id']}")

    by_cleo = await team.cleo.api.delete(f"/tasks/{task['id']}", params={"permanently": "true"})
    by_ben = await team.ben.api.delete(f"/tasks/{task['id']}", params={"permanently": "true"})

    assert refusal(by_cleo) == (403, "not_yours")
    assert by_ben.status_code == 204


@pytest.mark.parametrize("what", ["edit", "close", "place", "assign", "duplicate"])
async def test_what_is_in_the_trash_is_not_edited(product: Product, what: str) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    await ada.delete(f"/tasks/{task['id']}")
    path = f"/tasks/{task['id']}"

    answer = await {
        "edit": lambda: ada.api.patch(path, json={"title": "x"}),
        "close": lambda: ada.api.put(f"{path}/closure"),
        "place": lambda: ada.api.put(f"{path}/position"),
        "assign": lambda: ada.api.put(f"{path}/assignees/{ada.id}"),
        "duplicate": lambda: ada.api.post(f"{path}/duplicate"),
    }[what]()

    assert refusal(answer) == (409, "in_trash")


async def test_the_trash_empties_itself_after_thirty_days(product: Product) -> None:
    ada = await product.person("Ada")
    old = await ada.post("/tasks", title="Old")
    below = await ada.post("/tasks", title="Below", parent_id=old["id"])
    await ada.delete(f"/tasks/{old['id']}")
    kept = await ada.post("/tasks", title="Kept")
    database, clock = product.monolith.database, product.monolith.clock

    await purge(database, clock.now(), KEPT)
    assert await titles(ada, trashed=True) == ["Below", "Old"]
    await purge(database, clock.now() + KEPT + timedelta(minutes=1), KEPT)

    assert await titles(ada, trashed=True) == []
    assert await titles(ada) == ["Kept"]
    for gone in (old, below):
        assert (await ada.api.get(f"/tasks/{gone['id']}")).status_code == 404
    assert (await ada.get(f"/tasks/{kept['id']}"))["title"] == "Kept"
    await assert_log_tells_rows(product, ada.id)
