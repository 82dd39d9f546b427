"""Personal API tokens: made, used within their scopes, revoked."""

import re
from datetime import timedelta

import pytest

from headway.modules.auth.domain import api_token
from tests.auth.place import PASSWORD, Person, Place, code_of, wanted_token

pytestmark = pytest.mark.anyio


async def make(person: Person, *scopes: str, **more: str) -> str:
    answer = await person.api.post("/auth/tokens", json=wanted_token(*scopes, **more))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["token"])


async def test_a_token_does_what_its_scopes_allow(place: Place) -> None:
    ann = await place.register("Ann")
    reads, writes = place.program(await make(ann, "read")), place.program(await make(ann, "read", "write"))
    assert (await reads.get("/users/me")).json()["id"] == ann.id
    assert code_of(await reads.patch("/users/me", json={"name": "A"})) == (403, "insufficient_scope")
    assert (await writes.patch("/users/me", json={"name": "A"})).json()["name"] == "A"
    assert code_of(await writes.get("/admin/people")) == (403, "insufficient_scope")
    rules = place.program(await make(ann, "read", "admin"))
    assert (await rules.get("/admin/people")).status_code == 200
    ben = await place.register("Ben")
    assert code_of(await place.program(await make(ben, "admin")).get("/admin/people")) == (403, "not_an_administrator")


async def test_a_token_is_shown_once_and_listed_without_what_proves_it(place: Place) -> None:
    ann = await place.register("Ann")
    headers = {"Idempotency-Key": "make-1"}
    body = {"name": "ci", "scopes": ["write", "read", "read"], "password": PASSWORD}
    made = await ann.api.post("/auth/tokens", json=body, headers=headers)
    assert re.fullmatch(r"hwp_[0-9A-Za-z]{60}", made.json()["token"])
    assert code_of(await ann.api.post("/auth/tokens", json=body, headers=headers)) == (409, "already_done")
    [listed] = (await ann.api.get("/auth/tokens")).json()["items"]
    assert listed == {
        **{name: made.json()[name] for name in ("id", "name", "created_at", "expires_at")},
        "scopes": ["read", "write"],
        "last_used_at": None,
    }


async def test_a_revoked_token_stops_working_at_once(place: Place) -> None:
    ann = await place.register("Ann")
    program = place.program(await make(ann, "read"))
    assert (await program.get("/users/me")).status_code == 200
    [listed] = (await ann.api.get("/auth/tokens")).json()["items"]
    eve = await place.register("Eve")
    assert (await eve.api.delete(f"/auth/tokens/{listed['id']}")).status_code == 404
    assert (await ann.api.delete(f"/auth/tokens/{listed['id']}")).status_code == 204
    assert code_of(await program.get("/users/me")) == (401, "invalid_token")


async def test_a_token_ends_when_it_says(place: Place) -> None:
    ann = await place.register("Ann")
    past = place.clock.now().isoformat()
    refused = await ann.api.post("/auth/tokens", json=wanted_token("read", expires_at=past))
    assert code_of(refused) == (409, "in_the_past")
    assert refused.json()["errors"][0]["field"] == "expires_at"
    until = (place.clock.now() + timedelta(minutes=3)).isoformat()
    program = place.program(await make(ann, "read", expires_at=until))
    assert (await program.get("/users/me")).status_code == 200
    place.clock.advance(minutes=3)
    assert code_of(await program.get("/users/me")) == (401, "invalid_token")


async def test_the_last_use_is_kept_to_the_hour(place: Place) -> None:
    ann = await place.register("Ann")
    program = place.program(await make(ann, "read"))
    first = place.clock.now()
    await program.get("/users/me")
    place.clock.advance(minutes=50)
    await program.get("/users/me")
    assert await last_used(ann) == first.isoformat().replace("+00:00", "Z")
    place.clock.advance(minutes=15)
    await program.get("/users/me")
    await ann.api.post("/auth/refresh")
    assert await last_used(ann) == place.clock.now().isoformat().replace("+00:00", "Z")


async def last_used(person: Person) -> str:
    if (await person.api.get("/auth/tokens")).status_code == 401:
        await person.api.post("/auth/refresh")
    [listed] = (await person.api.get("/auth/tokens")).json()["items"]
    return str(listed["last_used_at"])


async def test_a_token_is_made_with_the_password_only(place: Place) -> None:
    ann = await place.register("Ann")
    refused = await ann.api.post("/auth/tokens", json={**wanted_token("read"), "password": "wrong"})
    assert code_of(refused) == (403, "wrong_password")
    assert (await ann.api.get("/auth/tokens")).json()["items"] == []


async def test_a_token_may_not_end_sessions(place: Place) -> None:
    ann = await place.register("Ann")
    program = place.program(await make(ann, "read", "write", "admin"))
    assert code_of(await program.delete("/auth/sessions")) == (403, "session_required")
    assert code_of(await program.delete(f"/auth/sessions/{ann.session_id}")) == (403, "session_required")
    assert (await ann.api.get("/users/me")).status_code == 200


async def test_a_token_cannot_make_or_revoke_tokens(place: Place) -> None:
    ann = await place.register("Ann")
    program = place.program(await make(ann, "read", "write", "admin"))
    answer = await program.post("/auth/tokens", json=wanted_token("read"))
    assert code_of(answer) == (403, "session_required")
    [listed] = (await program.get("/auth/tokens")).json()["items"]
    assert code_of(await program.delete(f"/auth/tokens/{listed['id']}")) == (403, "session_required")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "ci", "scopes": []}, "scopes"),
        ({"name": "ci", "scopes": ["root"]}, "scopes.0"),
        ({"name": "", "scopes": ["read"]}, "name"),
        ({"scopes": ["read"]}, "name"),
        ({"name": "ci", "scopes": ["read"], "expires_at": "2030-01-01T00:00:00"}, "expires_at"),
    ],
)
async def test_a_token_that_cannot_be_made_names_the_field(place: Place, body: dict[str, object], field: str) -> None:
    ann = await place.register("Ann")
    answer = await ann.api.post("/auth/tokens", json={**body, "password": PASSWORD})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"].split(".")[0] == field.split(".", maxsplit=1)[0]


def test_a_token_says_whose_it_is_and_a_slip_of_the_pen_is_noticed() -> None:
    user_id = "01900000-0000-7000-8000-00000000000a"
    token = api_token.new_token(user_id)
    parsed = api_token.parse(token)
    assert parsed is not None
    assert parsed.user_id == user_id
    slip = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
    assert api_token.parse(slip) is None
    assert api_token.parse("hwp_" + "z" * 60) is None
    assert api_token.new_token(user_id) != token
