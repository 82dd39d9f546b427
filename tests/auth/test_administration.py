"""What administrators do to people and to the installation, and what is written down of it."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.auth.place import PASSWORD, Person, Place, code_of, wanted_token

pytestmark = pytest.mark.anyio


async def two(place: Place) -> tuple[Person, Person]:
    """An administrator and somebody else."""
    return await place.register("Ann"), await place.register("Ben")


async def actions(admin: Person, **query: str) -> list[tuple[str, str | None, str | None]]:
    """The audit log, oldest first: who, what, whom."""
    lines = (await admin.api.get("/admin/audit", params=query)).json()["items"]
    return [(line["action"], line["actor"], line["subject"]) for line in reversed(lines)]


async def test_a_suspended_person_is_out_at_once_and_comes_back_when_reinstated(place: Place) -> None:
    ann, ben = await two(place)
    token = (await ben.api.post("/auth/tokens", json=wanted_token("read"))).json()["token"]
    program = place.program(token)
    assert (await program.get("/users/me")).status_code == 200
    assert (await ann.api.put(f"/admin/people/{ben.id}/suspension")).status_code == 204
    assert (await ben.api.get("/users/me")).status_code == 401
    assert (await ben.api.post("/auth/refresh")).status_code == 401
    assert (await program.get("/users/me")).status_code == 401
    assert code_of(await place.sign_in(ben.email)) == (403, "account_suspended")
    assert code_of(await place.sign_in(ben.email, "wrong password")) == (401, "wrong_credentials")
    assert (await ann.api.delete(f"/admin/people/{ben.id}/suspension")).status_code == 204
    assert (await place.sign_in(ben.email)).status_code == 200
    await place.settle()
    assert (await actions(ann, subject=ben.id))[-2:] == [
        ("account.suspended", ann.id, ben.id),
        ("account.reinstated", ann.id, ben.id),
    ]


async def test_a_suspended_person_gets_no_link_for_a_new_password(place: Place) -> None:
    ann, ben = await two(place)
    await ann.api.put(f"/admin/people/{ben.id}/suspension")
    await place.browser().post("/auth/password-resets", json={"email": ben.email})
    await place.settle()
    assert place.mail.letters == []
    assert code_of(await ann.api.post(f"/admin/people/{ben.id}/password-resets")) == (409, "not_active")


async def test_the_role_of_administrator_is_given_and_taken_but_the_last_one_stays(place: Place) -> None:
    ann, ben = await two(place)
    mine, his = f"/admin/people/{ann.id}/administrator", f"/admin/people/{ben.id}/administrator"
    assert code_of(await ann.api.delete(mine)) == (409, "last_administrator")
    assert (await ann.api.put(his)).status_code == 204
    assert (await ben.api.get("/admin/people")).status_code == 200
    assert code_of(await ann.api.put(f"/admin/people/{ben.id}/suspension")) == (409, "is_administrator")
    assert (await ben.api.delete(mine)).status_code == 204
    assert code_of(await ben.api.delete(his)) == (409, "last_administrator")


REFUSED: dict[str, Callable[[Person, Person], Awaitable[httpx.Response]]] = {
    "list people": lambda ben, _ann: ben.api.get("/admin/people"),
    "read the audit log": lambda ben, _ann: ben.api.get("/admin/audit"),
    "read settings": lambda ben, _ann: ben.api.get("/admin/settings"),
    "change settings": lambda ben, _ann: ben.api.patch("/admin/settings", json={"registration": "closed"}),
    "list invitations": lambda ben, _ann: ben.api.get("/admin/invitations"),
    "invite": lambda ben, _ann: ben.api.post("/admin/invitations", json={}),
    "suspend": lambda ben, ann: ben.api.put(f"/admin/people/{ann.id}/suspension"),
    "reinstate": lambda ben, ann: ben.api.delete(f"/admin/people/{ann.id}/suspension"),
    "become administrator": lambda ben, _ann: ben.api.put(f"/admin/people/{ben.id}/administrator"),
    "take the role away": lambda ben, ann: ben.api.delete(f"/admin/people/{ann.id}/administrator"),
    "take over an account": lambda ben, ann: ben.api.post(f"/admin/people/{ann.id}/password-resets"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_nobody_else_may(place: Place, what: str) -> None:
    ann, ben = await two(place)
    assert code_of(await REFUSED[what](ben, ann)) == (403, "not_an_administrator")


async def test_people_are_found_by_parts_of_name_and_address_page_by_page(place: Place) -> None:
    ann = await place.register("Ann")
    for name in ("Ben", "Benno", "Ber_t", "Zoe"):
        await place.register(name)
    listed: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        query = {"limit": "2"} if cursor is None else {"limit": "2", "cursor": cursor}
        page = (await ann.api.get("/admin/people", params=query)).json()
        listed += [each["name"] for each in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert sorted(listed) == ["Ann", "Ben", "Benno", "Ber_t", "Zoe"]

    async def found(q: str) -> list[str]:
        return sorted(each["name"] for each in (await ann.api.get("/admin/people", params={"q": q})).json()["items"])

    assert await found("BEN") == ["Ben", "Benno"]
    assert await found("r_t@") == ["Ber_t"]
    assert await found("_") == ["Ber_t"]
    assert await found("%") == []
    answer = await ann.api.get("/admin/people", params={"cursor": "2"})
    assert answer.json()["errors"][0]["field"] == "cursor"


async def test_an_administrator_finds_somebody_by_the_name_they_have_now(place: Place) -> None:
    ann, ben = await two(place)
    await ben.api.patch("/users/me", json={"name": "Benedikt", "language": "de"})
    await place.settle()
    [found] = (await ann.api.get("/admin/people", params={"q": "benedikt"})).json()["items"]
    assert found["id"] == ben.id
    assert (await place.again(ben)).id == ben.id
    await place.browser().post("/auth/password-resets", json={"email": ben.email})
    await place.settle()
    assert [(letter.language, letter.values["name"]) for letter in place.mail.letters] == [("de", "Benedikt")]


async def test_a_link_for_a_new_password_can_be_handed_over(place: Place) -> None:
    ann, ben = await two(place)
    headers = {"Idempotency-Key": "hand-over"}
    handed = await ann.api.post(f"/admin/people/{ben.id}/password-resets", headers=headers)
    assert handed.status_code == 201
    again = await ann.api.post(f"/admin/people/{ben.id}/password-resets", headers=headers)
    assert code_of(again) == (409, "already_done")
    place.clock.advance(seconds=1)
    token = handed.json()["link"].rpartition("#")[2]
    body = {"token": token, "password": "a new and long password"}
    assert (await place.browser().put("/auth/password-resets", json=body)).status_code == 204
    assert (await place.sign_in(ben.email, "a new and long password")).status_code == 200
    await place.settle()
    assert (await actions(ann, subject=ben.id))[-2:] == [
        ("link.created", ann.id, ben.id),
        ("password.changed", ben.id, ben.id),
    ]
    assert place.mail.of_kind("password_reset") == []


async def test_no_link_for_ones_own_password_since_that_is_changed_with_the_present_one(place: Place) -> None:
    ann, _ = await two(place)
    assert code_of(await ann.api.post(f"/admin/people/{ann.id}/password-resets")) == (409, "own_password")


async def test_no_token_of_an_administrator_opens_accounts_or_gives_the_role(place: Place) -> None:
    ann, ben = await two(place)
    asked = {"name": "robot", "scopes": ["read", "write", "admin"], "password": PASSWORD}
    token = (await ann.api.post("/auth/tokens", json=asked)).json()["token"]
    robot = place.browser(authorization=f"Bearer {token}")
    assert (await robot.get("/admin/people")).status_code == 200
    for refused in (
        await robot.post(f"/admin/people/{ben.id}/password-resets"),
        await robot.put(f"/admin/people/{ben.id}/administrator"),
    ):
        assert code_of(refused) == (403, "session_required")


async def test_settings_are_changed_and_decide_who_may_register(place: Place) -> None:
    ann, _ = await two(place)
    assert (await ann.api.get("/admin/settings")).json() == {"name": "Headway", "registration": "open", "version": 0}
    answer = await ann.api.patch("/admin/settings", json={"name": "Acme", "registration": "closed"})
    assert answer.json()["registration"] == "closed"
    stale = await ann.api.patch("/admin/settings", json={"name": "Evil"}, headers={"If-Match": '"0"'})
    assert stale.status_code == 412
    assert (await place.browser().get("/instance")).json() == {
        "name": "Acme",
        "registration": "closed",
        "claimable": False,
        "max_upload_bytes": 25 << 20,
        "max_avatar_bytes": 5 << 20,
    }
    body = {"email": "eve@example.org", "password": PASSWORD}
    assert code_of(await place.browser().post("/auth/register", json=body)) == (403, "registration_closed")
    answer = await ann.api.patch("/admin/settings", json={"registration": None})
    assert answer.json()["registration"] == "open"
    assert ("settings.changed", ann.id, None) in await actions(ann)


async def test_an_invitation_is_sent_and_lets_its_address_register_once(place: Place) -> None:
    ann, _ = await two(place)
    await ann.api.patch("/admin/settings", json={"registration": "invitation"})
    made = await ann.api.post("/admin/invitations", json={"email": "cleo@example.org"})
    assert made.status_code == 201
    await place.settle()
    [letter] = place.mail.of_kind("invitation")
    assert (letter.to, letter.values["link"], letter.values["from_name"]) == (
        "cleo@example.org",
        made.json()["link"],
        "Ann",
    )

    async def register(email: str, token: str) -> int:
        body = {"email": email, "password": PASSWORD, "invitation": token}
        return (await place.browser().post("/auth/register", json=body)).status_code

    assert await register("eve@example.org", letter.token) == 403
    assert await register("cleo@example.org", letter.token) == 201
    [listed] = (await ann.api.get("/admin/invitations")).json()["items"]
    assert (listed["email"], listed["state"]) == ("cleo@example.org", "used")


async def test_an_invitation_for_anybody_can_be_copied_anew_and_withdrawn(place: Place) -> None:
    ann, _ = await two(place)
    await ann.api.patch("/admin/settings", json={"registration": "invitation"})
    first = (await ann.api.post("/admin/invitations", json={})).json()
    second = (await ann.api.post(f"/admin/invitations/{first['id']}/link")).json()

    async def register(name: str, link: str) -> tuple[int, str]:
        body = {"email": f"{name}@example.org", "password": PASSWORD, "invitation": link.partition("=")[2]}
        answer = await place.browser().post("/auth/register", json=body)
        return (201, "") if answer.status_code == 201 else code_of(answer)

    place.clock.advance(seconds=1)
    third = (await ann.api.post(f"/admin/invitations/{first['id']}/link")).json()
    assert third["link"] != second["link"]
    assert await register("eve", first["link"]) == (403, "invitation_invalid")
    assert (await ann.api.delete(f"/admin/invitations/{first['id']}")).status_code == 204
    assert await register("cleo", third["link"]) == (403, "invitation_invalid")
    late = (await ann.api.post("/admin/invitations", json={})).json()
    place.clock.advance(days=7)
    assert await register("dora", late["link"]) == (403, "invitation_invalid")


async def test_what_people_do_to_their_own_accounts_is_written_down_once(place: Place) -> None:
    ann, ben = await two(place)
    made = await ben.api.post("/auth/tokens", json=wanted_token("read"))
    await ben.api.delete(f"/auth/tokens/{made.json()['id']}")
    place.clock.advance(seconds=1)
    await ben.api.put("/auth/password", json={"current_password": PASSWORD, "new_password": "a new and long password"})
    await place.settle()
    await place.settle()
    assert await actions(ann, subject=ben.id) == [
        ("account.registered", ben.id, ben.id),
        ("token.created", ben.id, ben.id),
        ("token.revoked", ben.id, ben.id),
        ("password.changed", ben.id, ben.id),
    ]


async def test_the_audit_log_can_be_narrowed(place: Place) -> None:
    ann, ben = await two(place)
    await place.settle()
    await ann.api.patch("/admin/settings", json={"name": "Harbour"})
    await ann.api.put(f"/admin/people/{ben.id}/suspension")
    await place.settle()

    by_ann = await actions(ann, actor=ann.id, area="account")
    of_ben = await actions(ann, subject=ben.id, area="account")

    assert by_ann == [("account.registered", ann.id, ann.id), ("account.suspended", ann.id, ben.id)]
    assert of_ben == [("account.registered", ben.id, ben.id), ("account.suspended", ann.id, ben.id)]


async def test_the_audit_log_has_pages(place: Place) -> None:
    ann, _ = await two(place)
    await place.settle()
    first = (await ann.api.get("/admin/audit", params={"limit": "1"})).json()
    rest = (await ann.api.get("/admin/audit", params={"cursor": first["next_cursor"]})).json()
    assert rest["next_cursor"] is None
    assert len(rest["items"]) == 2
    assert {line["action"] for line in first["items"] + rest["items"]} == {"account.registered", "administrator.added"}
