"""Redis: exact together, and done without while it is away."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from headway.platform import background
from headway.platform.db.port import News
from headway.platform.redis.moving_window import SharedWindow
from headway.platform.redis.news import NewsChannel
from headway.platform.redis.server import RedisAway, RedisServer
from tests.support.redis import RedisServer as Program
from tests.support.redis import running_redis

PATIENCE = 60.0


@pytest.fixture
def program() -> Iterator[Program]:
    with running_redis() as running:
        yield running


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - a connection tells nobody of its state
            await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def connected(program: Program, prefix: str = "test") -> AsyncIterator[RedisServer]:
    server = RedisServer(program.url, prefix)
    window = SharedWindow(server, "known-scripts", 1, 1)  # its script is to be there from the first connection on
    assert window
    running = background.start(server.run, "redis")
    try:
        await until(lambda: server.is_there)
        yield server
    finally:
        await background.end([running])


@contextlib.asynccontextmanager
async def channel(server: RedisServer, heard: list[tuple[str, int]]) -> AsyncIterator[NewsChannel]:
    joined = asyncio.Event()

    async def join() -> None:
        joined.set()

    def hear(news: News) -> None:
        heard.extend(news)

    made = NewsChannel(server, hear, join)
    running = background.start(made.run, "news")
    try:
        async with asyncio.timeout(PATIENCE):
            await joined.wait()
        yield made
    finally:
        await background.end([running])


async def test_what_is_asked_at_once_is_answered_each_with_its_own(program: Program) -> None:
    async with connected(program) as server:
        answers = await asyncio.gather(*(server.ask("ECHO", str(number)) for number in range(100)))
        assert answers == [str(number).encode() for number in range(100)]


async def test_a_window_counts_all_instances_together_exactly(program: Program) -> None:
    async with connected(program) as one, connected(program) as two, connected(program, "other") as other:
        windows = [SharedWindow(server, "people", 10, 60) for server in (one, two)]
        counts = await asyncio.gather(*(windows[number % 2].hit("ada") for number in range(50)))
        assert sum(count.allowed for count in counts) == 10
        assert sorted(count.remaining for count in counts if count.allowed) == list(range(10))
        assert all(0 < count.reset <= 60 for count in counts)
        assert (await windows[0].hit("ben")).remaining == 9
        assert (await SharedWindow(other, "people", 10, 60).hit("ada")).remaining == 9  # another installation

        allowed = next(count for count in counts if count.allowed)
        await windows[0].take_back("ada", allowed)
        assert (await windows[1].hit("ada")).allowed
        assert not (await windows[1].hit("ada")).allowed
        await windows[1].forget("ada")
        assert (await windows[0].hit("ada")).allowed


async def test_hits_leave_the_window_when_their_time_is_over(program: Program) -> None:
    async with connected(program) as server:
        window = SharedWindow(server, "people", 1, 1)
        assert (await window.hit("ada")).allowed
        async with asyncio.timeout(PATIENCE):
            while not (await window.hit("ada")).allowed:
                pass


async def test_while_redis_is_away_each_counts_for_itself_and_then_together_again(program: Program) -> None:
    async with connected(program) as server:
        window = SharedWindow(server, "people", 1, 60)
        program.kill()
        assert (await window.hit("ada")).allowed
        assert not (await window.hit("ada")).allowed
        with pytest.raises(RedisAway):
            await server.ask("PING")
        program.start()
        await until(lambda: server.is_there)
        assert (await window.hit("ada")).allowed  # Redis has forgotten
        assert not (await window.hit("ada")).allowed


async def test_a_redis_that_has_forgotten_the_scripts_is_told_them_anew(program: Program) -> None:
    async with connected(program) as server:
        window = SharedWindow(server, "people", 1, 60)
        await server.ask("SCRIPT", "FLUSH")
        await window.hit("ada")
        await until(lambda: server.is_there)
        assert (await window.hit("ada")).remaining == 0


async def test_news_reach_the_others_and_not_oneself_and_again_after_an_outage(program: Program) -> None:
    heard_one: list[tuple[str, int]] = []
    heard_two: list[tuple[str, int]] = []
    async with (
        connected(program) as first,
        connected(program) as second,
        channel(first, heard_one) as one,
        channel(second, heard_two) as two,
    ):
        one.tell([("workspace:a", 1), ("jobs", 0)])
        await until(lambda: heard_two == [("workspace:a", 1), ("jobs", 0)])

        program.kill()
        one.tell([("workspace:a", 2)])  # lost: polling finds it
        program.start()

        async with asyncio.timeout(PATIENCE):
            while ("workspace:a", 3) not in heard_one:
                two.tell([("workspace:a", 3)])  # as often as it takes until both have come back
                await asyncio.sleep(0)
        assert ("workspace:a", 1) not in heard_one
