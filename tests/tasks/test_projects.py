"""Projects: settings, the archive, the trash, and who sees them."""

import pytest

from tests.tasks.team import Team, delete, refusal

pytestmark = pytest.mark.anyio


async def test_a_member_changes_a_project_field_by_field(team: Team) -> None:
    project = await team.project()

    changed = await team.cleo.patch(f"/projects/{project['id']}", name="Ops", color="teal", icon="hammer")
    again = await team.ben.patch(f"/projects/{project['id']}", description="What we do")

    assert (changed["name"], changed["color"], changed["icon"]) == ("Ops", "teal", "hammer")
    assert (again["name"], again["description"], again["version"]) == ("Ops", "What we do", 3)
    got = await team.ada.get(f"/projects/{project['id']}")
    assert {**got, "lost_sight_ids": []} == again


async def test_an_id_that_is_taken_is_refused(team: Team) -> None:
    project = await team.project()
    body = {"workspace_id": team.id, "id": project["id"], "key": "NEW", "name": "New"}

    assert refusal(await team.ada.api.post("/projects", json=body)) == (409, "id_taken")
    assert refusal(await team.ada.api.post("/workspaces", json={"id": team.id, "name": "New"})) == (409, "id_taken")


async def test_a_stale_if_match_changes_nothing(team: Team) -> None:
    project = await team.project()
    await team.ada.patch(f"/projects/{project['id']}", name="Ops")

    answer = await team.ben.api.patch(f"/projects/{project['id']}", json={"name": "No"}, headers={"If-Match": '"1"'})

    assert refusal(answer) == (412, "version_mismatch")
    assert (await team.ada.get(f"/projects/{project['id']}"))["name"] == "Ops"


async def test_a_new_key_renames_all_tasks_and_is_one_projects_alone(team: Team) -> None:
    project, other = await team.project(), await team.project(key="TWO", name="Two")
    task = await team.task(project)

    await team.ada.patch(f"/projects/{project['id']}", key="ROOF")

    assert (await team.ada.get(f"/tasks/{task['id']}"))["key"] == "ROOF-1"
    taken = await team.ada.api.patch(f"/projects/{other['id']}", json={"key": "ROOF"})
    assert refusal(taken) == (409, "key_taken")
    assert (await team.ada.patch(f"/projects/{other['id']}", key="OPS"))["key"] == "OPS"


@pytest.mark.parametrize(
    ("field", "value"),
    [("key", "ops"), ("key", "TOOLONGKEYS"), ("name", " "), ("color", "purple"), ("icon", "<b>"), ("access", "secret")],
)
async def test_a_wrong_field_of_a_project_is_named(team: Team, field: str, value: str) -> None:
    project = await team.project()

    answer = await team.ada.api.patch(f"/projects/{project['id']}", json={field: value})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
    assert (await team.ada.get(f"/projects/{project['id']}"))["version"] == 1


async def test_projects_stand_where_they_are_put(team: Team) -> None:
    first, second = await team.project(), await team.project(key="TWO", name="Two")

    await team.ada.put(f"/projects/{second['id']}/position", position="Zz")

    listed = await team.cleo.get("/projects", workspace_id=team.id)
    assert [project["id"] for project in listed["items"]] == [second["id"], first["id"]]
    wrong = await team.ada.api.put(f"/projects/{second['id']}/position", json={"position": "0"})
    assert wrong.json()["errors"][0]["field"] == "position"


async def test_a_project_goes_into_the_archive_and_comes_back(team: Team) -> None:
    project = await team.project()
    path = f"/projects/{project['id']}/archive"

    archived = await team.cleo.put(path)

    assert archived["archived_at"] is not None
    assert await team.cleo.put(path) == archived
    assert (await team.cleo.delete(path))["archived_at"] is None


async def test_a_project_with_tasks_goes_into_the_trash_only_when_that_is_said(team: Team) -> None:
    project = await team.project()
    task = await team.task(project)
    path = f"/projects/{project['id']}"

    assert refusal(await delete(team.cleo, path, with_tasks=True)) == (403, "role_too_low")
    assert refusal(await delete(team.ben, path)) == (409, "has_tasks")
    assert (await delete(team.ben, path, with_tasks=True)).status_code == 204

    for gone in (path, f"/tasks/{task['id']}", f"{path}/statuses", f"{path}/members"):
        assert (await team.ada.api.get(gone)).status_code == 404
    assert (await team.ada.get("/projects", workspace_id=team.id))["items"] == []
    assert (await team.ada.get("/tasks", workspace_id=team.id))["items"] == []
    trashed = await team.ben.get(f"/workspaces/{team.id}/trashed-projects")
    assert [each["id"] for each in trashed["items"]] == [project["id"]]


async def test_a_project_comes_out_of_the_trash_with_its_tasks(team: Team) -> None:
    project = await team.project()
    task = await team.task(project)
    await delete(team.ada, f"/projects/{project['id']}", with_tasks=True)

    restored = await team.ben.put(f"/projects/{project['id']}/restoration")

    assert restored["id"] == project["id"]
    assert (await team.cleo.get(f"/tasks/{task['id']}"))["title"] == "Fix the roof"
    assert (await team.ben.api.put(f"/projects/{project['id']}/restoration")).status_code == 404


async def test_an_admin_who_does_not_see_a_private_project_finds_it_neither_here_nor_in_the_trash(team: Team) -> None:
    private = await team.project(access="private")
    path = f"/projects/{private['id']}"

    for answer in (
        await team.ben.api.get(path),
        await team.ben.api.patch(path, json={"name": "x"}),
        await delete(team.ben, path),
        await team.ben.api.put(f"{path}/archive"),
        await team.ben.api.get(f"{path}/members"),
        await team.ben.api.put(f"{path}/members/{team.ben.id}", json={}),
    ):
        assert refusal(answer) == (404, "not_found")
    await delete(team.ada, path)
    assert (await team.ben.get(f"/workspaces/{team.id}/trashed-projects"))["items"] == []
    assert (await team.ben.api.put(f"{path}/restoration")).status_code == 404


async def test_the_inbox_keeps_its_key_and_stays(team: Team) -> None:
    task = await team.ada.post("/tasks", title="Mine")
    inbox = f"/projects/{task['project_id']}"

    for answer in (
        await team.ada.api.patch(inbox, json={"key": "IN"}),
        await team.ada.api.patch(inbox, json={"access": "private"}),
        await team.ada.api.put(f"{inbox}/archive"),
        await delete(team.ada, inbox, with_tasks=True),
    ):
        assert refusal(answer) == (409, "inbox_stays")
    assert (await team.ada.patch(inbox, name="In-tray"))["name"] == "In-tray"


async def test_who_makes_a_project_private_is_listed_and_told_who_sees_it_no_longer(team: Team) -> None:
    project = await team.project()
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="view")

    private = await team.cleo.patch(f"/projects/{project['id']}", access="private")

    assert private["lost_sight_ids"] == sorted([team.ada.id, team.ben.id])
    assert (await team.ada.api.get(f"/projects/{project['id']}")).status_code == 404
    assert (await team.dan.get(f"/projects/{project['id']}"))["level"] == "view"
    again = await team.cleo.patch(f"/projects/{project['id']}", access="open")
    assert again["lost_sight_ids"] == []
    assert (await team.ada.get(f"/projects/{project['id']}"))["level"] == "edit"


async def test_everybody_who_sees_a_project_is_shown_with_the_reason(team: Team) -> None:
    project = await team.project()
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="comment")

    people = (await team.dan.get(f"/projects/{project['id']}/members"))["items"]

    assert [(each["name"], each["role"], each["level"], each["why"]) for each in people] == [
        ("Ada", "owner", "edit", "role"),
        ("Ben", "admin", "edit", "role"),
        ("Cleo", "member", "edit", "role"),
        ("Dan", "guest", "comment", "listed"),
    ]


async def test_a_private_project_is_seen_by_the_listed_people_at_their_level(team: Team) -> None:
    private = await team.project(access="private")
    path = f"/projects/{private['id']}"
    await team.ada.put(f"{path}/members/{team.cleo.id}", level="view")

    assert (await team.cleo.get(path))["level"] == "view"
    assert refusal(await team.cleo.api.patch(path, json={"name": "x"})) == (403, "level_too_low")
    assert refusal(await team.cleo.api.put(f"{path}/members/{team.ben.id}", json={})) == (403, "level_too_low")
    raised = await team.ada.put(f"{path}/members/{team.cleo.id}", level="edit")
    assert (raised["level"], raised["version"]) == ("edit", 2)
    assert (await team.cleo.patch(path, name="Ours"))["name"] == "Ours"


async def test_a_private_project_keeps_somebody_who_may_edit_it(team: Team) -> None:
    private = await team.project(access="private")
    own = f"/projects/{private['id']}/members/{team.ada.id}"

    assert refusal(await team.ada.api.delete(own)) == (409, "last_editor")
    assert refusal(await team.ada.api.put(own, json={"level": "view"})) == (409, "last_editor")
    await team.ada.put(f"/projects/{private['id']}/members/{team.cleo.id}")
    await team.ada.delete(own)
    assert (await team.ada.api.get(f"/projects/{private['id']}")).status_code == 404


async def test_everybody_may_leave_a_project_and_only_members_share_one(team: Team) -> None:
    project = await team.project()
    members = f"/projects/{project['id']}/members"
    await team.ada.put(f"{members}/{team.dan.id}")

    assert refusal(await team.dan.api.put(f"{members}/{team.dan.id}", json={"level": "edit"})) == (403, "role_too_low")
    assert (await team.ada.api.put(f"{members}/{team.eve.id}", json={})).status_code == 404
    await team.dan.delete(f"{members}/{team.dan.id}")
    assert (await team.dan.api.get(f"/projects/{project['id']}")).status_code == 404
    assert (await team.ada.api.delete(f"{members}/{team.dan.id}")).status_code == 404


async def test_people_hear_in_their_access_stream_of_a_project_in_the_trash(team: Team) -> None:
    project = await team.project()
    await team.product.settled()
    before = await _scopes(team)

    await delete(team.ada, f"/projects/{project['id']}")
    await team.product.settled()

    assert before - await _scopes(team) == {f"project:{project['id']}"}


async def _scopes(team: Team) -> set[str]:
    lines = (await team.cleo.api.get("/sync")).text.splitlines()
    return {word for line in lines for word in line.split('"') if word.startswith("project:")}


async def test_a_kept_answer_is_not_confirmed_when_one_may_do_less_than_it_says(team: Team) -> None:
    project = await team.project(access="private")
    path = f"/projects/{project['id']}"
    await team.ada.put(f"{path}/members/{team.ben.id}", level="edit")
    kept = await team.ben.api.get(path)
    await team.ada.put(f"{path}/members/{team.ben.id}", level="view")

    now = await team.ben.api.get(path, headers={"If-None-Match": kept.headers["etag"]})

    assert (now.status_code, now.json()["level"]) == (200, "view")


async def test_undo_takes_a_project_out_of_the_trash_for_those_who_may_delete(team: Team) -> None:
    path = f"/projects/{(await team.project())['id']}"
    trashed = (await delete(team.ben, path)).headers["headway-action"]

    assert refusal(await team.cleo.api.post("/undo", json={"action_id": trashed})) == (403, "role_too_low")
    await team.ada.post("/undo", action_id=trashed)
    assert (await team.cleo.api.get(path)).status_code == 200


async def test_undo_does_not_tell_an_admin_of_a_private_project_in_the_trash(team: Team) -> None:
    path = f"/projects/{(await team.project(access='private'))['id']}"
    trashed = (await delete(team.ada, path)).headers["headway-action"]

    assert (await team.ben.api.post("/undo", json={"action_id": trashed})).status_code == 404
    assert (await team.ada.api.post("/undo", json={"action_id": trashed})).status_code == 200
