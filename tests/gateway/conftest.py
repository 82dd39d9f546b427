"""The edge over the small module, in process: `edge.client("ada")` is somebody who is signed in."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from headway.changes import schema
from headway.changes.feed import Feed
from headway.gateway.app import Gateway, create_app
from headway.gateway.options import GatewayOptions
from headway.modules.auth.contracts import Authenticator
from headway.platform.actor import Actor
from headway.platform.clock import SystemClock
from headway.platform.db.sqlite import SqliteDatabase, connect
from tests.gateway import notes

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

    def client(self, token: str | None = None, **options: Any) -> httpx.AsyncClient:  # Any: httpx's own options
        """A program with that token; nobody without one."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = httpx.ASGITransport(self.app, client=("203.0.113.9", 5000))
        return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=headers, **options)


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
async def edge(tmp_path: Path, options: GatewayOptions) -> AsyncIterator[Edge]:
    path = tmp_path / "headway.db"
    create_tables(path)
    database = SqliteDatabase(path)
    feed, tokens = Feed(), Tokens()
    database.on_commit(feed.publish)
    app = create_app([notes.build()], database, SystemClock(), feed, tokens, options)
    await app.start()
    yield Edge(app, database, feed, tokens)
    await app.stop()
    await database.close()
