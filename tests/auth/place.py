"""Accounts and profiles behind the real gateway, on a SQLite file, with a clock that tests move."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pysqlite3
from sqlalchemy import create_engine

from headway.changes import schema
from headway.changes.feed import Feed
from headway.gateway.app import Gateway, create_app
from headway.gateway.options import GatewayOptions
from headway.modules.auth import wiring as auth
from headway.modules.users import wiring as users
from headway.modules.users.contracts import PersonalFile
from headway.platform.clock import SystemClock
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.faults import Faults, no_faults
from headway.platform.jobs import Worker, enqueue
from headway.platform.jobs import metadata as jobs_metadata
from headway.platform.objects import LocalObjects
from tests.support.clock import StillClock

PASSWORD = "correct horse battery staple"
SECRET = b"a signing key for tests only, 32+ bytes"
LOCAL = "http://localhost:8000"
PUBLIC = "https://tasks.example.org"


@dataclass(frozen=True)
class Letter:
    to: str
    kind: str
    language: str
    values: Mapping[str, str]

    @property
    def token(self) -> str:
        """What the link in it proves itself by."""
        return self.values["link"].replace("#invitation=", "#").rpartition("#")[2]


class LetterBox:
    """A mailer that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    async def send(self, to: str, kind: str, language: str, values: Mapping[str, str]) -> None:
        self.letters.append(Letter(to, kind, language, dict(values)))

    def of_kind(self, kind: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.kind == kind]


class Circle:
    """Who knows whom, as tests say."""

    def __init__(self) -> None:
        self.pairs: set[frozenset[str]] = set()

    async def knows(self, reader: Reader, actor: str, user_id: str) -> bool:
        return frozenset({actor, user_id}) in self.pairs


class Guests:
    """Another module's invitations: a token for an address."""

    def __init__(self) -> None:
        self.invited: set[tuple[str, str]] = set()

    async def admits(self, reader: Reader, token: str, email: str) -> bool:
        return (token, email) in self.invited


class Diary:
    """Another module's part of an export."""

    async def files_of(self, _reader: Reader, user_id: str) -> AsyncIterator[PersonalFile]:
        async def pages() -> AsyncIterator[bytes]:
            yield b"Dear diary, "
            yield b"today I wrote a test."

        yield PersonalFile("diary/today.txt", pages())
        yield PersonalFile("diary/owner.txt", user_id.encode())


@dataclass
class Person:
    """Somebody in a browser, signed in."""

    id: str
    email: str
    api: httpx.AsyncClient
    session_id: str


@dataclass
class Place:
    """An installation."""

    public_url: str
    clock: StillClock
    database: SqliteDatabase
    auth: auth.Auth
    users: users.Users
    app: Gateway
    worker: Worker
    mail: LetterBox
    circle: Circle
    guests: Guests
    objects: LocalObjects
    path: Path
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    def browser(self, **headers: str) -> httpx.AsyncClient:
        """A browser that nobody has signed in with."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, client=("203.0.113.9", 5000)),
            base_url=f"{self.public_url}/api/v1",
            headers={"origin": self.public_url, "sec-fetch-site": "same-origin", **headers},
        )
        self.clients.append(client)
        return client

    def program(self, token: str) -> httpx.AsyncClient:
        """A program with an API token."""
        transport = httpx.ASGITransport(self.app)
        client = httpx.AsyncClient(
            transport=transport,
            base_url=f"{self.public_url}/api/v1",
            headers={"authorization": f"Bearer {token}"},
        )
        self.clients.append(client)
        return client

    async def register(self, name: str, **body: Any) -> Person:
        """Somebody new. The first becomes the administrator where only this machine can reach the place."""
        browser = self.browser()
        email = f"{name.lower()}@example.org"
        answer = await browser.post("/auth/register", json={"email": email, "password": PASSWORD, "name": name, **body})
        assert answer.status_code == 201, answer.text
        return Person(answer.json()["user"]["id"], email, browser, answer.json()["session_id"])

    async def sign_in(self, email: str, password: str = PASSWORD, **codes: str) -> httpx.Response:
        """The answer to a sign-in in a new browser."""
        return await self.browser().post("/auth/login", json={"email": email, "password": password, **codes})

    async def again(self, person: Person) -> Person:
        """The same person in another browser."""
        browser = self.browser()
        answer = await browser.post("/auth/login", json={"email": person.email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Person(person.id, person.email, browser, answer.json()["session_id"])

    async def run_job(self, name: str) -> None:
        """Run a job that the clock would queue."""

        async def act(tx: Transaction) -> None:
            await enqueue(tx, name, {}, self.clock.now())

        await self.database.write(act)
        await self.worker.run_due()

    async def settle(self) -> None:
        """Run all readers of the log, then all jobs, then what those have written."""
        for _ in range(2):
            for module in (self.auth.module, self.users.module):
                for consumer in module.consumers:
                    await consumer.catch_up()
            await self.worker.run_due()


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and problem code of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


def wanted_token(*scopes: str, **more: str) -> dict[str, Any]:
    """What a token is asked for with."""
    return {"name": "ci", "scopes": list(scopes), "password": PASSWORD, **more}


def create_tables(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}", module=pysqlite3)
    for metadata in (schema.metadata, jobs_metadata, auth.metadata, users.metadata):
        metadata.create_all(engine)
    engine.dispose()


@contextlib.asynccontextmanager
async def open_place(
    folder: Path,
    public_url: str = LOCAL,
    options: auth.AuthOptions | None = None,
    faults: Faults = no_faults,
) -> AsyncIterator[Place]:
    """An installation whose data is in that folder; it may have been open before."""
    path = folder / "headway.db"
    create_tables(path)
    database, feed = SqliteDatabase(path, faults), Feed()
    clock = StillClock(SystemClock().now())  # what measures real time beside it must agree
    database.on_commit(feed.publish)
    mail, circle, guests, objects = LetterBox(), Circle(), Guests(), LocalObjects(folder / "objects")
    signing_in = auth.build(
        database,
        clock,
        feed,
        public_url=public_url,
        secret=SECRET,
        options=options or auth.AuthOptions(failures=None),
        mailer=mail,
        admissions=[guests],
        faults=faults,
    )
    knowing = users.build(
        database,
        clock,
        users.Surroundings(
            accounts=signing_in.accounts,
            erasure=signing_in.erasure,
            records=signing_in.records,
            acquaintances=circle,
            objects=objects,
            public_url=public_url,
            personal_data=[Diary()],
            avatar_bytes=200_000,
        ),
        faults,
    )
    modules = (signing_in.module, knowing.module)
    app = create_app(
        modules,
        database,
        clock,
        feed,
        signing_in.authenticator,
        GatewayOptions(public_url=public_url, rate_limit=None, sign_in_limit=None),
    )
    worker = Worker(database, clock, [job for module in modules for job in module.jobs])
    place = Place(public_url, clock, database, signing_in, knowing, app, worker, mail, circle, guests, objects, path)
    await app.start()
    yield place
    for client in place.clients:
        await client.aclose()
    await app.stop()
    await database.close()
