"""Profiles: made for every account, changed by their owner, seen by those who share a workspace."""

from pathlib import Path

import msgspec
import pytest

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from headway.platform.actor import Actor
from tests.auth.place import PASSWORD, Place, code_of, open_place

pytestmark = pytest.mark.anyio


async def test_a_profile_starts_with_what_was_said_at_registration(place: Place) -> None:
    ann = await place.register("Ann", language="de", time_zone="Europe/Vienna")
    before = (await ann.api.get("/users/me")).json()
    await place.settle()
    me = (await ann.api.get("/users/me")).json()
    assert before == me
    assert me == {
        "id": ann.id,
        "email": "ann@example.org",
        "name": "Ann",
        "language": "de",
        "time_zone": "Europe/Vienna",
        "week_start": 1,
        "theme": "system",
        "preferences": {},
        "avatar_url": None,
        "is_admin": True,
        "two_factor": False,
        "created_at": me["created_at"],
        "updated_at": me["created_at"],
        "version": 1,
    }


async def test_a_change_names_only_what_it_changes_and_is_logged(place: Place) -> None:
    ann = await place.register("Ann")
    await place.settle()
    changed = await ann.api.patch("/users/me", json={"week_start": 7, "theme": "dark"})
    assert (changed.json()["week_start"], changed.json()["theme"], changed.json()["name"]) == (7, "dark", "Ann")
    log = await read_after(place.database.reader, Stream("profile", ann.id), 0)
    assert [(each.entry.kind, each.entry.op) for each in log] == [("profile", "create"), ("profile", "update")]
    told = {name: value for name, value in log[1].entry.fields.items() if name != "updated_at"}
    assert told == {"week_start": 7, "theme": "dark"}
    assert log[1].entry.object_version == changed.json()["version"] == 2


async def test_a_change_before_the_profile_was_made_makes_it(place: Place) -> None:
    ann = await place.register("Ann")
    assert (await ann.api.patch("/users/me", json={"name": "Anna"})).json()["name"] == "Anna"
    await place.settle()
    assert (await ann.api.get("/users/me")).json()["name"] == "Anna"
    log = await read_after(place.database.reader, Stream("profile", ann.id), 0)
    assert [each.entry.op for each in log] == ["create", "update"]


async def test_a_change_of_another_version_is_refused(place: Place) -> None:
    ann = await place.register("Ann")
    await ann.api.patch("/users/me", json={"name": "Anna"})
    stale = await ann.api.patch("/users/me", json={"name": "Annie"}, headers={"If-Match": '"1"'})
    assert code_of(stale) == (412, "version_mismatch")


async def test_preferences_are_merged_and_null_takes_one_away(place: Place) -> None:
    ann = await place.register("Ann")
    await ann.api.patch("/users/me", json={"preferences": {"sidebar": {"width": 240}, "hints": False}})
    answer = await ann.api.patch("/users/me", json={"preferences": {"hints": None, "density": "compact"}})
    assert answer.json()["preferences"] == {"sidebar": {"width": 240}, "density": "compact"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": None}, "name"),
        ({"language": "fr"}, "language"),
        ({"time_zone": "CET+1"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"week_start": 0}, "week_start"),
        ({"week_start": 8}, "week_start"),
        ({"week_start": "monday"}, "week_start"),
        ({"theme": "pink"}, "theme"),
        ({"preferences": []}, "preferences"),
        ({"preferences": {"": 1}}, "preferences"),
        ({"preferences": {"a\u0000": 1}}, "preferences"),
        ({"preferences": {str(number): 1 for number in range(201)}}, "preferences"),
        ({"preferences": {"a": "x" * 17_000}}, "preferences"),
        ({"email": "new@example.org"}, "email"),
        ({"is_admin": True}, "is_admin"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_what_cannot_be_taken_is_named_and_changes_nothing(
    place: Place, body: dict[str, object], field: str
) -> None:
    ann = await place.register("Ann")
    before = (await ann.api.get("/users/me")).json()
    answer = await ann.api.patch("/users/me", json=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
    assert (await ann.api.get("/users/me")).json() == before


async def test_people_see_those_with_whom_they_share_a_workspace_and_nobody_else(place: Place) -> None:
    ann, ben, eve = [await place.register(name) for name in ("Ann", "Ben", "Eve")]
    place.circle.pairs.add(frozenset({ann.id, ben.id}))
    assert (await ann.api.get(f"/users/{ben.id}")).json() == {"id": ben.id, "name": "Ben", "avatar_url": None}
    assert (await eve.api.get(f"/users/{eve.id}")).json()["name"] == "Eve"
    assert code_of(await eve.api.get(f"/users/{ben.id}")) == (404, "not_found")
    assert code_of(await ann.api.get("/users/01900000-0000-7000-8000-00000000000a")) == (404, "not_found")
    several = await ann.api.get("/users", params={"ids": [eve.id, ben.id, ann.id, ben.id]})
    assert [each["name"] for each in several.json()["items"]] == ["Ben", "Ann"]


async def test_other_modules_find_names_and_settings(place: Place) -> None:
    ann, ben = await place.register("Ann"), await place.register("Ben", language="de")
    await ann.api.patch("/users/me", json={"time_zone": "Asia/Tokyo", "preferences": {"mail": False}})
    people, reader = place.users.people, place.database.reader
    stranger = "01900000-0000-7000-8000-00000000000a"
    found = await people.by_ids(reader, [ann.id, ben.id, stranger])
    assert {each.name for each in found.values()} == {"Ann", "Ben"}
    settings = await people.profiles(reader, [ann.id, ben.id])
    assert settings[ann.id].time_zone == "Asia/Tokyo"
    assert settings[ann.id].preferences == {"mail": False}
    assert settings[ben.id].language == "de"
    assert await people.profile(reader, stranger) is None


async def test_a_device_gets_the_own_profile_and_no_other(place: Place) -> None:
    ann, ben = await place.register("Ann"), await place.register("Ben")
    await place.settle()
    source = place.users.module.sync
    assert source is not None
    reader, actor = place.database.reader, Actor(ann.id)
    visible = await source.visible(reader, actor)
    assert visible == {Stream("profile", ann.id): frozenset({f"person:{ann.id}"})}
    [(stream, scopes)] = visible.items()
    [(held, _)] = [each async for each in source.snapshot(reader, actor, stream, scopes, "")]
    assert (held.kind, held.id, held.object_version, held.fields["name"]) == ("profile", ann.id, 1, "Ann")
    log = await read_after(reader, stream, 0)
    assert msgspec.to_builtins(held.fields) == log[0].entry.fields
    other = Stream("profile", ben.id)
    assert [each async for each in source.snapshot(reader, actor, other, scopes, "")] == []


async def test_a_profile_that_was_not_made_before_a_crash_is_made_after_it(tmp_path: Path) -> None:
    class Crash(Exception):
        pass

    def die(reached: str) -> None:
        if reached == "consumer.after_write":
            raise Crash

    async with open_place(tmp_path, faults=die) as place:
        ann = await place.register("Ann")
        with pytest.raises(Crash):
            await place.settle()
        assert await read_after(place.database.reader, Stream("profile", ann.id), 0) == []
    async with open_place(tmp_path) as place:
        await place.settle()
        await place.settle()
        assert len(await read_after(place.database.reader, Stream("profile", ann.id), 0)) == 1
        assert (await place.sign_in("ann@example.org", PASSWORD)).status_code == 200
