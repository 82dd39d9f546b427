"""The whole product in process, on a database of its own; people reach it by HTTP as clients do."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pysqlite3
from sqlalchemy import Engine, create_engine, inspect, select, table, text

from headway.entrypoints.monolith import METADATA, Monolith, build_monolith
from headway.platform.clock import Clock
from headway.settings import Settings
from tests.support import mariadb

PASSWORD = "correct horse battery staple"
PATIENCE = 60.0  # seconds; far more than anything takes, so that a busy machine fails no test
SECRET = b"a signing key for tests only, 32+ bytes"


@dataclass
class Person:
    """Somebody who is signed in. `api` is below /api/v1 and sends the person's cookies."""

    id: str
    name: str
    email: str
    api: httpx.AsyncClient

    async def come_back(self) -> None:
        """Renew the short-lived cookie, as a browser does that has been away."""
        _succeeded(await self.api.post("/auth/refresh"))

    async def sign_in(self) -> None:
        """Sign in anew, after so long that the session has ended."""
        await self.post("/auth/login", email=self.email, password=PASSWORD)

    async def get(self, path: str, **query: Any) -> Any:
        """The JSON of a GET that must succeed."""
        return _succeeded(await self.api.get(path, params=query))

    async def post(self, path: str, **body: Any) -> Any:
        """The JSON of a POST that must succeed."""
        return _succeeded(await self.api.post(path, json=body))

    async def patch(self, path: str, **body: Any) -> Any:
        """The JSON of a PATCH that must succeed."""
        return _succeeded(await self.api.patch(path, json=body))

    async def put(self, path: str, **body: Any) -> Any:
        """The JSON of a PUT that must succeed."""
        return _succeeded(await self.api.put(path, json=body))

    async def delete(self, path: str, **query: Any) -> Any:
        """The JSON of a DELETE that must succeed."""
        return _succeeded(await self.api.delete(path, params=query))


@dataclass
class Product:
    """A running Headway. `settled` waits until every reader of the log has caught up."""

    monolith: Monolith
    settings: Settings
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    def client(self) -> httpx.AsyncClient:
        """A browser that nobody has signed in with."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.monolith.app),
            base_url=f"{self.settings.public_url}/api/v1",
            headers={"origin": self.settings.public_url, "sec-fetch-site": "same-origin"},
        )
        self.clients.append(client)
        return client

    async def person(self, name: str) -> Person:
        """Register somebody; the first becomes the administrator."""
        client = self.client()
        email = f"{name.lower()}@example.com"
        answer = await client.post("/auth/register", json={"email": email, "password": PASSWORD, "name": name})
        user = _succeeded(answer)["user"]
        return Person(user["id"], name, email, client)

    async def settled(self) -> None:
        """Run every consumer until it has handled all that is in the log."""
        for module in self.monolith.modules:
            for consumer in module.consumers:
                await consumer.catch_up()

    async def until(self, ready: Callable[[], Awaitable[bool]]) -> None:
        """Wait for what happens in the background: look again after every commit."""
        news = asyncio.Event()
        stop = self.monolith.feed.subscribe_all(lambda _stream, _version: news.set())
        try:
            async with asyncio.timeout(PATIENCE):
                while not await ready():
                    await news.wait()
                    news.clear()
        finally:
            stop()


@contextlib.asynccontextmanager
async def running_product(data_dir: Path, clock: Clock | None = None, **changed: Any) -> AsyncIterator[Product]:
    """Start a product with that data folder; `changed` are settings that differ from the defaults."""
    url = database_of(data_dir)
    settings = Settings(**{"data_dir": data_dir, "database_url": url, "rate_limit": False, **changed})
    create_tables(settings.database_url)
    async with build_monolith(settings, SECRET, clock=clock) as monolith:
        product = Product(monolith, settings)
        yield product
        for client in product.clients:
            await client.aclose()


def database_of(data_dir: Path) -> str:
    """The URL of the database that belongs to a data folder: a file in it, or one on the server of `--database`."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return mariadb.database_of(data_dir) if mariadb.wanted() else f"sqlite:///{data_dir / 'headway.db'}"


def copy_data(source: Path, target: Path) -> None:
    """Copy a data folder that no product has open, and its database."""
    shutil.copytree(source, target)
    if mariadb.wanted():
        mariadb.copy(source, target)


def create_tables(url: str) -> None:
    """Every table of every module."""
    engine = _engine(url)
    for metadata in METADATA:
        metadata.create_all(engine)
    engine.dispose()


def everything_kept(url: str) -> dict[str, str]:
    """What each table of a database says, for who looks for traces."""
    engine = _engine(url)
    with engine.connect() as connection:
        held = {
            name: repr(connection.execute(select(text("*")).select_from(table(name))).fetchall())
            for name in inspect(engine).get_table_names()
        }
    engine.dispose()
    return held


def _engine(url: str) -> Engine:
    if url.startswith("sqlite:"):
        return create_engine(url, module=pysqlite3)
    return create_engine(url.replace("mysql:", "mysql+pymysql:"))


def _succeeded(answer: httpx.Response) -> Any:
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None
