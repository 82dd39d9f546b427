"""Invitations: by link and mail, once, for a week, and only as long as they are not taken back."""

import asyncio
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from headway.modules.tasks.queries.invitations import InvitationAdmission
from headway.modules.tasks.store.invitations import invitations
from headway.platform.db.statement import command
from tests.support.clock import StillClock
from tests.support.product import SECRET, Person, running_product
from tests.tasks.team import Team, join, refusal

pytestmark = pytest.mark.anyio


async def _invite(team: Team, by: Person, **fields: object) -> dict[str, str]:
    answer: dict[str, str] = await by.post(f"/workspaces/{team.id}/invitations", **fields)
    return answer


async def test_whoever_holds_the_link_joins_with_the_role_of_the_invitation(team: Team) -> None:
    invitation = await _invite(team, team.ben, email="new@example.com", role="member")

    workspace = await team.eve.post("/invitations/acceptance", token=invitation["token"])

    assert (workspace["id"], workspace["role"]) == (team.id, "member")
    assert invitation["url"].endswith(f"/invitations#{invitation['token']}")
    assert (await team.eve.get(f"/workspaces/{team.id}"))["name"] == "Roofers"


async def test_accepting_twice_changes_nothing_and_nobody_else_may_use_the_link(team: Team) -> None:
    invitation = await _invite(team, team.ada, email=team.eve.email)
    accept = "/invitations/acceptance"
    token = {"token": invitation["token"]}
    first = await team.eve.post(accept, **token)

    assert await team.eve.post(accept, **token) == first
    assert await team.cleo.post(accept, **token) == await team.cleo.get(f"/workspaces/{team.id}")
    zoe = await team.product.person("Zoe")
    assert refusal(await zoe.api.post(accept, json=token)) == (409, "invitation_used")


async def test_a_link_tells_who_invites_where_to_before_signing_in(team: Team) -> None:
    invitation = await _invite(team, team.ada, email=team.eve.email, role="guest")

    preview = (await team.product.client().post("/invitations/preview", json={"token": invitation["token"]})).json()

    assert preview == {
        "workspace_name": "Roofers",
        "inviter_name": "Ada",
        "email": team.eve.email,
        "role": "guest",
        "expires_at": invitation["expires_at"],
    }


async def test_a_false_link_is_not_found(team: Team) -> None:
    token = (await _invite(team, team.ada, email=team.eve.email))["token"]
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")

    for false in (flipped, "x", "ü", token + "A", token[:-4], "A" * 64):
        assert (await team.eve.api.post("/invitations/preview", json={"token": false})).status_code == 404
        assert (await team.eve.api.post("/invitations/acceptance", json={"token": false})).status_code == 404


async def test_an_invitation_that_is_taken_back_is_worth_nothing(team: Team) -> None:
    invitation = await _invite(team, team.ada, email=team.eve.email)
    path = f"/workspaces/{team.id}/invitations"

    await team.ben.delete(f"{path}/{invitation['id']}")

    for what in ("preview", "acceptance"):
        refused = await team.eve.api.post(f"/invitations/{what}", json={"token": invitation["token"]})
        assert refusal(refused) == (409, "invitation_revoked")
    assert (await team.ada.get(path))["items"] == []
    assert (await team.ada.api.delete(f"{path}/{invitation['id']}")).status_code == 404


async def test_sending_again_ends_the_former_link(team: Team) -> None:
    former = await _invite(team, team.ada, email=team.eve.email)

    renewed = await team.ada.post(f"/workspaces/{team.id}/invitations/{former['id']}/renewal")

    assert renewed["token"] != former["token"]
    assert (await team.eve.api.post("/invitations/preview", json={"token": former["token"]})).status_code == 404
    assert (await team.eve.post("/invitations/preview", token=renewed["token"]))["workspace_name"] == "Roofers"


async def test_a_guest_is_given_the_projects_of_the_invitation(team: Team) -> None:
    project = await team.project()
    other = await team.project(key="TWO", name="Two")

    await join(team, team.eve, "guest", project_ids=[project["id"]], level="comment")

    assert (await team.eve.get(f"/projects/{project['id']}"))["level"] == "comment"
    assert (await team.eve.api.get(f"/projects/{other['id']}")).status_code == 404


async def test_nobody_shares_a_project_by_invitation_that_they_do_not_see(team: Team) -> None:
    private = await team.project(access="private")
    body = {"email": team.eve.email, "role": "guest", "project_ids": [private["id"]]}

    assert (await team.ben.api.post(f"/workspaces/{team.id}/invitations", json=body)).status_code == 404


async def test_members_and_guests_neither_invite_nor_see_invitations(team: Team) -> None:
    path = f"/workspaces/{team.id}/invitations"
    for person in (team.cleo, team.dan):
        assert (await person.api.post(path, json={"email": "a@example.com"})).status_code == 403
        assert (await person.api.get(path)).status_code == 403


async def test_only_owners_invite_owners(team: Team) -> None:
    body = {"email": team.eve.email, "role": "owner"}

    assert (await team.ben.api.post(f"/workspaces/{team.id}/invitations", json=body)).status_code == 403
    assert (await _invite(team, team.ada, **body))["role"] == "owner"


async def test_one_person_has_one_open_invitation_and_members_none(team: Team) -> None:
    path = f"/workspaces/{team.id}/invitations"
    await _invite(team, team.ada, email=team.eve.email)

    again = await team.ada.api.post(path, json={"email": team.eve.email.upper()})
    member = await team.ada.api.post(path, json={"email": team.cleo.email})

    assert refusal(again) == (409, "already_invited")
    assert refusal(member) == (409, "already_member")


@pytest.mark.parametrize("email", ["", "eve", "eve@", "eve@@example.com", "eve@example.com\nBcc: all@example.com"])
async def test_an_address_that_is_none_is_refused_by_name(team: Team, email: str) -> None:
    answer = await team.ada.api.post(f"/workspaces/{team.id}/invitations", json={"email": email})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "email"


async def test_a_personal_workspace_takes_nobody_in(team: Team) -> None:
    await team.ada.post("/tasks", title="Mine")
    answer = await team.ada.api.post(f"/workspaces/{team.ada.id}/invitations", json={"email": "a@example.com"})

    assert refusal(answer) == (409, "personal_workspace")


async def test_a_repeated_request_invites_once_and_does_not_tell_the_secret_again(team: Team) -> None:
    path, key = f"/workspaces/{team.id}/invitations", {"Idempotency-Key": "invite-eve"}
    body = {"email": team.eve.email}
    assert (await team.ada.api.post(path, json=body, headers=key)).status_code == 201

    again = await team.ada.api.post(path, json=body, headers=key)

    assert refusal(again) == (409, "already_done")
    assert len((await team.ada.get(path))["items"]) == 1


async def test_the_secret_of_a_link_is_neither_in_the_database_nor_in_the_log(team: Team) -> None:
    token = (await _invite(team, team.ada, email=team.eve.email))["token"]
    reader = team.product.monolith.database.reader

    rows = await reader.rows(command(select(invitations)))
    log = await read_after(reader, Stream("workspace", team.id), 0)

    kept = msgspec.json.encode([rows, log]).decode()
    assert "eve@example.com" in kept
    assert token[43:] not in kept


async def test_the_link_comes_by_mail(team: Team) -> None:
    first = await _invite(team, team.ada, email=team.eve.email)
    outbox = team.product.settings.mail_outbox

    async with asyncio.timeout(20):
        while not _mails_to(outbox, team.eve.email):  # noqa: ASYNC110 - nobody is told when a mail has gone
            await asyncio.sleep(0)

    [mail] = _mails_to(outbox, team.eve.email)
    assert "Roofers" in mail
    assert first["url"] in mail


def _mails_to(outbox: Path, email: str) -> list[str]:
    """The text of the mails to an address."""
    found = []
    for path in outbox.glob("*.eml"):
        message = message_from_bytes(path.read_bytes(), policy=default)
        body = message.get_body(("plain",))
        if email in message["to"] and body is not None:
            found.append(body.get_content())
    return found


async def test_an_invitation_ends_after_a_week(tmp_path: Path) -> None:
    clock = StillClock()
    async with running_product(tmp_path / "data", clock) as product:
        ada, ben = await product.person("Ada"), await product.person("Ben")
        workspace = await ada.post("/workspaces", name="Roofers")
        path = f"/workspaces/{workspace['id']}/invitations"
        invitation = await ada.post(path, email=ben.email)

        clock.at += timedelta(days=7)
        for person in (ada, ben):
            await person.come_back()

        assert refusal(await ben.api.post("/invitations/acceptance", json={"token": invitation["token"]})) == (
            409,
            "invitation_expired",
        )
        assert (await ada.get(path))["items"][0]["state"] == "expired"
        renewed = await ada.post(f"{path}/{invitation['id']}/renewal")
        assert (await ben.post("/invitations/acceptance", token=renewed["token"]))["role"] == "member"


async def test_an_invitation_lets_its_address_register_where_registration_is_closed_to_others(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data") as product:
        ada = await product.person("Ada")
        workspace = await ada.post("/workspaces", name="Roofers")
        invitation = await ada.post(f"/workspaces/{workspace['id']}/invitations", email="new@example.com")
        admission = product.monolith.database.reader, invitation["token"]
        admits = InvitationAdmission(product.monolith.clock, SECRET).admits

        assert await admits(*admission, "New@Example.com")
        assert not await admits(*admission, "other@example.com")
        assert not await admits(admission[0], "A" * 64, "new@example.com")
        await ada.delete(f"/workspaces/{workspace['id']}/invitations/{invitation['id']}")
        assert not await admits(*admission, "new@example.com")


async def test_nobodys_mailbox_is_filled_by_inviting_again_and_again(team: Team) -> None:
    path = f"/workspaces/{team.id}/invitations"
    first = await team.ada.post(path, email="fay@example.com", role="member")
    for _ in range(4):
        await team.ada.post(f"{path}/{first['id']}/renewal")
    await team.ada.delete(f"{path}/{first['id']}")
    second = await team.ada.post(path, email="Fay@example.com", role="member")
    for _ in range(4):
        await team.ada.post(f"{path}/{second['id']}/renewal")

    assert refusal(await team.ada.api.post(f"{path}/{second['id']}/renewal")) == (409, "too_many_links")
    await team.ada.delete(f"{path}/{second['id']}")
    again = await team.ada.api.post(path, json={"email": "fay@example.com", "role": "member"})
    assert refusal(again) == (409, "too_many_links")
    await team.ada.post(path, email="gus@example.com", role="member")
