"""A cluster of real servers, started as an operator starts it, and clients that keep writing to it."""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx

from headway.platform.ids import new_id
from tests.support.product import PASSWORD

HEADWAY = Path(sys.executable).with_name("headway")
PATIENCE = 240.0  # seconds until a command or a client that waits in vain fails the test
EMAIL = "ada@example.org"


@dataclass
class Cluster:
    """A running cluster in its folder."""

    folder: Path
    token: str = ""
    output: str = ""

    def run(self, *arguments: str, **settings: str) -> str:
        """Call `headway cluster`; what it says."""
        done = self.call("cluster", *arguments, "--dir", str(self.folder), **settings)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def call(self, *arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """Call `headway`, whatever comes of it."""
        return subprocess.run(
            [HEADWAY, *arguments],
            cwd=self.folder.parent,
            env={**os.environ, **settings, "NO_COLOR": "1"},
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def operate(self, *arguments: str, given: str = "") -> str:
        """Call `headway` as the operator of the installation; what it says."""
        done = self.call(*arguments, given=given, HEADWAY_CONFIG=str(self.folder / "app1/headway.toml"))
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    @property
    def members(self) -> dict[str, dict[str, Any]]:
        """All members by name, as `status` tells of them."""
        done = self.call("cluster", "status", "--json", "--dir", str(self.folder))
        return {member["name"]: member for member in json.loads(done.stdout)}

    def port(self, name: str) -> int:
        """Where a member listens."""
        members = json.loads((self.folder / "cluster.json").read_text())["members"]
        port: int = next(member["port"] for member in members if member["name"] == name)
        return port

    @property
    def url(self) -> str:
        """Where nginx listens."""
        return f"http://127.0.0.1:{self.port('nginx')}"


@contextlib.contextmanager
def running_cluster(*options: str, settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster with somebody who may write, in memory where the system has a folder for that."""
    memory = Path("/dev/shm")  # noqa: S108 - throwaway data of a test, in a folder of its own
    parent = Path(tempfile.mkdtemp(prefix="headway-cluster-", dir=memory if memory.is_dir() else None))
    cluster = Cluster(parent / "cluster")
    try:
        cluster.output = cluster.run("up", *options, **{"HEADWAY_RATE_LIMIT": "off", **(settings or {})})
        cluster.operate("user", "add", EMAIL, "--password-stdin", given=PASSWORD)
        scopes = ("--scope", "read", "--scope", "write")
        created = cluster.operate("token", "create", EMAIL, "--name", "test", *scopes, "--json")
        cluster.token = json.loads(created)["token"]
        yield cluster
    finally:
        cluster.call("cluster", "down", "--dir", str(cluster.folder))
        shutil.rmtree(parent)


@dataclass
class Writers:
    """Clients that add tasks, each with one write under way, and send it again with its key until it is acknowledged.

    `failures` are the answers that were no success: a client whose user looks on would have told them.
    """

    client: httpx.AsyncClient
    acknowledged: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    _stopping: bool = False
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def write(self) -> None:
        """One client, until `stop`."""
        while not self._stopping:
            task_id, key = new_id(), new_id()
            while not await self._sent(task_id, key):
                pass
            self.acknowledged.append(task_id)
            async with self._news:
                self._news.notify_all()

    async def _sent(self, task_id: str, key: str) -> bool:
        body = {"id": task_id, "title": f"Task {task_id}"}
        try:
            answer = await self.client.post("/api/v1/tasks", json=body, headers={"idempotency-key": key})
        except httpx.TransportError as error:
            self.failures.append(repr(error))
            return False
        if not answer.is_success:
            self.failures.append(f"{answer.status_code} {answer.text}")
        return answer.is_success

    async def more(self, count: int = 20) -> Self:
        """Until so many more writes have been acknowledged."""
        wanted = len(self.acknowledged) + count
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: len(self.acknowledged) >= wanted)
        return self

    def stop(self) -> None:
        """Let each client finish what it has under way."""
        self._stopping = True

    async def stored(self) -> set[str]:
        """The ids of all tasks that the product has."""
        found: set[str] = set()
        cursor: str | None = ""
        while cursor is not None:
            query = {"limit": "200", **({"cursor": cursor} if cursor else {})}
            answer = await self.client.get("/api/v1/tasks", params=query)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            found.update(task["id"] for task in page["items"])
            cursor = page["next_cursor"]
        return found


@contextlib.asynccontextmanager
async def writers(cluster: Cluster, count: int = 4) -> AsyncIterator[Writers]:
    """Clients that write by way of nginx while the block runs; they have finished after it."""
    headers = {"authorization": f"Bearer {cluster.token}"}
    async with httpx.AsyncClient(base_url=cluster.url, headers=headers, timeout=60, trust_env=False) as client:
        working = Writers(client)
        tasks = [asyncio.create_task(working.write()) for _ in range(count)]
        try:
            await working.more()
            yield working
            working.stop()
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        assert working.acknowledged
        assert set(working.acknowledged) - await working.stored() == set()


async def meanwhile(cluster: Cluster, *arguments: str) -> str:
    """Call `headway cluster` while the clients go on."""
    return await asyncio.to_thread(cluster.run, *arguments)
