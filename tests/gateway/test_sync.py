"""/sync: clients that come and go hold what a fresh snapshot shows, and never anything that they may not see."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import delete

from headway.changes.contracts import Stream
from headway.changes.schema import changes
from headway.gateway.options import GatewayOptions
from headway.gateway.sync.cursor import LENGTH, Cursor, Held, Resume, digest_of
from headway.gateway.sync.reading import PAGE
from headway.platform.db.port import Transaction
from headway.platform.db.statement import command
from headway.platform.ids import new_id
from headway.platform.problems import Invalid
from tests.gateway.conftest import ADA, BEN, Edge, Start
from tests.gateway.world import GARDEN, OFFICE, SCOPES, Author, Replica, World, entry, expected, folded, tell

EVERYONE, PLAN, HIRING = SCOPES
PATH = "/api/v1/sync"


@dataclass
class Scene:
    """A gateway over a world."""

    edge: Edge
    world: World

    async def sync(self, replica: Replica, person: str = "ada") -> httpx.Response:
        """Bring a client up to date."""
        async with self.edge.client(person) as client:
            query = {} if replica.cursor is None else {"cursor": replica.cursor}
            answer = await client.get(PATH, params=query)
        assert answer.status_code == 200, answer.text
        replica.apply(answer.content)
        return answer

    async def shown(self, person: str) -> dict[str, Any]:
        """What that person's client should hold. Any: see Replica."""
        reader = self.edge.database.reader
        objects = [(stream, await folded(reader, stream)) for stream in (OFFICE, GARDEN)]
        return expected(objects, self.world.sight[person])

    async def tell(self, *entries: Any, stream: Stream = OFFICE) -> int:
        return await tell(self.edge.database, stream, *entries)


@pytest.fixture
async def scene(start: Start) -> Scene:
    world = World({ADA: {OFFICE: frozenset({EVERYONE, PLAN})}, BEN: {}})
    return Scene(await start(GatewayOptions(rate_limit=None), modules=[world.module()]), world)


def lines_of(answer: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(text) for text in answer.content.splitlines()]


async def test_a_first_sync_is_a_snapshot_and_the_next_only_what_happened_since(scene: Scene) -> None:
    await scene.tell(entry("create", PLAN, "a" * 8 + new_id()[8:], 1, title="Milk"))
    secret = entry("create", HIRING, new_id(), 1, title="Hire Eve")
    await scene.tell(secret)
    replica = Replica()
    first = await scene.sync(replica)
    assert first.headers["content-type"] == "application/x-ndjson"
    assert [line["type"] for line in lines_of(first)] == ["begin", "object", "end"]
    assert lines_of(first)[0]["streams"] == {str(OFFICE): 2}
    assert "Hire" not in first.text

    nothing = await scene.sync(replica)
    assert [line["type"] for line in lines_of(nothing)] == ["end"]

    await scene.tell(entry("create", PLAN, new_id(), 1, title="Bread"), entry("update", HIRING, secret.entry.id, 2))
    second = lines_of(await scene.sync(replica))
    assert [(line["type"], line.get("fields")) for line in second[:-1]] == [("entry", {"title": "Bread"})]
    assert replica.objects == await scene.shown(ADA)


async def test_what_becomes_visible_comes_whole_and_what_no_longer_is_is_left(scene: Scene) -> None:
    await scene.tell(entry("create", HIRING, new_id(), 1, title="Hire Eve"), entry("create", PLAN, new_id(), 1))
    replica = Replica()
    await scene.sync(replica)
    scene.world.sight[ADA] = {OFFICE: frozenset({EVERYONE, HIRING})}
    changed = lines_of(await scene.sync(replica))
    assert [(line["type"], line.get("scope")) for line in changed[:-1]] == [("leave", PLAN), ("object", HIRING)]
    assert replica.objects == await scene.shown(ADA)
    scene.world.sight[ADA] = {}
    gone = lines_of(await scene.sync(replica))
    assert [(line["type"], line.get("scope")) for line in gone[:-1]] == [("leave", EVERYONE), ("leave", HIRING)]
    assert replica.objects == {}


async def test_a_made_up_cursor_that_goes_on_in_a_stream_out_of_sight_begins_anew(scene: Scene) -> None:
    await scene.tell(entry("create", PLAN, new_id(), 1, title="Bread"))
    stream = Stream("workspace", new_id())
    cursor = Cursor(ADA, {}, Resume(stream, 0, digest_of(frozenset()), "")).encode()
    lines = lines_of(await scene.sync(Replica(cursor=cursor)))
    assert (lines[0]["type"], lines[-1]["type"]) == ("reset", "end")


async def test_a_snapshot_that_breaks_off_goes_on_from_its_last_progress(scene: Scene) -> None:
    ids = sorted(new_id() for _ in range(2 * PAGE + 10))
    await scene.tell(*(entry("create", PLAN, id_, 1, title="x") for id_ in ids))
    whole = Replica()
    lines = lines_of(await scene.sync(whole))
    progress = [index for index, line in enumerate(lines) if line["type"] == "progress"]
    assert len(progress) == 2
    broken = Replica()
    for line in lines[: progress[0] + 7]:
        broken.take(line)
    await scene.tell(entry("update", PLAN, ids[0], 2, title="y"), entry("delete", PLAN, ids[-1], 2))
    rest = lines_of(await scene.sync(broken))
    assert sum(line["type"] == "object" for line in rest) == len(ids) - PAGE - 1
    assert broken.objects == await scene.shown(ADA)


async def test_a_snapshot_that_breaks_off_starts_anew_when_other_things_are_visible_then(scene: Scene) -> None:
    await scene.tell(*(entry("create", PLAN, new_id(), 1) for _ in range(PAGE + 1)))
    lines = lines_of(await scene.sync(Replica()))
    broken = Replica()
    for line in lines[: PAGE + 2]:
        broken.take(line)
    scene.world.sight[ADA] = {OFFICE: frozenset({EVERYONE, HIRING})}
    rest = lines_of(await scene.sync(broken))
    assert rest[0]["type"] == "reset"
    assert broken.objects == {}


async def test_a_long_absence_is_made_up_for_in_steps(scene: Scene) -> None:
    replica = Replica()
    await scene.sync(replica)
    await scene.tell(*(entry("create", PLAN, new_id(), 1) for _ in range(PAGE + 1)))
    lines = lines_of(await scene.sync(replica))
    assert [line["type"] for line in lines].count("progress") == 1
    assert replica.objects == await scene.shown(ADA)


async def test_a_cursor_older_than_the_log_gets_a_snapshot(scene: Scene) -> None:
    await scene.tell(entry("create", PLAN, new_id(), 1, title="Milk"))
    replica = Replica()
    await scene.sync(replica)
    await scene.tell(entry("create", PLAN, new_id(), 1, title="Bread"))
    await scene.tell(entry("create", PLAN, new_id(), 1, title="Salt"))

    async def compact(tx: Transaction) -> None:
        await tx.execute(command(delete(changes).where(changes.c.version <= 2)))

    await scene.edge.database.write(compact)
    assert lines_of(await scene.sync(replica))[0]["type"] == "reset"


async def test_a_cursor_of_another_person_or_another_life_of_the_database_starts_anew(scene: Scene) -> None:
    await scene.tell(entry("create", PLAN, new_id(), 1))
    replica = Replica()
    await scene.sync(replica)
    assert lines_of(await scene.sync(replica, "ben"))[0]["type"] == "reset"
    ahead = Replica(cursor=Cursor(ADA, {OFFICE: Held.of(99, frozenset({EVERYONE, PLAN}))}).encode())
    assert lines_of(await scene.sync(ahead))[0]["type"] == "reset"


async def test_a_cursor_that_claims_more_than_was_sent_gains_nothing(scene: Scene) -> None:
    await scene.tell(entry("create", HIRING, new_id(), 1, title="Hire Eve"))
    claims = Cursor(ADA, {OFFICE: Held.of(0, frozenset({HIRING, "admins"})), GARDEN: Held.of(0, frozenset({PLAN}))})
    answer = await scene.sync(Replica(cursor=claims.encode()))
    assert lines_of(answer)[-1]["type"] == "end"
    assert "Eve" not in answer.text


@pytest.mark.parametrize("cursor", ["x", "", "%", "é", "A" * 400, "A" * 7000, "gaNub3BlkKA", "null", "AAAA=", "\x00"])
async def test_what_is_no_cursor_is_refused(scene: Scene, cursor: str) -> None:
    async with scene.edge.client("ada") as ada:
        answer = await ada.get(PATH, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "cursor")


async def test_any_damage_to_a_cursor_is_noticed_or_harmless(scene: Scene) -> None:
    await scene.tell(entry("create", HIRING, new_id(), 1, title="Hire Eve"))
    replica = Replica()
    await scene.sync(replica)
    assert replica.cursor is not None
    dice = random.Random(7)
    for _ in range(300):
        place = dice.randrange(len(replica.cursor))
        damaged = replica.cursor[:place] + dice.choice("Aa0-_zZ9") + replica.cursor[place + 1 :]
        async with scene.edge.client("ada") as ada:
            answer = await ada.get(PATH, params={"cursor": damaged})
        assert answer.status_code in (200, 400)
        assert "Eve" not in answer.text


def test_cursors_of_people_with_hundreds_of_projects_stay_short() -> None:
    scopes = frozenset({EVERYONE, *(f"project:{new_id()}" for _ in range(400))})
    cursor = Cursor.decode(Cursor(ADA, {OFFICE: Held.of(7, scopes)}).encode())
    assert len(cursor.encode()) < LENGTH
    held = cursor.held[OFFICE]
    assert (held.version, held.among(scopes), held.among(scopes - {EVERYONE})) == (7, scopes, None)


def test_cursors_survive_the_journey() -> None:
    held = {OFFICE: Held.of(7, frozenset({*SCOPES, "admins", f"person:{ADA}", "odd:thing", "project:x"}))}
    cursor = Cursor(ADA, held)
    assert Cursor.decode(cursor.encode()) == cursor
    with pytest.raises(Invalid):
        Cursor.decode(cursor.encode()[:-2])


@pytest.mark.parametrize("seed", range(20))
async def test_clients_converge_whatever_happens_and_never_see_more_than_they_may(scene: Scene, seed: int) -> None:
    dice = random.Random(seed)
    author = Author(dice)
    replicas = {ADA: [Replica(), Replica()], BEN: [Replica()]}
    tokens = {ADA: "ada", BEN: "ben"}
    for _ in range(120):
        match dice.randrange(8):
            case 0:
                person = dice.choice([ADA, BEN])
                streams = [stream for stream in (OFFICE, GARDEN) if dice.random() < 0.8]
                some = {stream: frozenset(dice.sample(SCOPES, dice.randrange(1, 4))) for stream in streams}
                scene.world.sight[person] = some
            case 1 | 2:
                person = dice.choice([ADA, BEN])
                replica = dice.choice(replicas[person])
                replica.seen.clear()
                await scene.sync(replica, tokens[person])
                allowed = scene.world.sight[person]
                told = {(str(stream), scope) for stream, scopes in allowed.items() for scope in scopes}
                assert set(replica.seen) <= told
                assert replica.objects == await scene.shown(person)
            case _:
                stream = dice.choice([OFFICE, GARDEN])
                await scene.tell(*author.act(stream), stream=stream)


async def test_writers_and_losses_of_sight_during_a_snapshot_leave_no_trace(scene: Scene) -> None:
    """Between any two pages things change and sight is lost: what is sent was visible then, what is held is whole."""
    dice = random.Random(11)
    author = Author(dice)
    await scene.tell(*(entry("create", SCOPES[number % 3], new_id(), 1) for number in range(3 * PAGE)))
    for _ in range(50):
        await scene.tell(*author.act(OFFICE))
    scene.world.sight[ADA] = {OFFICE: frozenset(SCOPES)}
    replica = Replica()
    pieces = 0
    async for piece in _pieces(scene):
        replica.seen.clear()
        replica.apply(piece)
        pieces += b'"type":"object"' in piece
        assert pieces == 1 or (str(OFFICE), HIRING) not in replica.seen
        for _ in range(20):
            await scene.tell(*author.act(OFFICE))
        scene.world.sight[ADA] = {OFFICE: frozenset({EVERYONE, PLAN})}
    assert pieces > 1
    await scene.sync(replica)
    assert replica.objects == await scene.shown(ADA)


async def _pieces(scene: Scene) -> AsyncIterator[bytes]:
    """The pieces of an answer, one at a time: the server waits until each has been taken."""
    pieces: asyncio.Queue[bytes] = asyncio.Queue(1)

    async def send(message: Any) -> None:  # Any: an ASGI message
        if message["type"] == "http.response.body":
            await pieces.put(message["body"])
            await pieces.join()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    headers = [(b"host", b"localhost"), (b"authorization", b"Bearer ada")]
    asked = {"type": "http", "method": "GET", "path": PATH, "query_string": b"", "headers": headers}
    answering = asyncio.ensure_future(scene.edge.app(asked, receive, send))
    while piece := await pieces.get():
        yield piece
        pieces.task_done()
    pieces.task_done()
    await answering
