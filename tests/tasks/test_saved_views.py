"""Saved views."""

from typing import Any

import pytest

from tests.support.product import Person
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


async def _names(person: Person, **query: str) -> list[str]:
    return [view["name"] for view in (await person.get("/views", **query))["items"]]


async def test_a_view_keeps_filters_grouping_and_sorting(team: Team) -> None:
    filters: dict[str, Any] = {  # Any: JSON
        "categories": ["todo"],
        "assignees": ["me", "nobody", team.ben.id],
        "due": "overdue",
        "q": "roof",
        "has": ["estimate"],
        "closed": False,
    }
    made = await team.cleo.post(
        "/views",
        workspace_id=team.id,
        name="My week",
        layout="board",
        filters=filters,
        grouping="assignee",
        sorting=[{"by": "due"}, {"by": "priority", "descending": True}],
        properties=["due", "assignees"],
    )

    assert made["filters"] == filters
    assert made["properties"] == ["due", "assignees"]
    assert made["sorting"] == [{"by": "due", "descending": False}, {"by": "priority", "descending": True}]
    changed = await team.cleo.patch(f"/views/{made['id']}", filters={"due": "today"}, sorting=[], name="Today")
    assert (changed["filters"], changed["sorting"], changed["grouping"]) == ({"due": "today"}, [], "assignee")
    assert await team.cleo.get(f"/views/{made['id']}") == changed


async def test_views_are_seen_by_those_they_are_shared_with(team: Team) -> None:
    project = await team.project(access="private")
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="view")
    await team.ada.post("/views", workspace_id=team.id, name="Mine")
    await team.ada.post("/views", workspace_id=team.id, name="All", shared_with="workspace")
    await team.ada.post("/views", project_id=project["id"], name="Project", shared_with="project")

    assert await _names(team.ada, workspace_id=team.id) == ["Mine", "All", "Project"]
    assert await _names(team.cleo, workspace_id=team.id) == ["All"]
    assert await _names(team.dan) == ["Project"]
    assert await _names(team.dan, project_id=project["id"]) == ["Project"]
    assert (await team.cleo.api.get("/views", params={"project_id": project["id"]})).json()["items"] == []
    assert (await team.eve.api.get("/views", params={"workspace_id": team.id})).status_code == 404


async def test_shared_views_are_edited_by_members_and_kept_by_their_owner(team: Team) -> None:
    view = await team.cleo.post("/views", workspace_id=team.id, name="All", shared_with="workspace")
    path = f"/views/{view['id']}"

    assert (await team.ben.patch(path, name="Everything"))["name"] == "Everything"
    assert refusal(await team.ben.api.patch(path, json={"shared_with": "me"})) == (403, "not_yours")
    assert (await team.dan.api.get(path)).status_code == 404
    mine = await team.cleo.patch(path, shared_with="me")
    assert mine["shared_with"] == "me"
    assert (await team.ben.api.delete(path)).status_code == 404
    await team.cleo.delete(path)
    assert (await team.cleo.api.get(path)).status_code == 404


async def test_an_admin_deletes_a_shared_view_and_a_member_does_not(team: Team) -> None:
    view = await team.ada.post("/views", workspace_id=team.id, name="All", shared_with="workspace")

    assert refusal(await team.cleo.api.delete(f"/views/{view['id']}")) == (403, "role_too_low")
    await team.ben.delete(f"/views/{view['id']}")


async def test_sharing_asks_for_what_it_needs(team: Team) -> None:
    project = await team.project()
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="view")
    body = {"workspace_id": team.id, "name": "x"}

    shared = await team.dan.api.post("/views", json={**body, "shared_with": "workspace"})
    viewed = await team.dan.api.post("/views", json={**body, "shared_with": "project", "project_id": project["id"]})
    nowhere = await team.ada.api.post("/views", json={**body, "shared_with": "project"})

    assert refusal(shared) == (403, "role_too_low")
    assert refusal(viewed) == (403, "level_too_low")
    assert nowhere.json()["errors"][0]["field"] == "project_id"
    assert (await team.dan.post("/views", **body, project_id=project["id"]))["shared_with"] == "me"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"filters": {"colour": "red"}}, "filters.colour"),
        ({"filters": {"assignees": ["somebody"]}}, "filters.assignees.0"),
        ({"filters": {"categories": ["later"]}}, "filters.categories.0"),
        ({"sorting": [{"by": "mood"}]}, "sorting.0.by"),
        ({"grouping": "mood"}, "grouping"),
        ({"position": "0"}, "position"),
    ],
)
async def test_a_wrong_part_of_a_view_is_named(team: Team, fields: dict[str, object], named: str) -> None:
    answer = await team.ada.api.post("/views", json={"workspace_id": team.id, "name": "x", **fields})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"].replace("...", "0") == named
