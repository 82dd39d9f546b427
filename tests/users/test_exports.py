"""Everything that is kept of a person, as an archive for that person."""

import io
import json
import zipfile

import pytest

from tests.auth.place import Place, code_of, wanted_token
from tests.users.test_avatars import picture, upload

pytestmark = pytest.mark.anyio


async def test_an_export_holds_what_every_module_keeps(place: Place) -> None:
    ann = await place.register("Ann")
    await ann.api.patch("/users/me", json={"name": "Anna"})
    token = (await ann.api.post("/auth/tokens", json=wanted_token("read"))).json()["token"]
    await upload(ann, picture())
    await place.settle()
    asked = await ann.api.post("/users/me/export")
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    path = f"/users/me/exports/{asked.json()['id']}"
    assert code_of(await ann.api.get(f"{path}/file")) == (404, "not_found")
    await place.settle()
    ready = (await ann.api.get(path)).json()
    file = await ann.api.get(f"{path}/file")
    assert (ready["state"], ready["size"]) == ("ready", len(file.content))
    assert file.headers["content-type"] == "application/zip"
    assert file.headers["content-disposition"] == 'attachment; filename="headway-export.zip"'
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert archive.testzip() is None
    assert set(archive.namelist()) == {
        "account.json",
        "profile.json",
        "avatar.webp",
        "diary/today.txt",
        "diary/owner.txt",
    }
    account = json.loads(archive.read("account.json"))
    assert account["account"]["email"] == ann.email
    assert [each["name"] for each in account["tokens"]] == ["ci"]
    assert len(account["sessions"]) == 1
    assert json.loads(archive.read("profile.json"))["name"] == "Anna"
    assert archive.read("diary/today.txt") == b"Dear diary, today I wrote a test."
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert token.encode() not in everything
    assert b"argon2" not in everything


async def test_one_export_is_made_at_a_time_and_nobody_else_gets_it(place: Place) -> None:
    ann, eve = await place.register("Ann"), await place.register("Eve")
    first = (await ann.api.post("/users/me/export")).json()
    assert (await ann.api.post("/users/me/export")).json()["id"] == first["id"]
    await place.settle()
    assert code_of(await eve.api.get(f"/users/me/exports/{first['id']}")) == (404, "not_found")
    assert code_of(await eve.api.get(f"/users/me/exports/{first['id']}/file")) == (404, "not_found")
    second = (await ann.api.post("/users/me/export")).json()
    assert second["id"] != first["id"]
    listed = (await ann.api.get("/users/me/exports")).json()["items"]
    assert {each["id"] for each in listed} == {first["id"], second["id"]}


async def test_an_export_that_cannot_be_made_says_so_and_another_one_may_be_asked_for(place: Place) -> None:
    ann = await place.register("Ann")
    asked = (await ann.api.post("/users/me/export")).json()
    in_the_way = place.objects.path("exports")
    in_the_way.parent.mkdir(exist_ok=True)
    in_the_way.touch()
    for _ in range(10):
        assert (await ann.api.get(f"/users/me/exports/{asked['id']}")).json()["state"] == "waiting"
        await place.settle()
        place.clock.advance(hours=1)
        await ann.api.post("/auth/refresh")
    assert (await ann.api.get(f"/users/me/exports/{asked['id']}")).json()["state"] == "failed"

    in_the_way.unlink()
    second = (await ann.api.post("/users/me/export")).json()
    await place.settle()
    assert (await ann.api.get(f"/users/me/exports/{second['id']}")).json()["state"] == "ready"


async def test_exports_go_after_a_week(place: Place) -> None:
    ann = await place.register("Ann")
    asked = (await ann.api.post("/users/me/export")).json()
    await place.settle()
    place.clock.advance(days=7)
    await ann.api.post("/auth/refresh")
    assert code_of(await ann.api.get(f"/users/me/exports/{asked['id']}")) == (404, "not_found")
    assert len(await place.objects.list("exports/")) == 1
    await place.run_job("users.sweep_exports")
    assert await place.objects.list("exports/") == []
    assert (await ann.api.get("/users/me/exports")).json()["items"] == []
