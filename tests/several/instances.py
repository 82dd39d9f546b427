"""Real instances of `headway serve` on one MariaDB, with a Redis between them or without."""

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.cli.conftest import HEADWAY, READY
from tests.support import mariadb
from tests.support.serving import READY_WITHIN, end, free_port, wait

PASSWORD = "correct horse battery staple"


@dataclass
class Instance:
    """One that runs, or has been killed; `log` is what it said."""

    url: str
    folder: Path
    process: "subprocess.Popen[bytes]"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    def kill(self) -> None:
        """As a crash does."""
        self.process.kill()
        self.process.wait()


@dataclass
class House:
    """Instances of one database. Each person comes from an address of their own."""

    one: Instance
    two: Instance
    addresses: Iterator[int] = field(default_factory=lambda: iter(range(1, 250)))

    def address(self) -> str:
        return f"203.0.113.{next(self.addresses)}"

    def person(self, name: str) -> "Person":
        """Somebody who registers at the first instance and has a token."""
        url, address = self.one.url, self.address()
        with httpx.Client(base_url=f"{url}/api/v1", headers={"origin": url, "x-forwarded-for": address}) as browser:
            asked = {"name": name, "email": f"{name.lower()}@example.com", "password": PASSWORD}
            user = succeeded(browser.post("/auth/register", json=asked))["user"]
            wanted = {"name": "test", "scopes": ["read", "write"], "password": PASSWORD}
            token = succeeded(browser.post("/auth/tokens", json=wanted))
        return Person(self, user["id"], token["token"], token["id"], address)


@dataclass
class Person:
    """Somebody with a token, at either instance."""

    house: House
    id: str
    token: str
    token_id: str
    address: str

    def at(self, instance: Instance) -> httpx.Client:
        headers = {"authorization": f"Bearer {self.token}", "x-forwarded-for": self.address}
        return httpx.Client(base_url=f"{instance.url}/api/v1", headers=headers, timeout=READY_WITHIN)


def succeeded(answer: httpx.Response) -> Any:
    """Its JSON."""
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


def until(true: Callable[[], bool]) -> None:
    """Look again and again, until a time that no busy machine needs."""
    waiting = subprocess.Popen(["sleep", str(READY_WITHIN)])
    try:
        while not true():
            assert waiting.poll() is None, "it did not come to that"
            with contextlib.suppress(subprocess.TimeoutExpired):
                waiting.wait(timeout=0.05)
    finally:
        waiting.kill()
        waiting.wait()


@contextlib.contextmanager
def two_instances(folder: Path, **settings: str) -> Iterator[House]:
    """Two on one new database."""
    ports = [free_port(), free_port()]
    common = common_settings(folder, ports[0]) | settings
    one, two = (instance(folder / str(port), port, common) for port in ports)
    with one as first, two as second:
        yield House(first, second)


@contextlib.contextmanager
def server_and_worker(folder: Path) -> Iterator[House]:
    """One that only serves, and as the second one that only works."""
    port, worker_port = free_port(), free_port()
    common = common_settings(folder, port) | {"HEADWAY_BACKGROUND": "off", "HEADWAY_WORKER_PORT": str(worker_port)}
    one, two = instance(folder / "one", port, common), instance(folder / "two", worker_port, common, "worker", "works")
    with one as first, two as second:
        yield House(first, second)


def common_settings(folder: Path, port: int) -> dict[str, str]:
    """What instances of a new database have in common; people reach them where the first one is."""
    return {
        "HEADWAY_DATABASE_URL": mariadb.database_of(folder),
        "HEADWAY_SHARED_DIR": str(folder / "shared"),
        "HEADWAY_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HEADWAY_TRUSTED_PROXIES": "127.0.0.1",
        "HEADWAY_REGISTRATION": "open",
        "HEADWAY_RATE_LIMIT_REQUESTS": "1000000",
        "HEADWAY_SIGN_IN_LIMIT_REQUESTS": "20",
        "HEADWAY_SIGN_IN_LIMIT_SECONDS": "3600",
        "HEADWAY_LOG_FORMAT": "json",
    }


@contextlib.contextmanager
def instance(
    folder: Path, port: int, settings: dict[str, str], command: str = "serve", says: str = READY
) -> Iterator[Instance]:
    """One that runs until the end of the block, or until it is killed."""
    folder.mkdir()
    url = f"http://127.0.0.1:{port}"
    own = {"HEADWAY_PORT": str(port), "HEADWAY_DATA_DIR": str(folder / "data")}
    with (folder / "log").open("wb") as output:
        process = subprocess.Popen(
            [HEADWAY, command], cwd=folder, env={**os.environ, **settings, **own}, stdout=output, stderr=output
        )
        try:
            wait(process, f"{url}/readyz", folder / "log", says)
            yield Instance(url, folder, process)
        finally:
            if process.poll() is None:
                end(process)
