"""The edge over the small module, in process: `edge.client("ada")` is somebody who is signed in."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from headway.changes import schema
from headway.changes.feed import Feed
from headway.changes.module import Module
from headway.gateway.app import Gateway, create_app
from headway.gateway.options import GatewayOptions
from headway.modules.auth.contracts import Authenticator
from headway.platform.actor import Actor
from headway.platform.db.sqlite import SqliteDatabase, connect
from headway.platform.ids import new_id
from tests.gateway import notes
from tests.support.clock import StillClock

ADA = "01900000-0000-7000-8000-00000000000a"
BEN = "01900000-0000-7000-8000-00000000000b"


class Tokens(Authenticator):
    """An Authenticator that knows a few tokens by heart."""

    def __init__(self) -> None:
        self.actors = {
            "ada": Actor(ADA, "ada"),
            "ben": Actor(BEN, "ben"),
            "root": Actor(BEN, "root", is_admin=True),
            "ada-reads": Actor(ADA, "ada-reads", frozenset({"read"})),
        }

    def remembered(self, credential: str) -> Actor | None:
        return self.actors.get(credential)

    async def authenticate(self, credential: str) -> Actor | None:
        return self.actors.get(credential)

    async def confirm(self, actor: Actor) -> bool:
        return actor in self.actors.values()


@dataclass
class Edge:
    """A gateway that runs, and what is behind it."""

    app: Gateway
    database: SqliteDatabase
    feed: Feed
    tokens: Tokens
    clock: StillClock

    def client(self, token: str | None = None, address: str = "203.0.113.9", **options: Any) -> httpx.AsyncClient:
        """A program with that token; nobody without one. Any: httpx's own options."""
        transport = httpx.ASGITransport(self.app, client=(address, 5000))
        settings = {"base_url": "http://localhost:8000", **options}
        if token:
            settings["headers"] = {"Authorization": f"Bearer {token}"}
        return httpx.AsyncClient(transport=transport, **settings)

    async def measured(self, name: str) -> float:
        """One number of /metrics, as this machine sees it."""
        async with self.client(address="127.0.0.1") as local:
            text = (await local.get("/metrics")).text
        return float(next(line.split()[1] for line in text.splitlines() if line.startswith(f"headway_{name} ")))


Start = Callable[..., Awaitable[Edge]]


def create_tables(path: Path) -> None:
    connection = connect(path, writable=True)
    dialect = sqlite.dialect()
    for metadata in (schema.metadata, notes.metadata):
        for table in metadata.sorted_tables:
            connection.execute(str(CreateTable(table).compile(dialect=dialect)))
    connection.close()


@pytest.fixture
def options() -> GatewayOptions:
    """Settings; a test module may override them."""
    return GatewayOptions(rate_limit=None, sign_in_limit=None)


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts gateways over one database of their own each."""
    async with contextlib.AsyncExitStack() as ends:

        async def begin(
            options: GatewayOptions, modules: Sequence[Module] = (notes.build(),), **more: Any
        ) -> Edge:  # Any: what create_app may be given besides
            path = tmp_path / f"{new_id()}.db"
            create_tables(path)
            database = SqliteDatabase(path)
            ends.push_async_callback(database.close)
            feed, tokens, clock = Feed(), Tokens(), StillClock()
            database.on_commit(feed.publish)
            app = create_app(modules, database, clock, feed, tokens, options, **more)
            await app.start()
            ends.push_async_callback(app.stop)
            return Edge(app, database, feed, tokens, clock)

        yield begin


@pytest.fixture
async def edge(start: Start, options: GatewayOptions) -> Edge:
    """One gateway."""
    return await start(options)
