"""Runs the real command, on a data folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.serving import free_port, running

HEADWAY = Path(sys.executable).with_name("headway")
READY = "Headway is ready"
PATIENCE = 120.0  # seconds until a command that hangs fails the test


@dataclass
class Shell:
    """A place where `headway` is called; `settings` are its HEADWAY_* variables."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, *arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """Call `headway`, whatever comes of it."""
        return subprocess.run(
            [HEADWAY, *arguments],
            cwd=self.folder,
            env={**os.environ, **self.settings, **settings, "NO_COLOR": "1", "COLUMNS": "200"},
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def json(self, *arguments: str, given: str = "") -> Any:
        """The JSON answer of a call that must succeed."""
        done = self.run(*arguments, "--json", given=given)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@dataclass
class Server:
    """A running `headway serve`."""

    url: str
    shell: Shell

    def get(self, path: str, token: str) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", headers={"authorization": f"Bearer {token}"})

    @property
    def output(self) -> str:
        return (self.shell.folder / "log").read_text("utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests of a file: a start takes longer than they do."""
    shell = Shell(tmp_path_factory.mktemp("served"))
    port = free_port()
    shell.settings["HEADWAY_PORT"] = str(port)
    url = f"http://localhost:{port}"
    with running([HEADWAY, "serve"], f"{url}/healthz", shell.folder, shell.settings, READY):
        yield Server(url, shell)
