"""A real `headway serve` on a demo installation, and what the operating system knows of its process."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from headway.entrypoints.demo.ledger import Ids
from headway.entrypoints.demo.people import invent_people
from headway.platform.clock import SystemClock

SEED = 7
PASSWORD = "only for measuring"  # noqa: S105 - of a throw-away installation


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    address: str

    def cpu_seconds(self) -> float:
        """Processor time that the process has used, user and system."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def token(self, email: str) -> str:
        """A personal token of somebody."""
        origin = {"Origin": f"http://localhost:{self.port}", "Sec-Fetch-Site": "same-origin"}
        answer, cookies = _post(self.port, "/auth/login", {"email": email, "password": PASSWORD}, origin)
        origin["Cookie"] = cookies
        wanted = {"name": "bench", "scopes": ["read", "write"], "password": PASSWORD}
        answer, _ = _post(self.port, "/auth/tokens", wanted, origin)
        return str(answer["token"])


def addresses(people: int) -> list[str]:
    """Everybody's address in a demo of so many people."""
    chance = Random(SEED)
    return [each.email for each in invent_people(people, chance, Ids(chance), SystemClock().now())]


def _post(port: int, path: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[Any, str]:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", **headers},
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - loopback
        cookies = "; ".join(each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or ())
        return json.load(answer), cookies


@contextlib.contextmanager
def demo_server(folder: Path, people: int, tasks: int) -> Iterator[tuple[Server, float]]:
    """A server on so much demo data, and the tasks a second at which they were made."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        **os.environ,
        "HEADWAY_DATA_DIR": str(folder / "data"),
        "HEADWAY_PORT": str(port),
        "HEADWAY_RATE_LIMIT": "off",
        "HEADWAY_LOG_LEVEL": "error",
    }
    headway = [sys.executable, "-m", "headway"]
    wanted = ["--people", str(people), "--tasks", str(tasks), "--seed", str(SEED), "--password", PASSWORD, "--json"]
    began = os.times().elapsed
    made = subprocess.run([*headway, "demo", *wanted], env=settings, check=True, stdout=subprocess.PIPE)
    rate = tasks / (os.times().elapsed - began)
    process = subprocess.Popen([*headway, "serve"], env=settings, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert b"ready" in process.stdout.readline()
        yield Server(port, process, json.loads(made.stdout)["addresses"][0]), rate
    finally:
        process.terminate()
        process.wait()
