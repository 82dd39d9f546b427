"""Activity: what happened, as far as the reader sees it."""

import pytest

from tests.support.product import Person
from tests.tasks.team import Team

pytestmark = pytest.mark.anyio


async def _pages(person: Person, path: str, limit: int) -> list[list[int]]:
    pages: list[list[int]] = []
    cursor = None
    while True:
        page = await person.get(path, limit=limit, **({"cursor": cursor} if cursor else {}))
        pages.append([each["version"] for each in page["items"]])
        cursor = page["next_cursor"]
        if cursor is None:
            return pages


async def test_a_tasks_activity_tells_who_changed_what_from_what(team: Team) -> None:
    task = await team.task(await team.project(), description="x" * 1000)
    await team.cleo.patch(f"/tasks/{task['id']}", title="Fix the whole roof")
    await team.ben.post(f"/tasks/{task['id']}/comments", body="Why?")

    happened = (await team.ada.get(f"/tasks/{task['id']}/activity"))["items"]

    watching, comment, renamed, created = happened
    assert (comment["kind"], comment["op"], comment["actor"]) == ("comment", "create", team.ben.id)
    assert (comment["subject_id"], comment["fields"]["body"]) == (task["id"], "Why?")
    assert watching["action_id"] == comment["action_id"]
    assert (renamed["actor"], renamed["fields"]["title"]) == (team.cleo.id, "Fix the whole roof")
    assert renamed["before"]["title"] == "Fix the roof"
    assert created["op"] == "create"
    assert len(created["fields"]["description"]) < 300


async def test_one_change_is_told_whole_to_who_sees_the_task(team: Team) -> None:
    secret = await team.project(key="SEC", name="Secret", access="private")
    task = await team.task(secret, description="x" * 1000)
    await team.ada.patch(f"/tasks/{task['id']}", description="y" * 1000)
    path = f"/tasks/{task['id']}/activity"
    edited, created = (await team.ada.get(path))["items"]

    whole = await team.ada.get(f"{path}/{edited['version']}")

    assert (whole["before"]["description"], whole["fields"]["description"]) == ("x" * 1000, "y" * 1000)
    assert (await team.ada.api.get(f"{path}/{created['version'] - 1}")).status_code == 404
    assert (await team.ada.api.get(f"{path}/newest")).status_code == 404
    assert (await team.ben.api.get(f"{path}/{edited['version']}")).status_code == 404


async def test_activity_comes_in_pages_without_gaps(team: Team) -> None:
    project = await team.project()
    for number in range(5):
        await team.task(project, title=str(number))

    whole = [version for page in await _pages(team.ada, f"/workspaces/{team.id}/activity", 200) for version in page]
    pages = await _pages(team.ada, f"/workspaces/{team.id}/activity", 4)

    assert whole == sorted(whole, reverse=True)
    assert [version for page in pages for version in page] == whole
    assert all(len(page) == 4 for page in pages[:-1])


async def test_nobody_is_shown_what_happened_where_they_do_not_look(team: Team) -> None:
    secret = await team.project(key="SEC", name="Secret", access="private")
    task = await team.task(secret, title="Hush")
    await team.ada.post("/views", workspace_id=team.id, name="Private view")
    await team.ada.post(f"/tasks/{task['id']}/reminders", at="2199-01-01T00:00:00Z")

    shown = str(await team.ben.get(f"/workspaces/{team.id}/activity"))
    guest = await team.dan.get(f"/workspaces/{team.id}/activity")

    assert "Hush" not in shown
    assert secret["id"] not in shown
    assert "Private view" not in shown
    assert {each["kind"] for each in guest["items"]} <= {"workspace", "member", "label"}
    for path in (f"/projects/{secret['id']}/activity", f"/tasks/{task['id']}/activity"):
        assert (await team.ben.api.get(path)).status_code == 404
    assert (await team.eve.api.get(f"/workspaces/{team.id}/activity")).status_code == 404


async def test_a_projects_activity_is_about_that_project(team: Team) -> None:
    one, two = await team.project(), await team.project(key="TWO", name="Two")
    await team.task(one, title="Here")
    await team.task(two, title="There")

    happened = (await team.cleo.get(f"/projects/{one['id']}/activity"))["items"]

    assert [each["fields"]["title"] for each in happened if each["kind"] == "task"] == ["Here"]
    assert happened[-1]["kind"] == "project"


async def test_a_task_that_came_from_a_private_project_does_not_tell_what_happened_there(team: Team) -> None:
    secret = await team.project(key="SEC", name="Secret", access="private")
    task = await team.task(secret, title="Hush")
    await team.ada.patch(f"/tasks/{task['id']}", title="Known to all")
    public = await team.project()

    await team.ada.patch(f"/tasks/{task['id']}", project_id=public["id"])

    happened = (await team.cleo.get(f"/tasks/{task['id']}/activity"))["items"]
    assert [each["op"] for each in happened] == ["enter"]
    assert "Hush" not in str(happened)
    assert secret["id"] not in str(happened)
