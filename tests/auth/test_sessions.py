"""Signed in, gone on, signed out: what cookies carry and how long they count."""

from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest

from headway.changes.work import Work
from headway.modules.auth.actions import sessions
from headway.modules.auth.contracts.cookies import access_cookie, refresh_cookie
from headway.modules.auth.store.schema import account_stream
from headway.modules.auth.store.sessions import SESSIONS_OF
from headway.platform.actor import Actor
from headway.platform.db.port import Transaction
from tests.auth.place import LOCAL, PASSWORD, PUBLIC, Place, code_of, open_place

pytestmark = pytest.mark.anyio

REFRESH = refresh_cookie(LOCAL)
ACCESS = access_cookie(LOCAL)


def cookies_of(answer: httpx.Response) -> SimpleCookie:
    return SimpleCookie("\n".join(answer.headers.get_list("set-cookie")))


async def refreshed(place: Place, token: str) -> httpx.Response:
    return await place.browser().post("/auth/refresh", headers={"cookie": f"{REFRESH}={token}"})


async def test_on_loopback_cookies_are_http_only_and_not_bound_to_https(place: Place) -> None:
    await place.register("Ann")
    cookies = cookies_of(await place.sign_in("ann@example.org"))
    assert set(cookies) == {"headway_access", "headway_refresh"}
    for cookie in cookies.values():
        assert cookie["httponly"] is True
        assert (cookie["samesite"], cookie["path"], cookie["secure"], cookie["domain"]) == ("Lax", "/", "", "")
    assert (cookies[ACCESS]["max-age"], cookies[REFRESH]["max-age"]) == ("600", str(30 * 86_400))


async def test_over_https_cookies_are_secure_and_bound_to_the_host(public_place: Place) -> None:
    public_place.guests.invited.add(("t", "ann@example.org"))
    await public_place.register("Ann", invitation="t")
    cookies = cookies_of(await public_place.sign_in("ann@example.org"))
    assert set(cookies) == {access_cookie(PUBLIC), refresh_cookie(PUBLIC)}
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


async def test_under_a_sub_path_cookies_are_sent_there_only(tmp_path: Path) -> None:
    async with open_place(tmp_path, "http://localhost:8000/headway") as place:
        await place.register("Ann")
        cookies = cookies_of(await place.sign_in("ann@example.org"))
        assert {cookie["path"] for cookie in cookies.values()} == {"/headway"}


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(place: Place) -> None:
    await place.register("Ann")
    wrong = await place.sign_in("ann@example.org", "not the password")
    unknown = await place.sign_in("nobody@example.org")
    assert code_of(wrong) == code_of(unknown) == (401, "wrong_credentials")
    assert wrong.json()["detail"] == unknown.json()["detail"]
    assert "set-cookie" not in wrong.headers


async def test_a_password_counts_in_either_spelling_of_unicode(place: Place) -> None:
    await place.register("Ann", password="Gru\u0308n wie die Hoffnung")
    assert (await place.sign_in("ann@example.org", "Gr\u00fcn wie die Hoffnung")).status_code == 200


async def test_an_access_token_ends_after_ten_minutes_and_a_refresh_gives_another(place: Place) -> None:
    ann = await place.register("Ann")
    place.clock.advance(minutes=11)
    assert code_of(await ann.api.get("/users/me")) == (401, "unauthenticated")
    answer = await ann.api.post("/auth/refresh")
    assert answer.json()["user"]["id"] == ann.id
    assert (await ann.api.get("/users/me")).status_code == 200


async def test_a_refresh_token_used_again_at_once_gives_the_same_successor(place: Place) -> None:
    ann = await place.register("Ann")
    first = ann.api.cookies[REFRESH]
    second = cookies_of(await refreshed(place, first))[REFRESH].value
    place.clock.advance(seconds=10)
    third = cookies_of(await refreshed(place, second))[REFRESH].value
    place.clock.advance(seconds=19)
    assert cookies_of(await refreshed(place, first))[REFRESH].value == second
    assert cookies_of(await refreshed(place, second))[REFRESH].value == third
    assert len({first, second, third}) == 3
    assert (await place.browser().get("/users/me", headers={"cookie": f"{REFRESH}={third}"})).status_code == 401


async def test_a_refresh_token_used_again_later_ends_the_whole_family(place: Place) -> None:
    ann = await place.register("Ann")
    first = ann.api.cookies[REFRESH]
    second = cookies_of(await refreshed(place, first))[REFRESH].value
    place.clock.advance(seconds=31)
    assert code_of(await refreshed(place, first)) == (401, "session_ended")
    assert code_of(await refreshed(place, second)) == (401, "session_ended")
    assert (await ann.api.get("/users/me")).status_code == 401


async def test_a_session_ends_after_thirty_days_without_use(place: Place) -> None:
    ann, ben = await place.register("Ann"), await place.register("Ben")
    place.clock.advance(days=29)
    assert (await ann.api.post("/auth/refresh")).status_code == 200
    place.clock.advance(days=2)
    assert (await ann.api.post("/auth/refresh")).status_code == 200
    assert code_of(await ben.api.post("/auth/refresh")) == (401, "session_ended")


@pytest.mark.parametrize("token", ["", "x", "AAAA", "a" * 97, "!", "=" * 8])
async def test_a_forged_refresh_token_is_refused(place: Place, token: str) -> None:
    assert code_of(await refreshed(place, token)) == (401, "session_ended")


FORGERIES: tuple[Callable[[str], str], ...] = (
    lambda token: token[:-3] + "AAA",
    lambda token: "A" + token[1:],
    lambda token: token.rpartition(".")[0] + ".",
    lambda _token: "x.y.z",
)


@pytest.mark.parametrize("forge", FORGERIES, ids=["signature", "header", "unsigned", "nonsense"])
async def test_a_forged_access_token_is_nobodys(place: Place, forge: Callable[[str], str]) -> None:
    ann = await place.register("Ann")
    forged = forge(ann.api.cookies[ACCESS])
    answer = await place.browser().get("/users/me", headers={"cookie": f"{ACCESS}={forged}"})
    assert code_of(answer) == (401, "unauthenticated")


async def test_signing_out_ends_the_session_and_takes_the_cookies_away(place: Place) -> None:
    ann = await place.register("Ann")
    kept = dict(ann.api.cookies)
    answer = await ann.api.post("/auth/logout")
    assert answer.status_code == 204
    assert {cookie["max-age"] for cookie in cookies_of(answer).values()} == {"0"}
    assert not ann.api.cookies
    thief = place.browser()
    thief.cookies.update(kept)
    assert (await thief.get("/users/me")).status_code == 401
    assert (await thief.post("/auth/refresh")).status_code == 401
    assert (await place.browser().post("/auth/logout")).status_code == 204


async def test_signing_out_works_when_the_access_token_has_run_out(place: Place) -> None:
    ann = await place.register("Ann")
    refresh = ann.api.cookies[REFRESH]
    place.clock.advance(minutes=11)
    ann.api.cookies.delete(ACCESS)
    assert (await ann.api.post("/auth/logout")).status_code == 204
    assert code_of(await refreshed(place, refresh)) == (401, "session_ended")


async def test_sessions_are_listed_and_one_of_them_can_be_ended(place: Place) -> None:
    ann = await place.register("Ann")
    elsewhere = await place.again(ann)
    listed = (await ann.api.get("/auth/sessions")).json()["items"]
    assert {each["id"]: each["current"] for each in listed} == {ann.session_id: True, elsewhere.session_id: False}
    assert listed[0]["address"] == "203.0.113.9"
    assert (await ann.api.delete(f"/auth/sessions/{elsewhere.session_id}")).status_code == 204
    assert (await elsewhere.api.get("/users/me")).status_code == 401
    assert (await elsewhere.api.post("/auth/refresh")).status_code == 401
    assert code_of(await ann.api.delete(f"/auth/sessions/{elsewhere.session_id}")) == (404, "not_found")
    assert len((await ann.api.get("/auth/sessions")).json()["items"]) == 1


async def test_all_other_sessions_can_be_ended_at_once(place: Place) -> None:
    ann = await place.register("Ann")
    others = [await place.again(ann), await place.again(ann)]
    assert (await ann.api.delete("/auth/sessions")).status_code == 204
    assert [(await other.api.get("/users/me")).status_code for other in others] == [401, 401]
    assert (await ann.api.get("/users/me")).status_code == 200


async def test_nobody_can_end_a_session_of_somebody_else(place: Place) -> None:
    ann, eve = await place.register("Ann"), await place.register("Eve")
    assert (await eve.api.delete(f"/auth/sessions/{ann.session_id}")).status_code == 404
    assert (await ann.api.get("/users/me")).status_code == 200


async def test_beyond_a_hundred_sessions_the_one_away_longest_ends(place: Place) -> None:
    ann = await place.register("Ann")
    database = place.database

    async def begin(tx: Transaction) -> None:
        for _ in range(100):
            work = Work(tx, account_stream(ann.id), ann.id, place.clock.now())
            await sessions.begin(work, "", "", timedelta(days=30))
            await work.finish()
            place.clock.advance(seconds=1)

    await database.write(begin)
    rows = await database.reader.rows(SESSIONS_OF, user_id=ann.id)
    assert len(rows) == 100
    assert ann.session_id not in {row.id for row in rows}


async def test_an_open_connection_can_ask_whether_its_session_still_stands(place: Place) -> None:
    ann = await place.register("Ann")
    actor = await place.auth.authenticator.authenticate(ann.api.cookies[ACCESS])
    assert actor == Actor(ann.id, ann.session_id, is_admin=True)
    assert await place.auth.authenticator.confirm(actor) is True
    await ann.api.delete(f"/auth/sessions/{ann.session_id}")
    assert await place.auth.authenticator.confirm(actor) is False


@pytest.mark.parametrize("path", ["login", "register", "refresh", "logout"])
async def test_another_site_cannot_sign_anybody_in_or_out(place: Place, path: str) -> None:
    ann = await place.register("Ann")
    body = {"email": "ann@example.org", "password": PASSWORD} if path in ("login", "register") else None
    for header in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        answer = await ann.api.post(f"/auth/{path}", json=body, headers=header)
        assert code_of(answer) == (403, "cross_site")
    assert (await ann.api.get("/users/me")).status_code == 200


async def test_another_site_cannot_change_anything_with_somebodys_cookies(place: Place) -> None:
    ann = await place.register("Ann")
    answer = await ann.api.patch("/users/me", json={"name": "Eve"}, headers={"origin": "https://evil.example"})
    assert code_of(answer) == (403, "cross_site")
    assert (await ann.api.get("/users/me", headers={"sec-fetch-site": "cross-site"})).json()["name"] == "Ann"


async def test_who_means_somebody_else_neither_renews_nor_ends_the_session(place: Place) -> None:
    await place.register("Ann")
    ben = await place.register("Ben")
    browser = place.browser()
    cookies = cookies_of(await place.sign_in("ann@example.org"))
    only_refresh = {"cookie": f"{REFRESH}={cookies[REFRESH].value}", "Headway-Person": ben.id}

    for path in ("/auth/refresh", "/auth/logout"):
        assert code_of(await browser.post(path, headers=only_refresh)) == (409, "other_person")
    assert (await refreshed(place, cookies[REFRESH].value)).status_code == 200
