"""Somebody erases their own account: what must be gone, and what must stay."""

from datetime import timedelta

import pysqlite3
import pytest

from headway.changes.contracts import Stream
from headway.changes.log import read_after, version_of
from headway.changes.retention import compact
from tests.auth.place import PASSWORD, Person, Place, code_of, wanted_token
from tests.users.test_avatars import picture, upload

pytestmark = pytest.mark.anyio


async def leave(person: Person, password: str = PASSWORD) -> tuple[int, str]:
    answer = await person.api.request("DELETE", "/users/me", json={"password": password})
    return (204, "") if answer.status_code == 204 else code_of(answer)


async def two(place: Place) -> tuple[Person, Person]:
    return await place.register("Ann"), await place.register("Benedikta", language="de")


@pytest.mark.parametrize("log", ["as it is", "moved to the history"])
async def test_nothing_personal_is_left_in_rows_log_or_files(place: Place, log: str) -> None:
    _, ben = await two(place)
    await ben.api.patch("/users/me", json={"name": "Dr. Benedikta", "preferences": {"hobby": "spelunking"}})
    await upload(ben, picture())
    await ben.api.post("/users/me/export")
    await ben.api.put("/auth/email", json={"email": "spelunker@example.org", "password": PASSWORD})
    await place.settle()
    await place.browser().post("/auth/email/confirmation", json={"token": place.mail.letters[0].token})
    await place.settle()
    if log == "moved to the history":
        place.clock.advance(seconds=1)
        assert await compact(place.database, {}, place.clock.now(), timedelta(0)) > 0
    assert {"benedikta", "spelunk"} <= remains(place)
    assert await leave(ben) == (204, "")
    await place.settle()
    assert remains(place) == set()
    assert await place.objects.list() == []


def remains(place: Place) -> set[str]:
    """Which words about the person the database still holds."""
    connection = pysqlite3.connect(place.path)
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        text = repr([connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables])  # noqa: S608 - names
    finally:
        connection.close()
    return {word for word in ("benedikta", "spelunk") if word in text.lower()}


async def test_the_log_keeps_its_versions_so_that_no_reader_finds_a_gap(place: Place) -> None:
    _, ben = await two(place)
    await ben.api.patch("/users/me", json={"name": "Ben"})
    await place.settle()
    await leave(ben)
    await place.settle()
    for stream in (Stream("account", ben.id), Stream("profile", ben.id)):
        log = await read_after(place.database.reader, stream, 0)
        assert [each.entry.version for each in log] == list(range(1, len(log) + 1))
        assert log[-1].entry.version == await version_of(place.database.reader, stream)
    last = (await read_after(place.database.reader, Stream("account", ben.id), 0))[-1].entry
    assert (last.kind, last.fields["state"]) == ("account", "erased")


async def test_whoever_left_is_out_at_once_and_the_address_is_free(place: Place) -> None:
    _, ben = await two(place)
    elsewhere = await place.again(ben)
    token = (await ben.api.post("/auth/tokens", json=wanted_token("read"))).json()["token"]
    assert await leave(ben) == (204, "")
    assert not ben.api.cookies
    assert (await elsewhere.api.get("/users/me")).status_code == 401
    assert (await elsewhere.api.post("/auth/refresh")).status_code == 401
    assert (await place.program(token).get("/users/me")).status_code == 401
    assert code_of(await place.sign_in(ben.email)) == (401, "wrong_credentials")
    again = await place.register("Benedikta")
    assert again.id != ben.id


async def test_others_still_find_somebody_without_a_name(place: Place) -> None:
    ann, ben = await two(place)
    place.circle.pairs.add(frozenset({ann.id, ben.id}))
    await leave(ben)
    await place.settle()
    assert (await ann.api.get(f"/users/{ben.id}")).json() == {"id": ben.id, "name": "", "avatar_url": None}
    found = (await ann.api.get("/admin/people", params={"state": "erased"})).json()["items"]
    assert [(each["id"], each["email"]) for each in found] == [(ben.id, "")]
    assert len((await ann.api.get("/admin/people")).json()["items"]) == 1
    lines = (await ann.api.get("/admin/audit", params={"subject": ben.id})).json()["items"]
    assert lines[0]["action"] == "account.erased"


async def test_it_takes_the_password_a_session_and_another_administrator(place: Place) -> None:
    ann, ben = await two(place)
    assert await leave(ben, "wrong password") == (403, "wrong_password")
    made = await ben.api.post("/auth/tokens", json=wanted_token("read", "write", "admin"))
    program = place.program(made.json()["token"])
    answer = await program.request("DELETE", "/users/me", json={"password": PASSWORD})
    assert code_of(answer) == (403, "session_required")
    assert await leave(ann) == (409, "last_administrator")
    await ann.api.put(f"/admin/people/{ben.id}/administrator")
    assert await leave(ann) == (204, "")
    await place.settle()
    assert (await place.sign_in(ben.email)).json()["user"]["is_admin"] is True
    assert await leave(ben) == (409, "last_administrator")
