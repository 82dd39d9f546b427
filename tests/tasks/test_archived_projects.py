"""An archived project is there to be looked at; nothing in it changes until it is taken out of the archive."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio

Attempt = Callable[[Team, Any, Any], Awaitable[httpx.Response]]

ATTEMPTS: dict[str, Attempt] = {
    "edit a task": lambda team, _, task: team.ada.api.patch(f"/tasks/{task['id']}", json={"title": "Wall"}),
    "close a task": lambda team, _, task: team.ada.api.put(f"/tasks/{task['id']}/closure"),
    "delete a task": lambda team, _, task: team.ada.api.delete(f"/tasks/{task['id']}"),
    "add a task": lambda team, project, _: team.ada.api.post(
        "/tasks", json={"project_id": project["id"], "title": "x"}
    ),
    "comment": lambda team, _, task: team.ada.api.post(f"/tasks/{task['id']}/comments", json={"body": "Hello"}),
    "add a step": lambda team, _, task: team.ada.api.post(f"/tasks/{task['id']}/checklist", json={"text": "Look"}),
    "attach a file": lambda team, _, task: team.ada.api.post(
        f"/tasks/{task['id']}/attachments", params={"name": "a.txt"}, content=b"a"
    ),
    "rename the project": lambda team, project, _: team.ada.api.patch(
        f"/projects/{project['id']}", json={"name": "Roofing"}
    ),
    "add a status": lambda team, project, _: team.ada.api.post(
        f"/projects/{project['id']}/statuses", json={"name": "Paused", "category": "todo"}
    ),
    "share the project": lambda team, project, _: team.ada.api.put(
        f"/projects/{project['id']}/members/{team.dan.id}", json={"level": "edit"}
    ),
    "edit in bulk": lambda team, _, task: team.ada.api.patch(
        "/tasks", json={"ids": [task["id"]], "patch": {"priority": "high"}}
    ),
}


@pytest.mark.parametrize("what", ATTEMPTS)
async def test_nothing_changes_in_an_archived_project(team: Team, what: str) -> None:
    project = await team.project()
    task = await team.task(project)
    await team.ada.put(f"/projects/{project['id']}/archive")
    before = [await team.ada.get(path) for path in (f"/tasks/{task['id']}", f"/projects/{project['id']}")]

    assert refusal(await ATTEMPTS[what](team, project, task)) == (409, "project_archived")

    assert [await team.ada.get(path) for path in (f"/tasks/{task['id']}", f"/projects/{project['id']}")] == before
    await team.ada.delete(f"/projects/{project['id']}/archive")
    assert (await ATTEMPTS[what](team, project, task)).is_success


async def test_an_archived_project_is_seen_and_archiving_it_again_changes_nothing(team: Team) -> None:
    project = await team.project()
    task = await team.task(project)
    first = await team.ada.put(f"/projects/{project['id']}/archive")

    assert (await team.ada.put(f"/projects/{project['id']}/archive"))["archived_at"] == first["archived_at"]
    assert (await team.cleo.get(f"/tasks/{task['id']}"))["title"] == task["title"]
    assert (await team.dan.api.put(f"/projects/{project['id']}/archive")).status_code == 404


async def test_undo_takes_a_project_out_of_the_archive_and_changes_nothing_in_it(team: Team) -> None:
    project = await team.project()
    task = await team.task(project)
    edited = await team.ada.api.patch(f"/tasks/{task['id']}", json={"title": "Wall"})
    archived = await team.ada.api.put(f"/projects/{project['id']}/archive")

    refused = await team.ada.api.post("/undo", json={"action_id": edited.headers["headway-action"]})
    assert refusal(refused) == (409, "project_archived")
    await team.ada.post("/undo", action_id=archived.headers["headway-action"])
    await team.ada.post("/undo", action_id=edited.headers["headway-action"])
    assert (await team.ada.get(f"/tasks/{task['id']}"))["title"] == task["title"]


async def test_an_archived_project_can_be_put_into_the_trash_and_comes_back_archived(team: Team) -> None:
    project = await team.project()
    await team.task(project)
    path = f"/projects/{project['id']}"
    archived = await team.ada.put(f"{path}/archive")

    refused = await team.cleo.api.request("DELETE", path, json={"with_tasks": True})
    assert refused.status_code == 403
    trashed = await team.ada.api.request("DELETE", path, json={"with_tasks": True})
    assert (await team.ada.api.get(path)).status_code == 404
    restored = await team.ada.put(f"{path}/restoration")
    assert restored["archived_at"] == archived["archived_at"]

    again = await team.ada.api.request("DELETE", path, json={"with_tasks": True})
    assert [trashed.status_code, again.status_code] == [204, 204]
    await team.ada.post("/undo", action_id=again.headers["headway-action"])
    assert (await team.ada.get(path))["archived_at"] == archived["archived_at"]
