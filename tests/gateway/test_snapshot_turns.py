"""One person cannot keep the server busy with snapshots."""

from collections.abc import AsyncGenerator

import pytest

from headway.gateway.options import GatewayOptions
from headway.gateway.sync.cursor import Cursor
from headway.gateway.sync.route import SyncQuery, sync_route
from headway.gateway.visibility import Sources
from headway.platform.actor import Actor
from headway.platform.problems import TooMany
from headway.platform.web.routes import Asked
from tests.gateway.conftest import ADA, BEN, Start
from tests.gateway.world import OFFICE, SCOPES, World, entry, tell

pytestmark = pytest.mark.anyio


class Syncing:
    """The route, asked without a server, so that an answer can be left half read."""

    def __init__(self, edge_database: object, world: World) -> None:
        self._route = sync_route(edge_database, Sources.of([world.module()]))  # type: ignore[arg-type]  # a Database

    async def ask(self, person: str = ADA, cursor: str | None = None) -> AsyncGenerator[bytes]:
        reply = await self._route.act(Asked(Actor(person), {}, {}, "203.0.113.9"), SyncQuery(cursor))
        lines = reply.body
        assert isinstance(lines, AsyncGenerator)
        return lines


@pytest.fixture
async def syncing(start: Start) -> Syncing:
    world = World({ADA: {OFFICE: frozenset(SCOPES)}, BEN: {OFFICE: frozenset(SCOPES)}})
    edge = await start(GatewayOptions(rate_limit=None), modules=[world.module()])
    await tell(edge.database, OFFICE, entry("create", SCOPES[0], BEN, 1))
    return Syncing(edge.database, world)


async def test_a_third_snapshot_of_a_person_waits_for_one_of_the_others(syncing: Syncing) -> None:
    first, second = await syncing.ask(), await syncing.ask()
    with pytest.raises(TooMany) as refused:
        await syncing.ask()
    assert refused.value.code == "too_many_snapshots"
    assert int(refused.value.headers["Retry-After"]) > 0
    await (await syncing.ask(BEN)).aclose()

    assert [line async for line in first]
    third = await syncing.ask()
    await anext(second)
    await second.aclose()  # its client has gone
    fourth = await syncing.ask()
    del third  # never begun: its client had gone before
    fifth = await syncing.ask()
    await fourth.aclose()
    await fifth.aclose()


async def test_going_on_from_a_cursor_is_no_snapshot(syncing: Syncing) -> None:
    lines = [line async for line in await syncing.ask()]
    cursor = Cursor(ADA).encode()
    assert b'"type":"end"' in lines[-1]
    held = lines[-1].split(b'"cursor":"')[1].split(b'"')[0].decode()
    deltas = [await syncing.ask(cursor=held) for _ in range(5)]
    for each in deltas:
        await each.aclose()
    assert cursor != held


async def test_a_cursor_that_cannot_be_continued_counts_as_a_snapshot(syncing: Syncing) -> None:
    foreign = Cursor(BEN).encode()
    under_way = [await syncing.ask(cursor=foreign) for _ in range(2)]
    with pytest.raises(TooMany):
        await syncing.ask(cursor=foreign)
    assert len(under_way) == 2
