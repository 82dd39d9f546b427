"""People of a workspace: roles, leaving, and what becomes of what they had."""

import pytest

from headway.modules.tasks.actions import projects, workspaces
from tests.support.product import PASSWORD, Person
from tests.tasks.team import Team, delete, join, refusal

pytestmark = pytest.mark.anyio


def _roles(members: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {member["name"]: member["role"] for member in members["items"]}


async def test_members_are_listed_by_name_with_their_roles(team: Team) -> None:
    listed = await team.cleo.get(f"/workspaces/{team.id}/members")

    assert [member["name"] for member in listed["items"]] == ["Ada", "Ben", "Cleo", "Dan"]
    assert _roles(listed) == {"Ada": "owner", "Ben": "admin", "Cleo": "member", "Dan": "guest"}
    assert listed["items"][0]["email"] == team.ada.email


async def test_a_guest_is_not_told_addresses(team: Team) -> None:
    listed = await team.dan.get(f"/workspaces/{team.id}/members")

    assert {member["email"] for member in listed["items"]} == {None}


async def test_a_stranger_finds_no_workspace(team: Team) -> None:
    for path in ("", "/members", "/invitations", f"/members/{team.ada.id}/tasks", "/trashed-projects"):
        assert (await team.eve.api.get(f"/workspaces/{team.id}{path}")).status_code == 404
    assert refusal(await team.eve.api.patch(f"/workspaces/{team.id}", json={"name": "Mine"})) == (404, "not_found")


async def test_an_admin_changes_name_and_address_of_the_workspace_and_a_member_does_not(team: Team) -> None:
    changed = await team.ben.patch(f"/workspaces/{team.id}", name="Roofers & Sons", slug="roofers")

    assert (changed["name"], changed["slug"]) == ("Roofers & Sons", "roofers")
    assert refusal(await team.cleo.api.patch(f"/workspaces/{team.id}", json={"name": "No"})) == (403, "role_too_low")
    assert (await team.ada.get(f"/workspaces/{team.id}"))["name"] == "Roofers & Sons"


async def test_no_workspace_is_at_an_address_of_headway_itself(team: Team) -> None:
    answer = await team.ada.api.patch(f"/workspaces/{team.id}", json={"slug": "settings"})
    assert answer.json()["errors"][0] | {"message": ""} == {"field": "slug", "code": "reserved", "message": ""}

    assert (await team.ada.post("/workspaces", name="Settings"))["slug"] == "settings-team"


@pytest.mark.parametrize("slug", ["", "Roof", "a b", "-a", "a--b", "a" * 65])
async def test_a_workspace_address_is_made_of_words_and_dashes(team: Team, slug: str) -> None:
    answer = await team.ada.api.patch(f"/workspaces/{team.id}", json={"slug": slug})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "slug"


async def test_an_admin_may_not_touch_owners_nor_make_one(team: Team) -> None:
    path = f"/workspaces/{team.id}/members"

    assert refusal(await team.ben.api.patch(f"{path}/{team.ada.id}", json={"role": "member"})) == (403, "role_too_low")
    assert refusal(await team.ben.api.patch(f"{path}/{team.cleo.id}", json={"role": "owner"})) == (403, "role_too_low")
    assert refusal(await team.ben.api.delete(f"{path}/{team.ada.id}")) == (403, "role_too_low")
    assert (await team.ben.patch(f"{path}/{team.cleo.id}", role="admin"))["role"] == "admin"


async def test_a_member_changes_nobodys_role_and_removes_nobody(team: Team) -> None:
    path = f"/workspaces/{team.id}/members"

    assert (await team.cleo.api.patch(f"{path}/{team.dan.id}", json={"role": "member"})).status_code == 403
    assert (await team.cleo.api.patch(f"{path}/{team.cleo.id}", json={"role": "admin"})).status_code == 403
    assert (await team.cleo.api.delete(f"{path}/{team.dan.id}")).status_code == 403


async def test_the_last_owner_cannot_leave_or_become_less(team: Team) -> None:
    path = f"/workspaces/{team.id}/members/{team.ada.id}"

    assert refusal(await team.ada.api.delete(path)) == (409, "last_owner")
    assert refusal(await team.ada.api.patch(path, json={"role": "admin"})) == (409, "last_owner")

    await team.ada.patch(f"/workspaces/{team.id}/members/{team.ben.id}", role="owner")
    assert (await team.ada.patch(path, role="member"))["role"] == "member"
    assert refusal(await team.ben.api.delete(f"/workspaces/{team.id}/members/{team.ben.id}")) == (409, "last_owner")


async def test_who_has_left_sees_nothing_and_the_answer_lists_the_open_tasks(team: Team) -> None:
    project = await team.project()
    task = await team.task(project, assignee_ids=[team.cleo.id])
    await team.task(project, title="Done", status="completed", assignee_ids=[team.cleo.id])

    departure = await team.cleo.delete(f"/workspaces/{team.id}/members/{team.cleo.id}")

    assert [each["id"] for each in departure["open_tasks"]] == [task["id"]]
    assert departure["more"] is False
    assert (await team.cleo.api.get(f"/workspaces/{team.id}")).status_code == 404
    assert (await team.cleo.api.get(f"/tasks/{task['id']}")).status_code == 404
    left = await team.ada.get(f"/workspaces/{team.id}/members/{team.cleo.id}/tasks")
    assert [each["id"] for each in left["items"]] == [task["id"]]


async def test_somebodys_open_tasks_come_in_pages(team: Team) -> None:
    project = await team.project()
    made = [(await team.task(project, title=f"{n}", assignee_ids=[team.cleo.id]))["id"] for n in range(3)]
    path = f"/workspaces/{team.id}/members/{team.cleo.id}/tasks"

    first = await team.ada.get(path, limit=2)
    second = await team.ada.get(path, limit=2, cursor=first["next_cursor"])

    assert [each["id"] for each in first["items"] + second["items"]] == made
    assert second["next_cursor"] is None


async def test_a_private_project_that_nobody_else_could_edit_goes_to_who_removes(team: Team) -> None:
    private = await team.project(by=team.cleo, access="private")
    shared = await team.project(by=team.cleo, access="private", key="TWO", name="Two")
    await team.cleo.put(f"/projects/{shared['id']}/members/{team.ada.id}", level="edit")
    assert (await team.ben.api.get(f"/projects/{private['id']}")).status_code == 404

    departure = await team.ben.delete(f"/workspaces/{team.id}/members/{team.cleo.id}")

    assert departure["inherited_project_ids"] == [private["id"]]
    assert (await team.ben.get(f"/projects/{private['id']}"))["level"] == "edit"
    assert (await team.ben.api.get(f"/projects/{shared['id']}")).status_code == 404


async def test_who_leaves_bequeaths_private_projects_to_an_owner(team: Team) -> None:
    private = await team.project(by=team.cleo, access="private")

    await team.cleo.delete(f"/workspaces/{team.id}/members/{team.cleo.id}")

    assert (await team.ada.get(f"/projects/{private['id']}"))["level"] == "edit"


async def test_who_comes_back_is_told_above_every_version_of_before(team: Team) -> None:
    path = f"/workspaces/{team.id}/members/{team.cleo.id}"
    await team.ada.patch(path, role="admin")
    await team.ada.delete(path)

    await join(team, team.cleo, "member")

    members = (await team.ada.get(f"/workspaces/{team.id}/members"))["items"]
    assert next(member["version"] for member in members if member["name"] == "Cleo") > 3


async def test_nobody_leaves_their_personal_workspace_or_deletes_it(team: Team) -> None:
    await team.ada.post("/tasks", title="Mine")

    assert refusal(await team.ada.api.delete(f"/workspaces/{team.ada.id}/members/{team.ada.id}")) == (
        409,
        "personal_workspace",
    )
    assert refusal(await delete(team.ada, f"/workspaces/{team.ada.id}", name="Personal")) == (
        409,
        "personal_workspace",
    )


async def test_only_an_owner_deletes_a_workspace_and_only_with_its_name(team: Team) -> None:
    path = f"/workspaces/{team.id}"

    assert refusal(await delete(team.ben, path, name="Roofers")) == (403, "role_too_low")
    assert (await delete(team.ada, path, name="Rooferz")).json()["errors"][0]["field"] == "name"
    assert (await delete(team.ada, path)).json()["errors"][0]["field"] == "name"
    assert (await delete(team.ada, path, name="Roofers")).status_code == 204

    for person in (team.ada, team.ben, team.cleo):
        assert (await person.api.get(path)).status_code == 404
        assert team.id not in await _workspace_ids(person)


async def _workspace_ids(person: Person) -> set[str]:
    return {each["id"] for each in (await person.get("/workspaces"))["items"]}


async def test_whose_account_has_the_id_of_a_workspace_can_be_removed_from_it(team: Team) -> None:
    client = team.product.client()
    body = {"email": "fay@example.com", "password": PASSWORD, "name": "Fay", "id": team.id}
    assert (await client.post("/auth/register", json=body)).status_code == 201
    fay = Person(team.id, "Fay", "fay@example.com", client)
    await join(team, fay, "guest")

    await team.ada.delete(f"/workspaces/{team.id}/members/{fay.id}")

    assert (await client.get(f"/workspaces/{team.id}")).status_code == 404


async def test_the_workspaces_of_one_person_are_so_many_at_most(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspaces, "AT_MOST", 2)

    assert refusal(await team.cleo.api.post("/workspaces", json={"name": "One more"})) == (409, "too_many_workspaces")


async def test_the_projects_of_a_workspace_are_so_many_at_most(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projects, "AT_MOST", 1)
    await team.project()

    answer = await team.ada.api.post("/projects", json={"workspace_id": team.id, "key": "WEB", "name": "Website"})

    assert refusal(answer) == (409, "too_many_projects")


async def test_an_id_taken_again_elsewhere_still_means_what_had_it_first(team: Team) -> None:
    project = await team.project()
    task = await team.task(project, title="The first")
    early = "00000000-0000-7000-8000-000000000001"
    await team.eve.post("/workspaces", name="Elsewhere", id=early)
    other = await team.eve.post("/projects", workspace_id=early, key="OPS", name="Elsewhere")
    await team.eve.post("/tasks", project_id=other["id"], id=task["id"], title="The second")
    invitation = await team.eve.post(f"/workspaces/{early}/invitations", email=team.ada.email, role="member")
    await team.ada.post("/invitations/acceptance", token=invitation["token"])

    assert (await team.ada.get(f"/tasks/{task['id']}"))["title"] == "The first"
    assert (await team.eve.get(f"/tasks/{task['id']}"))["title"] == "The second"
