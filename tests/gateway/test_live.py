"""/events: news as they happen, to those who may see them, for as long as they may."""

import random
from typing import Any

import pytest

from headway.changes.contracts import Stream
from headway.gateway.live.connection import QUEUE_BYTES
from headway.gateway.options import GatewayOptions
from headway.platform.ids import new_id
from tests.gateway.conftest import ADA, BEN, Edge, Start
from tests.gateway.listening import listening
from tests.gateway.test_sync import Scene
from tests.gateway.world import GARDEN, OFFICE, SCOPES, Author, Replica, World, entry

EVERYONE, PLAN, HIRING = SCOPES


@pytest.fixture
async def scene(start: Start) -> Scene:
    sight = {
        ADA: {OFFICE: frozenset({EVERYONE, PLAN}), Stream("access", ADA): frozenset({f"person:{ADA}"})},
        BEN: {OFFICE: frozenset({EVERYONE}), Stream("access", BEN): frozenset({f"person:{BEN}"})},
    }
    world = World(sight)
    return Scene(await start(GatewayOptions(rate_limit=None), modules=[world.module()]), world)


async def test_hello_tells_the_versions_and_each_commit_follows_to_those_who_may_see_it(scene: Scene) -> None:
    await scene.tell(entry("create", PLAN, new_id(), 1, title="Milk"))
    async with listening(scene.edge) as ada, listening(scene.edge, "ben") as ben:
        hello = await ada.event()
        assert (hello.name, hello.data) == ("hello", {"streams": {f"access:{ADA}": 0, str(OFFICE): 1}})
        await ben.event()
        await scene.tell(entry("create", PLAN, new_id(), 1, title="Bread"), entry("create", EVERYONE, new_id(), 1))
        told, hidden = await ada.event(), await ben.event()
        for event in (told, hidden):
            assert event.name == "changes"
            assert (event.data["stream"], event.data["from"], event.data["to"]) == (str(OFFICE), 1, 3)
        assert [each["scope"] for each in told.data["entries"]] == [PLAN, EVERYONE]
        assert [each["scope"] for each in hidden.data["entries"]] == [EVERYONE]
        assert told.data["entries"][0]["version"] == 2


async def test_nobody_may_not_listen(edge: Edge) -> None:
    async with edge.client() as nobody, edge.client("ada") as ada:
        assert (await nobody.get("/api/v1/events")).status_code == 401
        assert (await ada.post("/api/v1/events", json={})).status_code == 405
        assert (await ada.head("/api/v1/events")).status_code == 405
        assert (await ada.get("/api/v1/events?cursor=rubbish")).status_code == 400
        assert (await ada.get("/api/v1/events?unknown=1")).status_code == 400


async def test_a_listener_who_loses_sight_is_told_to_sync_before_anything_else(scene: Scene) -> None:
    async with listening(scene.edge) as ada:
        await ada.event()
        scene.world.sight[ADA] = {OFFICE: frozenset({EVERYONE})}
        await scene.tell(
            entry("delete", EVERYONE, new_id(), 2, kind="project_member"), entry("create", PLAN, new_id(), 1, title="x")
        )
        assert (await ada.event()).name == "resync"
        await scene.tell(entry("create", PLAN, new_id(), 1), entry("create", EVERYONE, new_id(), 1))
        assert [each["scope"] for each in (await ada.event()).data["entries"]] == [EVERYONE]


async def test_a_listener_who_loses_a_stream_hears_no_more_of_it(scene: Scene) -> None:
    async with listening(scene.edge, "ben") as ben:
        await ben.event()
        scene.world.sight[BEN] = {Stream("access", BEN): frozenset({f"person:{BEN}"})}
        await scene.tell(entry("delete", EVERYONE, BEN, 2, kind="member"))
        assert (await ben.event()).name == "resync"
        await scene.tell(entry("create", EVERYONE, new_id(), 1, title="x"))
        await scene.tell(entry("update", f"person:{BEN}", new_id(), 2, kind="scope"), stream=Stream("access", BEN))
        assert (await ben.event()).data["stream"] == f"access:{BEN}"


async def test_a_listener_who_joins_a_workspace_hears_of_it_from_then_on(scene: Scene) -> None:
    async with listening(scene.edge, "ben") as ben:
        await ben.event()
        scene.world.sight[BEN] |= {GARDEN: frozenset({EVERYONE})}
        grant = entry("enter", f"person:{BEN}", new_id(), 1, kind="scope", level="member")
        await scene.tell(grant, stream=Stream("access", BEN))
        assert (await ben.event()).name == "resync"
        await scene.tell(entry("create", EVERYONE, new_id(), 1), stream=GARDEN)
        assert (await ben.event()).data["stream"] == str(GARDEN)


async def test_a_new_project_needs_no_sync(scene: Scene) -> None:
    project = new_id()
    async with listening(scene.edge) as ada:
        await ada.event()
        scene.world.sight[ADA] = {**scene.world.sight[ADA], OFFICE: frozenset({EVERYONE, PLAN, f"project:{project}"})}
        await scene.tell(entry("create", f"project:{project}", project, 1, kind="project", title="Move"))
        event = await ada.event()
        assert (event.name, event.data["entries"][0]["fields"]) == ("changes", {"title": "Move"})


async def test_a_client_that_reconnects_is_told_what_it_has_missed(scene: Scene) -> None:
    async with listening(scene.edge) as ada:
        await ada.event()
        await scene.tell(entry("create", PLAN, new_id(), 1, title="seen"))
        seen = await ada.event()
        async with listening(scene.edge, "ben") as ben:  # somebody listens on, so that the hub hears what happens
            await ben.event()
            ada.gone.set()
            await ada.end()
            await scene.tell(entry("create", PLAN, new_id(), 1, title="missed"))
            await ben.event()
            async with listening(scene.edge, last=seen.id) as again:
                hello, missed = await again.event(), await again.event()
                assert hello.data["streams"][str(OFFICE)] == 1
                assert [each["fields"]["title"] for each in missed.data["entries"]] == ["missed"]


@pytest.mark.parametrize("last", ["", "rubbish", "x.1", "{boot}.999", "{boot}.-1", "{boot}.²", "{boot}." + "9" * 5000])
async def test_a_client_whose_place_nobody_knows_is_told_to_sync(scene: Scene, last: str) -> None:
    async with listening(scene.edge) as ada:
        boot = ((await ada.event()).id or "").partition(".")[0]
    async with listening(scene.edge, last=last.replace("{boot}", boot)) as again:
        assert [(await again.event()).name, (await again.event()).name] == ["hello", "resync"]


async def test_a_cursor_of_sync_is_continued_without_a_gap(scene: Scene) -> None:
    replica = Replica()
    await scene.sync(replica)
    await scene.tell(entry("create", PLAN, new_id(), 1, title="since"))
    async with listening(scene.edge, query=f"cursor={replica.cursor}") as ada:
        assert (await ada.event()).data["streams"][str(OFFICE)] == 0
        for told in (await ada.event()).data["entries"]:
            replica.change(told)
    assert replica.objects == await scene.shown(ADA)
    scene.world.sight[ADA] = {OFFICE: frozenset({EVERYONE})}
    async with listening(scene.edge, query=f"cursor={replica.cursor}") as ada:
        assert [(await ada.event()).name, (await ada.event()).name] == ["hello", "resync"]


async def test_a_stream_ends_with_its_session(scene: Scene) -> None:
    async with listening(scene.edge) as ada, listening(scene.edge, "ben") as ben:
        await ada.event()
        await ben.event()
        gone = scene.edge.tokens.actors.pop("ada")
        assert gone.user_id is not None
        await scene.tell(entry("delete", f"person:{ADA}", new_id(), 2, kind="session"), stream=Stream("account", ADA))
        await ada.end()
        await scene.tell(entry("create", EVERYONE, new_id(), 1))
        assert (await ben.event()).name == "changes"


async def test_all_streams_end_when_the_server_stops_and_none_begins(scene: Scene) -> None:
    async with listening(scene.edge) as ada:
        await ada.event()
        await scene.edge.app.stop()
        await ada.end()
    async with scene.edge.client("ada") as late:
        assert (await late.get("/api/v1/events")).status_code == 503


async def test_a_client_that_hangs_up_is_forgotten(scene: Scene) -> None:
    async with listening(scene.edge) as ada:
        await ada.event()
        assert await scene.edge.measured("live_connections") == 1
    assert await scene.edge.measured("live_connections") == 0


async def test_a_slow_client_is_told_to_sync_and_takes_no_memory_meanwhile(scene: Scene) -> None:
    async with listening(scene.edge) as slow, listening(scene.edge, "ben") as quick:
        await slow.event()
        await quick.event()
        slow.reading.clear()
        for _ in range(12):
            await scene.tell(entry("create", EVERYONE, new_id(), 1, title="x" * (QUEUE_BYTES // 8)))
            await quick.event()
        slow.reading.set()
        names = [(await slow.event()).name]
        while names[-1] != "resync":
            names.append((await slow.event()).name)
        assert len(names) < 5
        await scene.tell(entry("create", EVERYONE, new_id(), 1, title="short"))
        assert (await slow.event()).data["entries"][0]["fields"] == {"title": "short"}


async def test_one_person_cannot_take_all_connections(scene: Scene) -> None:
    async with scene.edge.client("ada") as ada:
        streams = [listening(scene.edge) for _ in range(32)]
        for each in streams:
            await each.__aenter__()
        assert (await ada.get("/api/v1/events")).status_code == 429
        for each in streams:
            await each.__aexit__(None, None, None)
    async with listening(scene.edge) as again:
        assert (await again.event()).name == "hello"


@pytest.mark.parametrize("seed", range(8))
async def test_a_client_that_follows_holds_what_a_fresh_snapshot_shows(scene: Scene, seed: int) -> None:
    """It starts with hello and a sync, applies changes, and syncs when told to or when versions leave a gap."""
    dice = random.Random(seed)
    author = Author(dice)
    replica = Replica()
    async with listening(scene.edge) as ada:
        follower = _Follower(scene, replica)
        await follower.take(await ada.event())
        for _ in range(60):
            if dice.random() < 0.2:
                scopes = frozenset({EVERYONE, *dice.sample(SCOPES, 2)})
                scene.world.sight[ADA] = {**scene.world.sight[ADA], OFFICE: scopes}
                await scene.tell(entry("create", EVERYONE, new_id(), 1, kind="project_member"))
            await scene.tell(*author.act(OFFICE))
            last = await scene.tell(*author.act(OFFICE))
            while follower.version < last:
                await follower.take(await ada.event())
            assert replica.objects == await scene.shown(ADA)


class _Follower:
    """What the web client does with events."""

    def __init__(self, scene: Scene, replica: Replica) -> None:
        self._scene = scene
        self._replica = replica
        self.version = 0

    async def take(self, event: Any) -> None:  # Any: an Event
        if event.name != "changes":
            await self._scene.sync(self._replica)
            self.version = self._replica.versions[str(OFFICE)]
            return
        if event.data["stream"] != str(OFFICE) or event.data["to"] <= self.version:
            return
        assert event.data["from"] <= self.version, "a gap that nobody told of"
        for told in event.data["entries"]:
            self._replica.change(told)
        self.version = event.data["to"]
