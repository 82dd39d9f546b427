"""Who may register, what is refused, and that a registration which was interrupted can be completed."""

from pathlib import Path

import pytest

from headway.modules.auth.wiring import AuthOptions
from headway.platform.ids import new_id
from tests.auth.place import LOCAL, PASSWORD, PUBLIC, Place, code_of, open_place

pytestmark = pytest.mark.anyio


async def test_somebody_who_registers_is_signed_in(place: Place) -> None:
    browser = place.browser()
    answer = await browser.post(
        "/auth/register",
        json={"email": "Ann@Example.org", "password": PASSWORD, "name": "Ann", "time_zone": "Europe/Berlin"},
        headers={"Accept-Language": "de-AT,en;q=0.5"},
    )
    assert answer.status_code == 201
    me = (await browser.get("/users/me")).json()
    assert me["id"] == answer.json()["user"]["id"]
    assert (me["email"], me["name"], me["language"], me["time_zone"]) == (
        "Ann@Example.org",
        "Ann",
        "de",
        "Europe/Berlin",
    )


async def test_the_first_becomes_administrator_only_where_nobody_else_can_reach_the_place(place: Place) -> None:
    assert (await place.browser().get("/instance")).json()["claimable"] is True
    ann, ben = await place.register("Ann"), await place.register("Ben")
    assert (await ann.api.get("/users/me")).json()["is_admin"] is True
    assert (await ben.api.get("/users/me")).json()["is_admin"] is False
    assert (await place.browser().get("/instance")).json()["claimable"] is False
    assert await place.auth.first_administrator.link() is None


@pytest.mark.parametrize("headers", [{"x-forwarded-for": "203.0.113.9"}, {"host": "tasks.example.org"}])
async def test_whoever_comes_through_a_proxy_does_not_become_administrator_by_being_first(
    place: Place, headers: dict[str, str]
) -> None:
    body = {"email": "eve@example.org", "password": PASSWORD}
    eve = place.browser()
    assert (await eve.post("/auth/register", json=body, headers=headers)).status_code == 201
    assert (await eve.get("/users/me")).json()["is_admin"] is False
    ann = await place.register("Ann")
    assert (await ann.api.get("/users/me")).json()["is_admin"] is True


async def test_where_a_link_is_wanted_the_first_to_register_is_nobody_special(tmp_path: Path) -> None:
    async with open_place(tmp_path, LOCAL, AuthOptions(first_may_claim=False, failures=None)) as place:
        assert (await place.browser().get("/instance")).json()["claimable"] is False
        ann = await place.register("Ann")
        assert (await ann.api.get("/users/me")).json()["is_admin"] is False
        link = await place.auth.first_administrator.link()
        assert link is not None
        ben = await place.register("Ben", invitation=link.partition("=")[2])
        assert (await ben.api.get("/users/me")).json()["is_admin"] is True


async def test_several_instances_that_start_together_give_the_same_link(public_place: Place) -> None:
    first = public_place.auth.first_administrator
    assert await first.link(several=True) == await first.link(several=True)


async def test_a_public_place_gives_its_first_administrator_a_link_that_works_once(public_place: Place) -> None:
    stale = await public_place.auth.first_administrator.link()
    link = await public_place.auth.first_administrator.link()
    assert link is not None
    assert stale is not None
    assert link.startswith(f"{PUBLIC}/register#invitation=")
    body = {"email": "ann@example.org", "password": PASSWORD}

    async def register(email: str, invitation: str | None) -> tuple[int, str]:
        sent = {**body, "email": email, **({"invitation": invitation.partition("=")[2]} if invitation else {})}
        answer = await public_place.browser().post("/auth/register", json=sent)
        return (201, "") if answer.status_code == 201 else code_of(answer)

    assert await register("eve@example.org", None) == (403, "invitation_required")
    assert await register("eve@example.org", stale) == (403, "invitation_invalid")
    assert await register("ann@example.org", link) == (201, "")
    assert await register("eve@example.org", link) == (403, "invitation_invalid")
    assert await public_place.auth.first_administrator.link() is None
    signed_in = await public_place.sign_in("ann@example.org")
    assert signed_in.json()["user"]["is_admin"] is True


async def test_registration_can_be_closed(tmp_path: Path) -> None:
    async with open_place(tmp_path, LOCAL, AuthOptions(registration="closed", failures=None)) as place:
        ann = await place.register("Ann")
        link = (await ann.api.post("/admin/invitations", json={})).json()["link"]
        place.guests.invited.add(("team-token", "b@example.org"))
        for invitation in (None, link.partition("=")[2], "team-token"):
            body = {"email": "b@example.org", "password": PASSWORD, "invitation": invitation}
            answer = await place.browser().post("/auth/register", json=body)
            assert code_of(answer) == (403, "registration_closed")


async def test_an_invitation_of_another_module_lets_its_address_register(public_place: Place) -> None:
    public_place.guests.invited.add(("team-token", "ben@example.org"))

    async def register(email: str) -> int:
        body = {"email": email, "password": PASSWORD, "invitation": "team-token"}
        return (await public_place.browser().post("/auth/register", json=body)).status_code

    assert await register("eve@example.org") == 403
    assert await register("ben@example.org") == 201


async def test_an_address_can_be_taken_once_however_it_is_written(place: Place) -> None:
    await place.register("Ann")
    answer = await place.browser().post("/auth/register", json={"email": "ANN@EXAMPLE.ORG", "password": PASSWORD})
    assert code_of(answer) == (409, "address_taken")


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"email": "nobody"}, "email", "bad_address"),
        ({"email": "a@b@example.org"}, "email", "bad_address"),
        ({"password": "short"}, "password", "too_short"),
        ({"password": "x" * 1025}, "password", "invalid_value"),
        ({"password": "Password123"}, "password", "password_common"),
        ({"password": "new.person@example.org"}, "password", "password_is_address"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "unknown_zone"),
        ({"language": "tlh"}, "language", "invalid_value"),
        ({"id": "1"}, "id", "invalid_value"),
        ({"is_admin": True}, "is_admin", "unknown_field"),
        ({"name": "\u0000"}, "name", "control"),
    ],
)
async def test_what_cannot_be_taken_is_named_and_changes_nothing(
    place: Place, changed: dict[str, object], field: str, code: str
) -> None:
    good = {"email": "new.person@example.org", "password": PASSWORD, "name": "New"}
    answer = await place.browser().post("/auth/register", json={**good, **changed})
    assert answer.status_code == 400
    assert [(each["field"], each["code"]) for each in answer.json()["errors"]] == [(field, code)]
    assert (await place.browser().post("/auth/register", json=good)).status_code == 201


async def test_a_repeat_with_the_same_id_gives_the_same_account(place: Place) -> None:
    body = {"id": new_id(), "email": "ann@example.org", "password": PASSWORD, "name": "Ann"}
    first = await place.browser().post("/auth/register", json=body)
    again = await place.browser().post("/auth/register", json=body)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["user"] == again.json()["user"]
    stolen = await place.browser().post("/auth/register", json={**body, "password": "another good password"})
    assert code_of(stolen) == (409, "address_taken")
    other = await place.browser().post("/auth/register", json={**body, "email": "eve@example.org"})
    assert code_of(other) == (409, "id_taken")


class Crash(Exception):
    """The process dies here."""


@pytest.mark.parametrize("point", ["saga.address_reserved", "saga.account_made"])
@pytest.mark.parametrize("known_by", ["id", "key"])
async def test_a_registration_that_was_cut_short_is_completed_by_a_repeat(
    tmp_path: Path, point: str, known_by: str
) -> None:
    body: dict[str, object] = {"email": "ann@example.org", "password": PASSWORD, "name": "Ann"}
    headers = {"Idempotency-Key": "once"} if known_by == "key" else {}
    if known_by == "id":
        body["id"] = new_id()

    def die(reached: str) -> None:
        if reached == point:
            raise Crash

    async with open_place(tmp_path, faults=die) as place:
        answer = await place.browser().post("/auth/register", json=body, headers=headers)
        assert answer.status_code == 500
    async with open_place(tmp_path) as place:
        other = await place.browser().post("/auth/register", json={"email": "ann@example.org", "password": PASSWORD})
        assert code_of(other) == (409, "address_taken")
        answer = await place.browser().post("/auth/register", json=body, headers=headers)
        assert answer.status_code == 201
        assert answer.json()["user"]["is_admin"] is True
        assert (await place.sign_in("ann@example.org")).status_code == 200


async def test_an_account_that_was_made_is_settled_from_the_log(tmp_path: Path) -> None:
    def die(reached: str) -> None:
        if reached == "saga.account_made":
            raise Crash

    body = {"email": "ann@example.org", "password": PASSWORD}
    async with open_place(tmp_path, faults=die) as place:
        assert (await place.browser().post("/auth/register", json=body)).status_code == 500
    async with open_place(tmp_path) as place:
        await place.settle()
        place.clock.advance(hours=1)
        assert (await place.sign_in("ann@example.org")).json()["user"]["is_admin"] is True
        assert code_of(await place.browser().post("/auth/register", json=body)) == (409, "address_taken")


async def test_an_address_that_was_only_reserved_is_free_again_after_a_while(tmp_path: Path) -> None:
    def die(reached: str) -> None:
        if reached == "saga.address_reserved":
            raise Crash

    body = {"email": "ann@example.org", "password": PASSWORD}
    async with open_place(tmp_path, faults=die) as place:
        assert (await place.browser().post("/auth/register", json=body)).status_code == 500
    async with open_place(tmp_path) as place:
        assert code_of(await place.browser().post("/auth/register", json=body)) == (409, "address_taken")
        place.clock.advance(minutes=16)
        answer = await place.browser().post("/auth/register", json=body)
        assert answer.status_code == 201
        assert answer.json()["user"]["is_admin"] is True
