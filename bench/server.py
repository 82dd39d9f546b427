"""A real `headway serve` on a demo installation, and what the operating system knows of its process."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from headway.entrypoints.demo.ledger import Ids
from headway.entrypoints.demo.people import invent_people
from headway.entrypoints.monolith import build_monolith
from headway.entrypoints.operation.installation import Installation
from headway.platform.clock import SystemClock
from headway.settings import Settings

HEADWAY: Final = (sys.executable, "-m", "headway")
SEED = 7
PASSWORD = "only for measuring"  # noqa: S105 - of a throw-away installation


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    ready_seconds: float
    ready_cpu_seconds: float

    def cpu_seconds(self) -> float:
        """Processor time that the process has used, user and system."""
        return cpu_seconds_of(self.process.pid)

    def memory_mb(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


def cpu_seconds_of(pid: int) -> float:
    """Processor time that a process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def tokens_of(folder: Path, people: Sequence[str]) -> list[str]:
    """Personal tokens of these people, made while no server runs: a sign-in for each would take minutes."""
    async with build_monolith(Settings(data_dir=folder), Installation(folder).secret()) as monolith:
        made = [await monolith.operator.make_token(each, "bench", ["read", "write"], None) for each in people]
    return [each.token for each in made]


def addresses(people: int) -> list[str]:
    """Everybody's address in a demo of so many people."""
    chance = Random(SEED)
    return [each.email for each in invent_people(people, chance, Ids(chance), SystemClock().now())]


@dataclass(frozen=True)
class Filled:
    """How fast demo data were made, the start of the program included; processor seconds of all processes."""

    tasks_a_second: float
    cpu_seconds: float


def fill(folder: Path, people: int, tasks: int) -> Filled:
    """Make so much demo data in a folder."""
    wanted = ["--people", str(people), "--tasks", str(tasks), "--seed", str(SEED), "--password", PASSWORD, "--json"]
    began = os.times()
    subprocess.run([*HEADWAY, "demo", *wanted], env=_environment(folder), check=True, stdout=subprocess.DEVNULL)
    ended = os.times()
    cpu = ended.children_user + ended.children_system - began.children_user - began.children_system
    return Filled(tasks / (ended.elapsed - began.elapsed), cpu)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server on what a folder holds, from its start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {**_environment(folder), "HEADWAY_PORT": str(port)}
    began = os.times().elapsed
    process = subprocess.Popen([*HEADWAY, "serve"], env=settings, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert b"ready" in process.stdout.readline()
        yield Server(port, process, os.times().elapsed - began, cpu_seconds_of(process.pid))
    finally:
        process.terminate()
        process.wait()


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "HEADWAY_DATA_DIR": str(folder),
        "HEADWAY_RATE_LIMIT": "off",
        "HEADWAY_LOG_LEVEL": "error",
    }
