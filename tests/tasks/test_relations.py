"""Relations between tasks."""

from typing import Any

import pytest

from tests.support.product import Person
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


async def _relations(person: Person, task: dict[str, str]) -> list[tuple[str, str]]:
    found = (await person.get(f"/tasks/{task['id']}/relations"))["items"]
    return [(each["kind"], each["task_key"]) for each in found]


async def _relate(person: Person, task: dict[str, str], kind: str, other: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = await person.post(f"/tasks/{task['id']}/relations", kind=kind, task_id=other["id"])
    return made


async def _refused(person: Person, task: dict[str, str], kind: str, other: dict[str, str]) -> tuple[int, str]:
    body = {"kind": kind, "task_id": other["id"]}
    return refusal(await person.api.post(f"/tasks/{task['id']}/relations", json=body))


async def test_each_side_has_its_own_word_for_a_relation(team: Team) -> None:
    project = await team.project()
    one, two, three = [await team.task(project, title=name) for name in ("One", "Two", "Three")]

    await _relate(team.cleo, one, "blocks", two)
    await _relate(team.cleo, one, "duplicated_by", three)
    await _relate(team.cleo, three, "relates", two)

    assert await _relations(team.ada, one) == [("blocks", "OPS-2"), ("duplicated_by", "OPS-3")]
    assert await _relations(team.ada, two) == [("blocked_by", "OPS-1"), ("relates", "OPS-3")]
    assert await _relations(team.ada, three) == [("duplicates", "OPS-1"), ("relates", "OPS-2")]


async def test_a_relation_is_told_whether_the_other_task_is_closed(team: Team) -> None:
    project = await team.project()
    one, two = await team.task(project), await team.task(project, title="Two")

    made = await _relate(team.ada, one, "blocked_by", two)

    assert (made["task_title"], made["task_is_closed"]) == ("Two", False)
    await team.ada.patch(f"/tasks/{two['id']}", status="completed")
    assert (await team.ada.get(f"/tasks/{one['id']}/relations"))["items"][0]["task_is_closed"] is True


async def test_no_relation_twice_nor_to_itself(team: Team) -> None:
    project = await team.project()
    one, two = await team.task(project), await team.task(project)
    await _relate(team.ada, one, "relates", two)
    await _relate(team.ada, one, "blocks", two)

    assert await _refused(team.ada, one, "relates", one) == (400, "invalid")
    assert await _refused(team.ada, two, "relates", one) == (409, "already_related")
    assert await _refused(team.ada, two, "blocked_by", one) == (409, "already_related")
    assert await _refused(team.ada, two, "blocks", one) == (409, "blocks_itself")


async def test_no_task_waits_for_itself_by_detours(team: Team) -> None:
    project = await team.project()
    one, two, three, four = [await team.task(project) for _ in range(4)]
    await _relate(team.ada, one, "blocks", two)
    await _relate(team.ada, two, "blocks", three)
    await _relate(team.ada, two, "blocks", four)

    assert await _refused(team.ada, three, "blocks", one) == (409, "blocks_itself")
    assert await _refused(team.ada, one, "blocked_by", four) == (409, "blocks_itself")
    await _relate(team.ada, one, "blocks", four)


async def test_what_the_reader_does_not_see_is_not_related(team: Team) -> None:
    open_task = await team.task(await team.project())
    secret = await team.task(await team.project(key="SEC", name="Secret", access="private"))
    relation = await _relate(team.ada, open_task, "blocked_by", secret)

    assert await _relations(team.cleo, open_task) == []
    assert await _relations(team.ada, open_task) == [("blocked_by", "SEC-1")]
    assert await _refused(team.cleo, open_task, "blocks", secret) == (404, "not_found")
    assert (await team.cleo.api.delete(f"/relations/{relation['id']}")).status_code == 404
    await team.ada.delete(f"/relations/{relation['id']}")
    for path in (f"/workspaces/{team.id}/activity", "/sync"):
        told = (await team.cleo.api.get(path)).text
        assert relation["id"] not in told
        assert secret["id"] not in told
    seen = (await team.ada.get(f"/workspaces/{team.id}/activity"))["items"]
    assert [each["op"] for each in seen if each["kind"] == "relation"] == ["delete", "create"]


async def test_a_relation_follows_its_tasks_from_project_to_project(team: Team) -> None:
    here, there = await team.project(), await team.project(key="TWO", name="Two", access="private")
    one, two = await team.task(here), await team.task(here)
    relation = await _relate(team.ada, one, "blocks", two)

    await team.ada.patch(f"/tasks/{two['id']}", project_id=there["id"])
    assert relation["id"] not in (await team.cleo.api.get("/sync")).text
    assert await _relations(team.cleo, one) == []
    assert await _relations(team.ada, one) == [("blocks", "TWO-1")]
    await team.ada.patch(f"/tasks/{two['id']}", project_id=here["id"])
    assert relation["id"] in (await team.cleo.api.get("/sync")).text
    assert [kind for kind, _key in await _relations(team.cleo, one)] == ["blocks"]


async def test_a_relation_ends_by_who_may_edit_one_of_its_tasks(team: Team) -> None:
    project = await team.project()
    one, two = await team.task(project), await team.task(project)
    relation = await _relate(team.ada, one, "blocks", two)
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="comment")

    assert refusal(await team.dan.api.delete(f"/relations/{relation['id']}")) == (403, "level_too_low")
    await team.cleo.delete(f"/relations/{relation['id']}")
    assert await _relations(team.ada, two) == []


async def test_tasks_of_different_workspaces_do_not_relate(team: Team) -> None:
    here = await team.task(await team.project())
    own = await team.ada.post("/tasks", title="Mine")

    assert await _refused(team.ada, here, "blocks", own) == (404, "not_found")


async def test_a_task_in_the_trash_is_not_shown_as_related(team: Team) -> None:
    project = await team.project()
    one, two = await team.task(project), await team.task(project)
    await _relate(team.ada, one, "blocks", two)

    await team.ada.delete(f"/tasks/{two['id']}")

    assert await _relations(team.ada, one) == []
