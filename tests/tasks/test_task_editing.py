"""Fields of a task change one by one, and long text is merged."""

import pytest

from tests.support.fold import assert_log_tells_rows
from tests.support.product import Product
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


async def test_a_field_that_is_left_out_stays_as_it_is(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof", priority="high", due_date="2026-12-01", estimate_minutes=30)

    edited = await ada.patch(f"/tasks/{task['id']}", title="New roof")

    assert edited["title"] == "New roof"
    kept = ("priority", "due_date", "estimate_minutes", "description", "status", "position")
    assert [edited[name] for name in kept] == [task[name] for name in kept]
    assert edited["version"] == task["version"] + 1
    assert await ada.get(f"/tasks/{task['id']}") == edited
    await assert_log_tells_rows(product, ada.id)


async def test_an_edit_that_changes_nothing_makes_no_version(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")

    assert (await ada.patch(f"/tasks/{task['id']}", title="Roof"))["version"] == task["version"]


async def test_if_match_with_an_older_version_changes_nothing(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")
    await ada.patch(f"/tasks/{task['id']}", title="New roof")

    answer = await ada.api.patch(f"/tasks/{task['id']}", json={"title": "Old roof"}, headers={"if-match": '"1"'})

    assert refusal(answer) == (412, "version_mismatch")
    assert (await ada.get(f"/tasks/{task['id']}"))["title"] == "New roof"


async def test_two_edits_of_different_lines_of_a_description_are_merged(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof", description="one\ntwo\nthree\nfour\nfive")
    path = f"/tasks/{task['id']}"
    await ada.patch(path, description="ONE\ntwo\nthree\nfour\nfive", base_version=1)
    await ada.patch(path, title="New roof")

    edited = await ada.patch(path, description="one\ntwo\nthree\nfour\nFIVE", base_version=1)

    assert edited["description"] == "ONE\ntwo\nthree\nfour\nFIVE"
    assert edited["merge"] == "merged"
    await assert_log_tells_rows(product, ada.id)


async def test_of_two_edits_of_the_same_line_the_later_stands_and_the_other_is_in_the_history(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof", description="red tiles")
    path = f"/tasks/{task['id']}"
    await ada.patch(path, description="blue tiles", base_version=1)

    edited = await ada.patch(path, description="green tiles", base_version=1)

    assert edited["merge"] == "conflict"
    assert edited["description"] == "green tiles"
    history = (await ada.get(f"{path}/activity"))["items"]
    assert "blue tiles" in [change["fields"].get("description") for change in history]


async def test_a_description_edited_from_the_newest_text_is_taken_as_it_is(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof", description="red")
    path = f"/tasks/{task['id']}"
    await ada.patch(path, title="New roof")

    edited = await ada.patch(path, description="blue", base_version=1)

    assert edited["description"] == "blue"
    assert "merge" not in edited


async def test_what_was_written_on_top_of_an_edit_that_was_still_on_its_way_is_merged_by_its_text(
    product: Product,
) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof", description="- [ ] measure\n- [ ] order\n- [ ] pay")
    path = f"/tasks/{task['id']}"
    await ada.patch(path, description="- [ ] measure\n- [ ] order\n- [x] pay")
    await ada.patch(path, description="- [x] measure\n- [ ] order\n- [ ] pay", base_version=1)

    again = "- [ ] measure\n- [x] order\n- [ ] pay"
    edited = await ada.patch(path, description=again, base_description="- [x] measure\n- [ ] order\n- [ ] pay")

    assert edited["description"] == "- [ ] measure\n- [x] order\n- [x] pay"
    assert edited["merge"] == "merged"


async def test_a_base_version_that_never_was_is_refused(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")

    answer = await ada.api.patch(f"/tasks/{task['id']}", json={"description": "x", "base_version": 9})

    assert refusal(answer) == (400, "invalid")
    assert answer.json()["errors"][0]["field"] == "base_version"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"due_time": "09:30"}, "due_date"),
        ({"due_date": "2026-12-01", "due_time": "09:30"}, "due_zone"),
        ({"due_date": "2026-12-01", "due_time": "09:30", "due_zone": "Mars/Base"}, "due_zone"),
        ({"due_date": "1950-01-01"}, "due_date"),
        ({"start_date": "2026-12-02", "due_date": "2026-12-01"}, "start_date"),
        ({"recurrence": {"rule": "FREQ=SOMETIMES"}}, "recurrence.rule"),
        ({"recurrence": {"rule": "FREQ=DAILY", "after_completion_days": 3}}, "recurrence"),
        ({"recurrence": {}}, "recurrence"),
        ({"status": "no_such"}, "status"),
        ({"label_ids": ["01900000-0000-7000-8000-00000000000a"]}, "label_ids"),
        ({"priority": "dire"}, "priority"),
        ({"title": " "}, "title"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_a_wrong_value_is_refused_by_name_and_changes_nothing(
    product: Product, body: dict[str, object], field: str
) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Roof")

    edit = await ada.api.patch(f"/tasks/{task['id']}", json=body)
    creation = await ada.api.post("/tasks", json={"title": "Another", **body})

    for answer in (edit, creation):
        assert answer.status_code == 400, answer.text
        assert answer.json()["errors"][0]["field"].startswith(field)
    assert await ada.get(f"/tasks/{task['id']}") == task
    assert len((await ada.get("/tasks"))["items"]) == 1


async def test_a_due_time_gives_the_instant_in_its_zone_and_goes_with_the_date(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Call", due_date="2026-07-01", due_time="09:30", due_zone="Europe/Berlin")
    assert task["due_at"] == "2026-07-01T07:30:00Z"

    moved = await ada.patch(f"/tasks/{task['id']}", due_date="2026-12-01")
    assert (moved["due_at"], moved["due_time"]) == ("2026-12-01T08:30:00Z", "09:30")

    whole_day = await ada.patch(f"/tasks/{task['id']}", due_time=None)
    assert (whole_day["due_date"], whole_day["due_zone"], whole_day["due_at"]) == ("2026-12-01", None, None)

    without = await ada.patch(f"/tasks/{task['id']}", due_date=None)
    assert without["due_date"] is None
    await assert_log_tells_rows(product, ada.id)


async def test_a_rule_is_kept_in_canonical_form_with_a_zone(product: Product) -> None:
    ada = await product.person("Ada")

    task = await ada.post("/tasks", title="Bins", due_date="2026-11-24", recurrence={"rule": "byday=tu;freq=weekly"})

    assert task["recurrence"] == {"rule": "FREQ=WEEKLY;BYDAY=TU", "zone": "UTC"}


async def test_a_task_cannot_be_its_own_ancestor(product: Product) -> None:
    ada = await product.person("Ada")
    top = await ada.post("/tasks", title="Top")
    middle = await ada.post("/tasks", title="Middle", parent_id=top["id"])
    bottom = await ada.post("/tasks", title="Bottom", parent_id=middle["id"])

    for parent in (top, bottom):
        answer = await ada.api.patch(f"/tasks/{top['id']}", json={"parent_id": parent["id"]})
        assert refusal(answer) == (409, "parent_cycle")
    assert (await ada.get(f"/tasks/{top['id']}"))["parent_id"] is None


async def test_a_parent_that_is_not_there_is_refused(product: Product) -> None:
    ada = await product.person("Ada")
    task, trashed = await ada.post("/tasks", title="Roof"), await ada.post("/tasks", title="Gone")
    await ada.delete(f"/tasks/{trashed['id']}")

    for parent_id in ("01900000-0000-7000-8000-00000000000a", trashed["id"]):
        answer = await ada.api.patch(f"/tasks/{task['id']}", json={"parent_id": parent_id})
        assert answer.json()["errors"][0]["field"] == "parent_id"


async def test_subtasks_go_ten_levels_deep_and_no_deeper(product: Product) -> None:
    ada = await product.person("Ada")
    chain = [await ada.post("/tasks", title="1")]
    for level in range(2, 11):
        chain.append(await ada.post("/tasks", title=str(level), parent_id=chain[-1]["id"]))
    pair = await ada.post("/tasks", title="Pair")
    await ada.post("/tasks", title="Child of the pair", parent_id=pair["id"])

    eleventh = await ada.api.post("/tasks", json={"title": "11", "parent_id": chain[-1]["id"]})
    two_more = await ada.api.patch(f"/tasks/{pair['id']}", json={"parent_id": chain[8]["id"]})

    assert refusal(eleventh) == (409, "too_deep")
    assert refusal(two_more) == (409, "too_deep")


async def test_a_subtask_lands_in_its_parents_project_and_can_stand_in_no_other(team: Team) -> None:
    ops, dev = await team.project(), await team.project(key="DEV", name="Development")
    parent = await team.task(ops)

    child = await team.ada.post("/tasks", title="Buy tiles", parent_id=parent["id"])
    astray = await team.ada.api.post(
        "/tasks", json={"title": "Astray", "parent_id": parent["id"], "project_id": dev["id"]}
    )

    assert child["project_id"] == ops["id"]
    assert refusal(astray) == (400, "invalid")
    assert astray.json()["errors"][0]["code"] == "other_project"


async def test_who_may_only_view_a_project_edits_nothing(team: Team) -> None:
    ops = await team.project(access="private")
    await team.ada.put(f"/projects/{ops['id']}/members/{team.cleo.id}", level="view")
    task = await team.task(ops)

    answer = await team.cleo.api.patch(f"/tasks/{task['id']}", json={"title": "Mine"})

    assert refusal(answer) == (403, "level_too_low")
    assert refusal(await team.eve.api.patch(f"/tasks/{task['id']}", json={"title": "x"})) == (404, "not_found")


async def test_many_tasks_change_in_one_action(product: Product) -> None:
    ada = await product.person("Ada")
    made = [await ada.post("/tasks", title=f"Task {number}") for number in range(3)]
    ids = [task["id"] for task in made]

    answer = await ada.patch("/tasks", ids=ids, patch={"priority": "urgent", "status": "in_progress"})

    assert [task["id"] for task in answer["items"]] == ids
    assert {(task["priority"], task["status"]) for task in answer["items"]} == {("urgent", "in_progress")}
    assert len({task["position"] for task in answer["items"]}) == 3
    await assert_log_tells_rows(product, ada.id)


async def test_a_bulk_edit_with_one_task_that_is_not_there_changes_none(team: Team) -> None:
    ops = await team.project()
    mine, hers = await team.task(ops), await team.eve.post("/tasks", title="Eve's")

    for ids in ([mine["id"], hers["id"]], [mine["id"], "01900000-0000-7000-8000-00000000000a"]):
        answer = await team.ada.api.patch("/tasks", json={"ids": ids, "patch": {"title": "All the same"}})
        assert refusal(answer) == (404, "not_found")
    assert (await team.ada.get(f"/tasks/{mine['id']}"))["title"] == "Fix the roof"
