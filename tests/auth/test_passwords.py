"""Passwords are changed, and set anew by links that are sent or handed over."""

import pysqlite3
import pytest
from argon2 import PasswordHasher

from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, accounts
from headway.platform.db.port import Transaction
from headway.platform.db.statement import update_by_key
from tests.auth.place import LOCAL, PASSWORD, Person, Place, code_of, wanted_token

pytestmark = pytest.mark.anyio

NEW = "a new and long password"


async def change(person: Person, **changed: str) -> tuple[int, str]:
    body = {"current_password": PASSWORD, "new_password": NEW, **changed}
    answer = await person.api.put("/auth/password", json=body)
    return (204, "") if answer.status_code == 204 else code_of(answer)


async def test_a_changed_password_ends_all_other_sessions(place: Place) -> None:
    ann = await place.register("Ann")
    elsewhere = await place.again(ann)
    assert await change(ann) == (204, "")
    assert (await ann.api.get("/users/me")).status_code == 200
    assert (await elsewhere.api.get("/users/me")).status_code == 401
    assert code_of(await place.sign_in(ann.email)) == (401, "wrong_credentials")
    assert (await place.sign_in(ann.email, NEW)).status_code == 200
    await place.settle()
    assert [letter.to for letter in place.mail.of_kind("password_changed")] == [ann.email]


async def test_the_present_password_is_needed_and_the_new_one_must_be_good(place: Place) -> None:
    ann = await place.register("Ann")
    assert await change(ann, current_password="wrong") == (403, "wrong_password")
    assert await change(ann, new_password="short") == (400, "invalid")
    assert (await place.sign_in(ann.email)).status_code == 200


async def test_a_repeated_change_with_the_same_key_is_answered_as_the_first(place: Place) -> None:
    ann = await place.register("Ann")
    headers = {"Idempotency-Key": "change-1"}
    body = {"current_password": PASSWORD, "new_password": NEW}
    for _ in range(2):
        assert (await ann.api.put("/auth/password", json=body, headers=headers)).status_code == 204
    other = await ann.api.put("/auth/password", json={**body, "new_password": NEW + "!"}, headers=headers)
    assert code_of(other) == (409, "idempotency_key_reused")


async def test_a_token_may_not_change_the_password(place: Place) -> None:
    ann = await place.register("Ann")
    made = await ann.api.post("/auth/tokens", json=wanted_token("read", "write", "admin"))
    program = place.program(made.json()["token"])
    answer = await program.put("/auth/password", json={"current_password": PASSWORD, "new_password": NEW})
    assert code_of(answer) == (403, "session_required")


async def ask_for_reset(place: Place, email: str) -> int:
    return (await place.browser().post("/auth/password-resets", json={"email": email})).status_code


async def reset(place: Place, token: str, password: str = NEW, **headers: str) -> tuple[int, str]:
    body = {"token": token, "password": password}
    answer = await place.browser().put("/auth/password-resets", json=body, headers=headers)
    return (204, "") if answer.status_code == 204 else code_of(answer)


async def test_a_link_sets_the_password_anew_once_and_ends_all_sessions(place: Place) -> None:
    ann = await place.register("Ann", language="de")
    assert await ask_for_reset(place, "ANN@example.org") == 204
    await place.settle()
    [letter] = place.mail.letters
    assert (letter.to, letter.kind, letter.language) == (ann.email, "password_reset", "de")
    assert letter.values["link"].startswith(f"{LOCAL}/reset#")
    assert await reset(place, letter.token, "short") == (400, "invalid")
    assert await reset(place, letter.token) == (204, "")
    assert await reset(place, letter.token, "another password") == (404, "not_found")
    assert (await ann.api.get("/users/me")).status_code == 401
    assert (await place.sign_in(ann.email, NEW)).status_code == 200


async def test_a_reset_that_is_repeated_with_its_key_is_answered_as_the_first(place: Place) -> None:
    await place.register("Ann")
    await ask_for_reset(place, "ann@example.org")
    await place.settle()
    token = place.mail.letters[0].token
    for _ in range(2):
        assert await reset(place, token, NEW, **{"Idempotency-Key": "reset-1"}) == (204, "")


async def test_an_unknown_address_gets_the_same_answer_and_no_mail(place: Place) -> None:
    await place.register("Ann")
    known = await place.browser().post("/auth/password-resets", json={"email": "ann@example.org"})
    unknown = await place.browser().post("/auth/password-resets", json={"email": "bob@example.org"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    await place.settle()
    assert [letter.to for letter in place.mail.letters] == ["ann@example.org"]


async def test_a_link_works_for_two_hours_and_only_a_few_are_sent(place: Place) -> None:
    await place.register("Ann")
    for _ in range(8):
        await ask_for_reset(place, "ann@example.org")
        await place.settle()
    assert len(place.mail.letters) == 5
    place.clock.advance(hours=2)
    assert await reset(place, place.mail.letters[0].token) == (404, "not_found")
    await ask_for_reset(place, "ann@example.org")
    await place.settle()
    assert await reset(place, place.mail.letters[-1].token) == (204, "")


async def test_a_reset_by_link_revokes_api_tokens_and_says_so(place: Place) -> None:
    ann, ben = await place.register("Ann"), await place.register("Ben")
    programs = []
    for person in (ann, ben):
        made = await person.api.post("/auth/tokens", json=wanted_token("read"))
        programs.append(place.program(made.json()["token"]))
    await ask_for_reset(place, ann.email)
    await place.settle()
    assert await reset(place, place.mail.letters[-1].token) == (204, "")
    assert code_of(await programs[0].get("/users/me")) == (401, "invalid_token")
    assert (await programs[1].get("/users/me")).status_code == 200
    await place.settle()
    assert [letter.to for letter in place.mail.of_kind("password_reset_done")] == [ann.email]


async def test_a_changed_password_leaves_api_tokens_alone(place: Place) -> None:
    ann = await place.register("Ann")
    program = place.program((await ann.api.post("/auth/tokens", json=wanted_token("read"))).json()["token"])
    assert await change(ann) == (204, "")
    assert (await program.get("/users/me")).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 64, "ü"])
async def test_a_link_that_never_was_is_not_found(place: Place, token: str) -> None:
    assert await reset(place, token) == (404, "not_found")


async def test_nothing_that_the_database_keeps_lets_anybody_in(place: Place) -> None:
    ann = await place.register("Ann")
    await ask_for_reset(place, ann.email)
    await place.settle()
    token = {"name": "ci", "scopes": ["read"], "password": PASSWORD}
    made = await ann.api.post("/auth/tokens", json=token, headers={"Idempotency-Key": "t"})
    await ann.api.put(
        "/auth/password",
        json={"current_password": PASSWORD, "new_password": NEW},
        headers={"Idempotency-Key": "p"},
    )
    refresh = ann.api.cookies["headway_refresh"]
    secrets = [PASSWORD, NEW, made.json()["token"], place.mail.letters[0].token, refresh]
    dump = everything(place)
    assert ann.email in dump
    assert [secret for secret in secrets if secret in dump] == []


def everything(place: Place) -> str:
    """Every value in the database as text."""
    connection = pysqlite3.connect(place.path)
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return repr([connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables])  # noqa: S608 - names
    finally:
        connection.close()


async def test_an_address_is_changed_by_a_link_to_the_new_one(place: Place) -> None:
    ann = await place.register("Ann")
    body = {"email": "ann@new.example", "password": PASSWORD}
    assert code_of(await ann.api.put("/auth/email", json={**body, "password": "wrong"})) == (403, "wrong_password")
    for _ in range(2):
        asked = await ann.api.put("/auth/email", json=body, headers={"Idempotency-Key": "ask-1"})
        assert asked.status_code == 204
    await place.settle()
    [letter] = place.mail.letters
    assert (letter.to, letter.kind) == ("ann@new.example", "confirm_address")
    assert (await ann.api.get("/users/me")).json()["email"] == "ann@example.org"
    for _ in range(2):
        key = {"Idempotency-Key": "confirm-1"}
        confirmed = await place.browser().post("/auth/email/confirmation", json={"token": letter.token}, headers=key)
        assert confirmed.status_code == 204
    assert (await ann.api.get("/users/me")).json()["email"] == "ann@new.example"
    assert (await place.sign_in("ann@new.example")).status_code == 200
    assert code_of(await place.sign_in("ann@example.org")) == (401, "wrong_credentials")
    again = await place.browser().post("/auth/email/confirmation", json={"token": letter.token})
    assert code_of(again) == (404, "not_found")
    await place.settle()
    [notice] = place.mail.of_kind("address_changed")
    assert (notice.to, notice.values["email"]) == ("ann@example.org", "ann@new.example")
    await place.register("Ann")  # her former address is free again


async def test_a_new_password_ends_links_to_another_address_and_those_still_to_be_sent(place: Place) -> None:
    """Whoever stole the password could otherwise take the account along after the owner has set a new one."""
    ann = await place.register("Ann")
    await ann.api.put("/auth/email", json={"email": "eve@example.net", "password": PASSWORD})
    await place.settle()
    [sent] = place.mail.of_kind("confirm_address")
    await ann.api.put("/auth/email", json={"email": "eve@example.com", "password": PASSWORD})
    place.clock.advance(seconds=1)
    changed = await ann.api.put("/auth/password", json={"current_password": PASSWORD, "new_password": NEW})
    assert changed.status_code == 204
    await place.settle()

    answer = await place.browser().post("/auth/email/confirmation", json={"token": sent.token})

    assert answer.status_code == 404
    assert place.mail.of_kind("confirm_address") == [sent]
    assert (await ann.api.get("/users/me")).json()["email"] == ann.email


async def test_an_address_that_became_somebody_elses_meanwhile_is_refused(place: Place) -> None:
    ann = await place.register("Ann")
    await ann.api.put("/auth/email", json={"email": "ben@example.org", "password": PASSWORD})
    await place.settle()
    await place.register("Ben")
    answer = await place.browser().post("/auth/email/confirmation", json={"token": place.mail.letters[0].token})
    assert code_of(answer) == (409, "address_taken")
    assert (await ann.api.get("/users/me")).json()["email"] == "ann@example.org"


async def test_the_address_of_somebody_else_gets_no_link(place: Place) -> None:
    ann, ben = await place.register("Ann"), await place.register("Ben")
    answer = await ann.api.put("/auth/email", json={"email": ben.email, "password": PASSWORD})
    assert answer.status_code == 204
    await place.settle()
    assert place.mail.letters == []


async def test_a_hash_with_former_parameters_is_renewed_at_sign_in(place: Place) -> None:
    ann = await place.register("Ann")
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)

    async def act(tx: Transaction) -> None:
        await tx.execute(update_by_key(accounts, ("password_hash",)), key_id=ann.id, password_hash=old)

    await place.database.write(act)
    assert (await place.sign_in(ann.email)).status_code == 200
    row = await place.database.reader.row(ACCOUNT_BY_ID, id=ann.id)
    assert row is not None
    assert row.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert (await place.sign_in(ann.email)).status_code == 200
