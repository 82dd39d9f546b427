"""A real `headway serve` with one person, and as many tasks as a measurement wants."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from headway.modules.tasks.domain.position import spread
from headway.platform.ids import new_id

EMAIL = "ada@example.com"
PASSWORD = "only for measuring"  # noqa: S105 - of a throw-away installation
STATUSES = ("todo", "todo", "in_progress", "backlog")
PRIORITIES = ("none", "none", "low", "medium", "high", "urgent")
BATCH = 100
LONGEST = 120  # seconds that the server may take for an answer, or to stop


@dataclass
class Person:
    """Somebody who is signed in, without a browser."""

    port: int
    cookies: str = ""
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer as JSON; raises when the server refuses."""
        headers = {
            "Content-Type": "application/json",
            "Origin": f"http://localhost:{self.port}",
            "Idempotency-Key": new_id(),
            "Cookie": self.cookies,
        }
        self.connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if given := answer.headers.get_all("Set-Cookie"):
            self.cookies = "; ".join(each.partition(";")[0] for each in given)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text) if text else None

    def sign_in(self) -> "Person":
        """Cookies that are not older than a measurement."""
        self.ask("POST", "/auth/login", {"email": EMAIL, "password": PASSWORD})
        return self


@dataclass(frozen=True)
class World:
    """A server with projects of many tasks."""

    address: str
    port: int
    person: Person
    workspace_id: str

    def project(self, name: str, key: str, tasks: int) -> str:
        """A project with so many tasks; gives its id."""
        wanted = {"workspace_id": self.workspace_id, "name": name, "key": key}
        made = self.person.ask("POST", "/projects", wanted)
        positions = spread(None, None, tasks)
        for start in range(0, tasks, BATCH):
            operations = [
                {"key": new_id(), "method": "POST", "path": "/tasks", "body": _task(made["id"], number, position)}
                for number, position in enumerate(positions[start : start + BATCH], start)
            ]
            self.person.ask("POST", "/batch", {"operations": operations})
        return str(made["id"])

    def another(self) -> Person:
        """The same person at another desk."""
        return Person(self.port).sign_in()


def _task(project_id: str, number: int, position: str) -> dict[str, object]:
    return {
        "id": new_id(),
        "project_id": project_id,
        "title": f"Task {number}: look into what the numbers of last month say about this one",
        "status": STATUSES[number % len(STATUSES)],
        "priority": PRIORITIES[number % len(PRIORITIES)],
        "position": position,
        **({"due_date": f"2026-12-{number % 28 + 1:02}"} if number % 3 == 0 else {}),
    }


@contextlib.contextmanager
def world(folder: Path) -> Iterator[World]:
    """A server of its own below `folder`, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    settings = {
        **os.environ,
        "HEADWAY_DATA_DIR": str(folder / "data"),
        "HEADWAY_PORT": str(port),
        "HEADWAY_PUBLIC_URL": address,
        "HEADWAY_RATE_LIMIT": "off",
        "HEADWAY_LOG_LEVEL": "error",
    }
    process = subprocess.Popen([sys.executable, "-m", "headway", "serve"], env=settings, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert b"ready" in process.stdout.readline()
        person = Person(port)
        person.ask("POST", "/auth/register", {"name": "Ada", "email": EMAIL, "password": PASSWORD})
        person.sign_in()
        mine = person.ask("GET", "/workspaces")["items"][0]
        yield World(address, port, person, mine["id"])
    finally:
        process.terminate()
        try:
            process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
