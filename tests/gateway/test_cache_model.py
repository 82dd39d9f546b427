"""Kept answers of several instances, compared with a model: news are lost or late, polls fail, clients come and go.

Whatever happens, nobody is answered with what is another's, with less than they have seen before, or with what was out
of date a second ago.
"""

import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import pytest

from headway.changes.feed import Feed
from headway.gateway.app import Gateway, create_app
from headway.gateway.options import GatewayOptions
from headway.gateway.shared import Shared
from headway.gateway.versions import STALE_SECONDS, Versions
from headway.platform.actor import Actor
from headway.platform.db.port import News
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.positions import OwnPositions
from tests.gateway import notes
from tests.gateway.conftest import ADA, BEN, Tokens, create_tables
from tests.support.clock import StillClock

PATH = "/api/v1/notes"
INSTANCES = 3
SESSIONS = {"ada-1": ADA, "ada-2": ADA, "ada-3": ADA, "ben-1": BEN}
STEPS = 200


class Ticks:
    """Seconds that the test moves."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Instance:
    app: Gateway
    feed: Feed
    polls_at: float = 0.0


@dataclass
class World:
    """Instances of one database, and the news that are still under way between them."""

    instances: list[Instance]
    ticks: Ticks
    under_way: list[tuple[Instance, News]]
    note: dict[str, str] = field(default_factory=dict)
    written: dict[str, list[float]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def client(self, session: str, instance: Instance) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(instance.app, client=("203.0.113.9", 5000))
        headers = {"authorization": f"Bearer {session}"}
        return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=headers)

    async def write(self, session: str, instance: Instance) -> None:
        """The person's note says how often it was written."""
        person = SESSIONS[session]
        number = len(self.written[person]) + 1
        async with self.client(session, instance) as client:
            path = f"{PATH}/{self.note[person]}"
            assert (await client.patch(path, json={"title": f"{person} {number}"})).is_success
        self.written[person].append(self.ticks.seconds)
        self.seen[session] = number

    async def read(self, session: str, instance: Instance) -> None:
        """Nothing foreign, nothing less than was seen, nothing that was out of date a second ago."""
        async with self.client(session, instance) as client:
            [note] = (await client.get(PATH)).json()["items"]
        owner, _, number = note["title"].partition(" ")
        person, shown = SESSIONS[session], int(number)
        old = sum(at <= self.ticks.seconds - STALE_SECONDS for at in self.written[person])
        assert owner == person
        assert shown >= self.seen[session], f"{session} had seen {self.seen[session]} and is shown {shown}"
        assert shown >= old, f"{old} was written a second ago, and {shown} is shown"
        self.seen[session] = shown


@contextlib.asynccontextmanager
async def world(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    ticks, positions = Ticks(), OwnPositions()
    monkeypatch.setattr(SqliteDatabase, "is_alone", False)  # several processes, as on a database server
    monkeypatch.setattr("headway.gateway.app.Versions", partial(Versions, now=ticks))
    tokens = Tokens()
    tokens.actors = {session: Actor(person, session) for session, person in SESSIONS.items()}
    create_tables(folder / "shared.db")
    made = World([], ticks, [])
    async with contextlib.AsyncExitStack() as ends:
        for _ in range(INSTANCES):
            database, feed = SqliteDatabase(folder / "shared.db"), Feed()
            ends.push_async_callback(database.close)
            options = GatewayOptions(rate_limit=None, sign_in_limit=None)
            app = create_app(
                (notes.build(),), database, StillClock(), feed, tokens, options, shared=Shared(positions=positions)
            )
            instance = Instance(app, feed)
            database.on_commit(partial(_spread, made, instance))
            made.instances.append(instance)
        for session, person in (("ada-1", ADA), ("ben-1", BEN)):
            async with made.client(session, made.instances[0]) as client:
                made.note[person] = (await client.post(PATH, json={"title": f"{person} 0"})).json()["id"]
        made.written = {person: [] for person in SESSIONS.values()}
        made.seen = dict.fromkeys(SESSIONS, 0)
        yield made


def _spread(made: World, writer: Instance, news: News) -> None:
    """Known at once where it was written; on its way to the others."""
    writer.feed.publish(news)
    made.under_way += [(other, list(news)) for other in made.instances if other is not writer]


async def _pass_time(made: World, chance: random.Random, arriving: float) -> None:
    """So many news of one arrive at all."""
    made.ticks.seconds += chance.choice((0.0, 0.01, 0.1, 0.4))
    for instance in made.instances:
        if instance.polls_at <= made.ticks.seconds:
            instance.polls_at = made.ticks.seconds + 0.5
            if chance.random() < 0.1:
                instance.polls_at += 5  # they fail for a while
            else:
                await instance.app.catch_up()
    chance.shuffle(made.under_way)
    for _ in range(chance.randrange(3)):
        if made.under_way:
            instance, news = made.under_way.pop()
            if chance.random() < arriving:
                instance.feed.publish(news)


@pytest.mark.parametrize("seed", range(12))
async def test_nobody_is_shown_too_little_whatever_happens_between_instances(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    arriving = (0.0, 0.4, 0.9)[seed % 3]
    async with world(tmp_path, monkeypatch) as made:
        for _ in range(STEPS):
            await _pass_time(made, chance, arriving)
            session, instance = chance.choice(list(SESSIONS)), chance.choice(made.instances)
            if chance.random() < 0.25:
                await made.write(session, instance)
            else:
                await made.read(session, instance)
        assert sum(map(len, made.written.values())) > STEPS / 10
