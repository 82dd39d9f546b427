"""Whose account is erased leaves every workspace."""

import pytest

from headway.changes.work import Work
from headway.modules.tasks.actions.erasure import leave_for_good
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.db.port import Transaction
from tests.support.product import PASSWORD, Person
from tests.tasks.team import Team, delete

pytestmark = pytest.mark.anyio


async def _erase(team: Team, person: Person) -> None:
    assert (await delete(person, "/users/me", password=PASSWORD)).is_success
    await team.product.settled()


async def _leave_unguarded(team: Team, person: Person) -> None:
    """As when another owner goes at the same moment, after both were let go."""
    monolith = team.product.monolith

    async def act(tx: Transaction) -> None:
        work = Work(tx, stream_of(team.id), None, monolith.clock.now(), origin="system")
        await leave_for_good(work, person.id)
        await work.finish()

    await monolith.database.write(act)


async def _roles(team: Team, by: Person) -> dict[str, str]:
    members = (await by.get(f"/workspaces/{team.id}/members"))["items"]
    return {member["user_id"]: member["role"] for member in members}


async def test_the_last_owner_is_followed_by_an_admin_who_inherits_private_projects(team: Team) -> None:
    private = await team.project(access="private")

    await _leave_unguarded(team, team.ada)

    assert await _roles(team, team.ben) == {team.ben.id: "owner", team.cleo.id: "member", team.dan.id: "guest"}
    assert (await team.ben.get(f"/projects/{private['id']}"))["level"] == "edit"


async def test_a_member_leaves_and_takes_own_things_along(team: Team) -> None:
    task = await team.task(await team.project(), assignee_ids=[team.cleo.id])
    await team.cleo.post(f"/tasks/{task['id']}/reminders", at="2199-01-01T00:00:00Z")

    await _erase(team, team.cleo)

    assert team.cleo.id not in await _roles(team, team.ada)
    assert (await team.ada.get(f"/workspaces/{team.id}/members/{team.cleo.id}/tasks"))["items"] == []
    assert (await team.ada.get(f"/tasks/{task['id']}"))["assignee_ids"] == []


async def test_a_workspace_that_only_guests_would_be_left_in_is_deleted(team: Team) -> None:
    for person in (team.ben, team.cleo):
        await team.ada.delete(f"/workspaces/{team.id}/members/{person.id}")

    await _leave_unguarded(team, team.ada)

    assert (await team.dan.api.get(f"/workspaces/{team.id}")).status_code == 404
