"""A server that is killed again and again, and clients that go on as if nothing had happened.

Each client has at most one write under way. A write that was not acknowledged when the server died is sent again with
the same Idempotency-Key in the next life, as every client of Headway does.
"""

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx

from headway.platform.ids import new_id
from tests.support.product import PASSWORD

CLIENTS = 8
SPARE = 80
"""Acknowledged writes after which a life ends that was to end at a point that it did not reach."""


@dataclass
class Pending:
    """A write as it is sent, however often."""

    method: str
    path: str
    body: Mapping[str, Any]
    key: str = field(default_factory=new_id)


@dataclass
class Client:
    """One program at work: what it has under way, and what was acknowledged to it."""

    name: str
    pending: Pending | None = None
    titles: dict[str, str] = field(default_factory=dict)
    completed: set[str] = field(default_factory=set)
    written: int = 0

    def next_write(self, chance: random.Random) -> Pending:
        """What the client does next: mostly new tasks, then changes of those that it made."""
        self.written += 1
        title = f"{self.name} wrote this as number {self.written}"
        kind = chance.random()
        if kind < 0.5 or not self.titles:
            return Pending("POST", "/tasks", {"id": new_id(), "title": title})
        task_id = chance.choice(sorted(self.titles))
        if kind < 0.8:
            return Pending("PATCH", f"/tasks/{task_id}", {"title": title})
        return Pending("PUT", f"/tasks/{task_id}/closure", {})

    def acknowledge(self, answer: Mapping[str, Any]) -> None:
        """Remember what the server says that it has kept."""
        pending, self.pending = self.pending, None
        assert pending is not None
        if pending.path.endswith("/closure"):
            self.completed.add(answer["id"])
        else:
            assert answer["title"] == pending.body["title"]
            self.titles[answer["id"]] = answer["title"]


@dataclass
class Newcomers:
    """People who register, one at a time; who was told that it worked must be able to sign in."""

    registered: list[str] = field(default_factory=list)
    pending: dict[str, Any] | None = None

    def next_registration(self) -> dict[str, Any]:
        """Who comes next, or comes back because nobody answered."""
        if self.pending is None:
            email = f"newcomer{len(self.registered)}@example.com"
            self.pending = {"id": new_id(), "email": email, "password": PASSWORD, "name": "New"}
        return self.pending

    def acknowledge(self) -> None:
        """The registration has been answered."""
        assert self.pending is not None
        self.registered.append(self.pending["email"])
        self.pending = None


class Lives:
    """One data folder and the servers that live in it, one after the other."""

    def __init__(self, folder: Path, port: int, chance: random.Random) -> None:
        self._folder = folder
        self._port = port
        self._chance = chance
        self.clients = [Client(f"client {number}") for number in range(CLIENTS)]
        self.newcomers = Newcomers()
        self.token = ""
        self.acknowledged = 0
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_failure: object) -> None:
        """Leave no server behind, however the test went."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
            await self._process.wait()

    async def start(self, crash_at: str = "") -> bool:
        """Begin a life and wait until the server says that it is ready; False when it died on the way, as it was to."""
        settings = {
            "HEADWAY_DATA_DIR": str(self._folder / "data"),
            "HEADWAY_PORT": str(self._port),
            "HEADWAY_RATE_LIMIT": "off",
            "HEADWAY_LOG_LEVEL": "error",
            **({"HEADWAY_CRASH_AT": crash_at} if crash_at else {}),
        }
        with (self._folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "headway", "serve"),
                env={**os.environ, **settings},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if line:
            return True
        died_of = await self._process.wait()
        assert crash_at, (self._folder / "log").read_text()[-4000:]
        assert died_of == -signal.SIGKILL, (self._folder / "log").read_text()[-4000:]
        return False

    def api(self) -> httpx.AsyncClient:
        """A connection to the server of this life."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        address = f"http://127.0.0.1:{self._port}/api/v1"
        return httpx.AsyncClient(base_url=address, headers=headers, trust_env=False, timeout=30)

    async def sign_up(self) -> str:
        """Make the person whose token all clients use; the person's id."""
        async with self.api() as api:
            person = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada"}
            user = (await api.post("/auth/register", json=person)).json()["user"]
            origin = {"origin": f"http://localhost:{self._port}", "sec-fetch-site": "same-origin"}
            token = {"name": "crash test", "scopes": ["read", "write"], "password": PASSWORD}
            answer = await api.post("/auth/tokens", json=token, headers=origin)
            assert answer.status_code == 201, answer.text
            self.token = answer.json()["token"]
        return str(user["id"])

    async def live(self, *, until: int) -> bool:
        """Work until the server dies, killing it after `until` acknowledged writes; whether it died by itself."""
        assert self._process is not None
        end = self.acknowledged + until
        async with self.api() as api:
            await asyncio.gather(*(self._work(client, api, end) for client in self.clients), self._register(api, end))
        assert await self._process.wait() == -signal.SIGKILL, (self._folder / "log").read_text()[-4000:]
        return self.acknowledged < end

    async def stop(self) -> None:
        """End the last life in peace."""
        assert self._process is not None
        self._process.terminate()
        await self._process.wait()

    async def _work(self, client: Client, api: httpx.AsyncClient, end: int) -> None:
        while self.acknowledged < end:
            client.pending = client.pending or client.next_write(self._chance)
            pending = client.pending
            try:
                answer = await api.request(
                    pending.method, pending.path, json=pending.body, headers={"idempotency-key": pending.key}
                )
            except httpx.TransportError:
                return
            assert answer.is_success, f"{pending}: {answer.status_code} {answer.text}"
            client.acknowledge(answer.json())
            self._count(end)

    async def _register(self, api: httpx.AsyncClient, end: int) -> None:
        while self.acknowledged < end:
            try:
                answer = await api.post("/auth/register", json=self.newcomers.next_registration())
            except httpx.TransportError:
                return
            assert answer.is_success, answer.text
            self.newcomers.acknowledge()

    def _count(self, end: int) -> None:
        self.acknowledged += 1
        if self.acknowledged == end and self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
