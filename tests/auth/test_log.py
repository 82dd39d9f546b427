"""The law of the log for accounts, profiles and the installation: entries applied in order give the rows."""

from collections.abc import Iterable
from typing import Any

import msgspec
import pyotp
import pytest

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from headway.changes.work import Kind
from headway.modules.auth.store.accounts import ACCOUNT
from headway.modules.auth.store.directory import ADDRESS, ADMINISTRATOR
from headway.modules.auth.store.instance import AUDIT, INVITATION, SETTINGS
from headway.modules.auth.store.links import LINK
from headway.modules.auth.store.schema import INSTANCE
from headway.modules.auth.store.second_factors import SECOND_FACTOR
from headway.modules.auth.store.sessions import SESSION
from headway.modules.auth.store.tokens import API_TOKEN
from headway.modules.users.store.exports import EXPORT
from headway.modules.users.store.profiles import PROFILE
from headway.platform.db.statement import rows_of
from tests.auth.place import PASSWORD, Person, Place, wanted_token
from tests.support.fold import Held, fold
from tests.users.test_avatars import picture, upload

pytestmark = pytest.mark.anyio

OF_ACCOUNT: tuple[Kind[Any], ...] = (ACCOUNT, SESSION, API_TOKEN, SECOND_FACTOR, LINK)
OF_INSTANCE: tuple[Kind[Any], ...] = (ADDRESS, ADMINISTRATOR, SETTINGS, INVITATION, AUDIT)
OF_PROFILE: tuple[Kind[Any], ...] = (PROFILE, EXPORT)


async def assert_log_tells_rows(place: Place) -> None:
    """Replay every stream that there is from its beginning, and compare with what is in the tables."""
    people = [row.id for row in await place.database.reader.rows(rows_of(ACCOUNT.table, ACCOUNT.row))]
    for owner in people:
        await assert_stream(place, Stream("account", owner), OF_ACCOUNT)
        await assert_stream(place, Stream("profile", owner), OF_PROFILE)
    await assert_stream(place, INSTANCE, OF_INSTANCE)


async def assert_stream(place: Place, stream: Stream, kinds: Iterable[Kind[Any]]) -> None:
    reader = place.database.reader
    kept: Held = {}
    for kind in kinds:
        for row in await reader.rows(rows_of(kind.table, kind.row)):
            if stream.kind == "instance" or getattr(row, "user_id", row.id) == stream.owner:
                fields = msgspec.json.decode(msgspec.json.encode(kind.fields(row)))
                kept[kind.name, row.id] = (kind.scope(row), row.version, fields)
    assert fold(await read_after(reader, stream, 0, limit=10_000)) == kept


async def test_entries_give_the_rows_after_every_action(place: Place) -> None:
    ann, ben = await place.register("Ann"), await place.register("Ben")
    for action in (sign_in_and_out, credentials, second_factor, addresses, profile, administration, farewell):
        await action(place, ann, ben)
        place.clock.advance(seconds=31)
        await assert_log_tells_rows(place)
        await place.settle()
        if action is not farewell:  # then the log is redacted, which its own tests are about
            await assert_log_tells_rows(place)


async def sign_in_and_out(place: Place, ann: Person, ben: Person) -> None:
    for _ in range(3):
        await place.again(ann)
    await (await place.again(ann)).api.post("/auth/logout")
    for person in (ann, ben):
        assert (await person.api.post("/auth/refresh")).status_code == 200
    assert (await ann.api.delete("/auth/sessions")).status_code == 204


async def credentials(place: Place, ann: Person, ben: Person) -> None:
    made = [await ann.api.post("/auth/tokens", json=wanted_token("read", name=name)) for name in "ab"]
    assert (await place.program(made[0].json()["token"]).get("/users/me")).status_code == 200
    assert (await ann.api.delete(f"/auth/tokens/{made[1].json()['id']}")).status_code == 204
    for _ in range(2):
        await place.browser().post("/auth/password-resets", json={"email": ben.email})
        await place.settle()
    token = place.mail.of_kind("password_reset")[0].token
    reset = await place.browser().put("/auth/password-resets", json={"token": token, "password": PASSWORD})
    assert reset.status_code == 204
    ben.api = (await place.again(ben)).api
    body = {"current_password": PASSWORD, "new_password": PASSWORD}
    assert (await ben.api.put("/auth/password", json=body)).status_code == 204


async def second_factor(place: Place, ann: Person, ben: Person) -> None:
    secret = (await ben.api.post("/auth/totp", json={"password": PASSWORD})).json()["secret"]

    def code() -> str:
        place.clock.advance(seconds=30)
        return pyotp.TOTP(secret).at(place.clock.now())

    codes = (await ben.api.put("/auth/totp/confirmation", json={"totp_code": code()})).json()["codes"]
    assert (await place.sign_in(ben.email, totp_code=code())).status_code == 200
    assert (await place.sign_in(ben.email, recovery_code=codes[3])).status_code == 200
    renewed = await ben.api.post("/auth/totp/recovery-codes", json={"password": PASSWORD, "totp_code": code()})
    assert renewed.status_code == 200
    await assert_log_tells_rows(place)
    removed = await ben.api.request("DELETE", "/auth/totp", json={"password": PASSWORD, "totp_code": code()})
    assert removed.status_code == 204


async def addresses(place: Place, _ann: Person, ben: Person) -> None:
    await ben.api.put("/auth/email", json={"email": "ben@new.example", "password": PASSWORD})
    await place.settle()
    token = place.mail.of_kind("confirm_address")[0].token
    assert (await place.browser().post("/auth/email/confirmation", json={"token": token})).status_code == 204
    ben.email = "ben@new.example"


async def profile(place: Place, ann: Person, _ben: Person) -> None:
    assert (await ann.api.patch("/users/me", json={"name": "Anna", "theme": "dark"})).status_code == 200
    await upload(ann, picture())
    await place.settle()
    assert (await ann.api.delete("/users/me/avatar")).status_code == 204
    await ann.api.post("/users/me/export")
    await place.settle()
    await place.run_job("users.sweep_exports")


async def administration(place: Place, ann: Person, ben: Person) -> None:
    invited = (await ann.api.post("/admin/invitations", json={"email": "cleo@example.org"})).json()
    renewed = (await ann.api.post(f"/admin/invitations/{invited['id']}/link")).json()
    await place.register("Cleo", invitation=renewed["link"].partition("=")[2])
    unused = (await ann.api.post("/admin/invitations", json={})).json()
    for method, path, body in (
        ("DELETE", f"/admin/invitations/{unused['id']}", None),
        ("PATCH", "/admin/settings", {"name": "Acme", "registration": "invitation"}),
        ("PUT", f"/admin/people/{ben.id}/administrator", None),
        ("DELETE", f"/admin/people/{ben.id}/administrator", None),
        ("PUT", f"/admin/people/{ben.id}/suspension", None),
        ("DELETE", f"/admin/people/{ben.id}/suspension", None),
        ("POST", f"/admin/people/{ben.id}/password-resets", None),
    ):
        answer = await ann.api.request(method, path, json=body)
        assert answer.is_success, (method, path, answer.text)
    ben.api = (await place.again(ben)).api


async def farewell(_place: Place, _ann: Person, ben: Person) -> None:
    left = await ben.api.request("DELETE", "/users/me", json={"password": PASSWORD})
    assert left.status_code == 204
