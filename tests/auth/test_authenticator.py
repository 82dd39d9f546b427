"""What is remembered of credentials, and how soon it is forgotten, here and in another process."""

from datetime import timedelta

import pytest

from headway.changes.feed import Feed
from headway.modules.auth.domain.keys import Keys
from headway.modules.auth.service.authenticator import CredentialAuthenticator
from headway.modules.auth.store.revocations import REVOKED_SINCE
from headway.platform.db.sqlite import SqliteDatabase
from tests.auth.place import SECRET, Person, Place, wanted_token

pytestmark = pytest.mark.anyio


async def elsewhere(place: Place) -> CredentialAuthenticator:
    """The authenticator of another process: it hears of nothing but what is in the database."""
    other = CredentialAuthenticator(place.database, place.clock, Keys(SECRET).access)
    other.attach(Feed())
    await other.poll()
    return other


def cookie(person: Person) -> str:
    return person.api.cookies["headway_access"]


async def test_a_credential_is_remembered_until_it_runs_out(place: Place) -> None:
    ann = await place.register("Ann")
    here = await elsewhere(place)
    assert here.remembered(cookie(ann)) is None
    actor = await here.authenticate(cookie(ann))
    assert here.remembered(cookie(ann)) == actor
    for _ in range(400):
        place.clock.advance(seconds=1.5)
        await here.poll()
    assert here.remembered(cookie(ann)) is None
    assert await here.authenticate(cookie(ann)) is None


async def test_another_process_hears_of_an_ended_session_by_its_next_poll(place: Place) -> None:
    ann = await place.register("Ann")
    out = await place.again(ann)
    there = await elsewhere(place)
    for person in (ann, out):
        assert await there.authenticate(cookie(person)) is not None
    await ann.api.delete("/auth/sessions")
    assert there.remembered(cookie(out)) is not None
    await there.poll()
    assert there.remembered(cookie(out)) is None
    assert await there.authenticate(cookie(out)) is None
    assert await there.authenticate(cookie(ann)) is not None
    assert there.remembered(cookie(ann)) is not None
    await there.poll()
    assert there.remembered(cookie(ann)) is not None


@pytest.mark.parametrize("what", ["suspension", "role", "token", "password", "erasure"])
async def test_another_process_hears_of_whatever_takes_something_away(place: Place, what: str) -> None:
    ann, ben = await place.register("Ann"), await place.register("Ben")
    await ann.api.put(f"/admin/people/{ben.id}/administrator")
    made = (await ben.api.post("/auth/tokens", json=wanted_token("read"))).json()
    credential = made["token"] if what == "token" else cookie(await place.again(ben))
    there = await elsewhere(place)
    before = await there.authenticate(credential)
    assert before is not None
    await there.poll()
    assert there.remembered(credential) == before
    if what == "token":
        await ben.api.delete(f"/auth/tokens/{made['id']}")
    elif what == "password":
        body = {"current_password": "correct horse battery staple", "new_password": "a new and long password"}
        await ben.api.put("/auth/password", json=body)
    elif what == "erasure":
        await ben.api.request("DELETE", "/users/me", json={"password": "correct horse battery staple"})
    else:
        await ann.api.delete(f"/admin/people/{ben.id}/administrator")
        if what == "suspension":
            await ann.api.put(f"/admin/people/{ben.id}/suspension")
    await there.poll()
    assert there.remembered(credential) is None
    after = await there.authenticate(credential)
    assert (after is not None and not after.is_admin) if what == "role" else after is None


async def test_nothing_remembered_counts_while_revocations_cannot_be_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqliteDatabase, "is_alone", False)  # several processes, as on a database server
    ann = await place.register("Ann")
    there = await elsewhere(place)
    assert await there.authenticate(cookie(ann)) is not None
    place.clock.advance(seconds=1)
    assert there.remembered(cookie(ann)) is None
    assert await there.authenticate(cookie(ann)) is not None
    await there.poll()
    assert there.remembered(cookie(ann)) is not None


async def test_a_revocation_that_was_missed_for_long_is_heard_of_in_the_end(place: Place) -> None:
    ann = await place.register("Ann")
    out = await place.again(ann)
    there = await elsewhere(place)
    await there.authenticate(cookie(out))
    await ann.api.delete("/auth/sessions")
    place.clock.advance(minutes=5)
    await there.poll()
    assert there.remembered(cookie(out)) is None


async def test_old_revocations_are_swept_away(place: Place) -> None:
    ann = await place.register("Ann")
    await place.again(ann)
    await ann.api.delete("/auth/sessions")
    long_ago = place.clock.now() - timedelta(days=1)
    assert await place.database.reader.rows(REVOKED_SINCE, since=long_ago) != []
    there = await elsewhere(place)
    place.clock.advance(hours=2)
    await there.sweep(None, None)
    assert await place.database.reader.rows(REVOKED_SINCE, since=long_ago) == []
