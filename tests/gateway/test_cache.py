"""Kept answers: given again while they are true, to whom they belong, and not a moment longer."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import httpx
import pytest

from headway.changes.contracts import Stream
from headway.changes.feed import Feed
from headway.changes.log import advance
from headway.gateway.asgi import Answer
from headway.gateway.cache import AnswerCache
from headway.gateway.exchange import Exchange
from headway.gateway.options import GatewayOptions
from headway.gateway.versions import Versions
from headway.platform.actor import Actor
from headway.platform.db.port import Transaction
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.web.routes import Dependency
from tests.gateway.conftest import ADA, Edge, Start
from tests.gateway.notes import DAY_ENDS

PATH = "/api/v1/notes"


async def hits(edge: Edge, request: Callable[[], Coroutine[Any, Any, httpx.Response]]) -> tuple[int, httpx.Response]:
    """How many answers of the cache a request took, and the answer. Any: httpx's own coroutine."""
    before = await edge.measured("cache_hits")
    answer = await request()
    return int(await edge.measured("cache_hits") - before), answer


async def test_a_repeated_read_is_answered_from_the_cache_with_the_same_bytes(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        await ada.post(PATH, json={"title": "Milk"})
        first = await ada.get(PATH)
        count, again = await hits(edge, lambda: ada.get(PATH))
        assert (count, again.content, again.headers["etag"]) == (1, first.content, first.headers["etag"])
        count, same = await hits(edge, lambda: ada.get(PATH, headers={"If-None-Match": first.headers["etag"]}))
        assert (count, same.status_code, same.content) == (1, 304, b"")
        count, head = await hits(edge, lambda: ada.head(PATH))
        assert (count, head.content, head.headers["content-length"]) == (1, b"", str(len(first.content)))


async def test_a_write_shows_at_once(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        for number in range(5):
            assert len((await ada.get(PATH)).json()["items"]) == number
            assert len((await ada.get(PATH)).json()["items"]) == number
            await ada.post(PATH, json={"title": "Milk"})


async def test_nobody_is_given_what_was_kept_for_another(edge: Edge) -> None:
    async with edge.client("ada") as ada, edge.client("ben") as ben, edge.client() as nobody:
        await ada.post(PATH, json={"title": "Milk"})
        await ada.get(PATH)
        count, answer = await hits(edge, lambda: ben.get(PATH))
        assert (count, answer.json()["items"]) == (0, [])
        count, answer = await hits(edge, lambda: nobody.get(PATH))
        assert (count, answer.status_code) == (0, 401)
        edge.tokens.actors["ada-writes"] = Actor(ADA, "ada-writes", frozenset({"write"}))
        async with edge.client("ada-writes") as writes:
            count, answer = await hits(edge, lambda: writes.get(PATH))
            assert (count, answer.status_code) == (0, 403)
        del edge.tokens.actors["ada"]
        count, answer = await hits(edge, lambda: ada.get(PATH))
        assert (count, answer.status_code) == (0, 401)


async def test_another_query_is_another_answer(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        for title in ("Milk", "Bread", "Salt"):
            await ada.post(PATH, json={"title": title})
        assert len((await ada.get(PATH + "?limit=3")).json()["items"]) == 3
        count, answer = await hits(edge, lambda: ada.get(PATH + "?limit=2"))
        assert (count, len(answer.json()["items"])) == (0, 2)


async def test_time_ends_what_time_changes(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        await ada.get(PATH)
        edge.clock.at = DAY_ENDS - timedelta(microseconds=1)
        assert (await hits(edge, lambda: ada.get(PATH)))[0] == 1
        edge.clock.at = DAY_ENDS
        assert (await hits(edge, lambda: ada.get(PATH)))[0] == 0


async def test_what_a_person_may_see_ends_the_answers_that_followed_from_it(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        await ada.get(PATH)
        edge.feed.publish([(f"access:{ADA}", 1)])
        assert (await hits(edge, lambda: ada.get(PATH)))[0] == 0


async def test_a_read_may_ask_not_to_be_kept(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        await ada.get(PATH + "?limit=1")
        assert (await hits(edge, lambda: ada.get(PATH + "?limit=1")))[0] == 0


@pytest.mark.parametrize(
    ("seen", "count"),
    [
        (f"profile:{ADA}=1", 1),
        (f"profile:{ADA}=1, workspace:{ADA}=0", 1),
        (f"profile:{ADA}=2", 0),
        (f"profile:{ADA}=1,inbox:{ADA}=1", 0),
        ("rubbish", 0),
        (f"profile:{ADA}={'9' * 5000}", 0),
    ],
)
async def test_a_client_that_has_seen_more_is_not_answered_from_before(edge: Edge, seen: str, count: int) -> None:
    async with edge.client("ada") as ada:
        await ada.post(PATH, json={"title": "Milk"})
        await ada.get(PATH)
        assert (await hits(edge, lambda: ada.get(PATH, headers={"Headway-Seen": seen})))[0] == count


async def test_memory_is_bounded_and_the_least_recently_used_answer_goes_first(start: Start) -> None:
    edge = await start(GatewayOptions(rate_limit=None, cache_bytes=4000))
    async with edge.client("ada") as ada:
        for limit in (10, 11, 12, 10, 13):
            await ada.get(f"{PATH}?limit={limit}")
        assert await edge.measured("cache_bytes") <= 4000
        assert (await hits(edge, lambda: ada.get(f"{PATH}?limit=11")))[0] == 0
        assert (await hits(edge, lambda: ada.get(f"{PATH}?limit=13")))[0] == 1


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes write to the database too, as to that of a server."""
    monkeypatch.setattr(SqliteDatabase, "is_alone", False)


class Ticks:
    """Seconds that a test moves."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.usefixtures("shared")
async def test_what_another_process_writes_is_found_by_polling(edge: Edge) -> None:
    feed, ticks = Feed(), Ticks()
    versions = Versions(edge.database, feed, ticks)
    assert not versions.reliable()
    await versions.poll()
    assert versions.reliable()

    async def write(tx: Transaction) -> None:
        await advance(tx, Stream("profile", ADA), 3)

    await edge.database.write(write)
    assert f"profile:{ADA}" not in feed.versions
    await versions.poll()
    assert feed.versions[f"profile:{ADA}"] == 3


@pytest.mark.usefixtures("shared")
async def test_nothing_kept_is_given_while_versions_cannot_be_relied_upon(edge: Edge) -> None:
    ticks = Ticks()
    versions = Versions(edge.database, Feed(), ticks)
    await versions.poll()
    cache = AnswerCache(versions, edge.clock, 10_000)
    asked = Exchange("r", "GET", head=False, path=PATH, query=b"", address="", headers={}, actor=Actor(ADA, "ada"))
    answer = Answer(200, b"[]", ())
    cache.keep(asked, answer, cache.basis(cache.access_version(ADA), ADA, Dependency((f"profile:{ADA}",))))
    assert cache.find(asked) is answer

    ticks.seconds += 1
    assert cache.find(asked) is None

    await versions.poll()
    assert cache.find(asked) is answer


@pytest.mark.usefixtures("shared")
async def test_versions_are_not_relied_upon_while_polling_fails(edge: Edge) -> None:
    ticks = Ticks()
    versions = Versions(edge.database, Feed(), ticks)
    await versions.poll()
    ticks.seconds += 0.9
    assert versions.reliable()
    ticks.seconds += 0.1
    assert not versions.reliable()
    await versions.poll()
    assert versions.reliable()


async def test_where_nobody_else_writes_a_late_poll_is_no_reason_for_doubt(edge: Edge) -> None:
    ticks = Ticks()
    versions = Versions(edge.database, Feed(), ticks)
    assert not versions.reliable()
    await versions.poll()
    ticks.seconds += 60
    assert versions.reliable()


async def test_what_streams_had_reached_before_the_start_is_news_to_nobody(edge: Edge) -> None:
    async def write(tx: Transaction) -> None:
        await advance(tx, Stream("profile", ADA), 3)

    await edge.database.write(write)
    feed, heard = Feed(), []
    feed.subscribe_all(lambda stream, version: heard.append((stream, version)))
    versions = Versions(edge.database, feed)
    await versions.poll()
    assert (feed.versions[f"profile:{ADA}"], heard) == (3, [])

    await edge.database.write(write)
    await versions.poll()
    assert heard == [(f"profile:{ADA}", 6)]
