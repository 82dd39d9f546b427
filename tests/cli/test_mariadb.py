"""The program on a database server: what runs there, and what says that it does not yet."""

import sys
from pathlib import Path

import httpx
import pytest

from headway.entrypoints.schema import NeedsDriver, schema_of
from headway.settings import Settings
from tests.cli.conftest import HEADWAY, READY, Shell
from tests.support import mariadb
from tests.support.serving import free_port, running

PERSON = {"name": "Somebody", "password": "correct horse battery staple"}


def test_it_migrates_serves_and_is_looked_at(shell: Shell, tmp_path: Path) -> None:
    port = str(free_port())
    url = f"http://localhost:{port}"
    shell.settings |= {"HEADWAY_PORT": port, "HEADWAY_DATABASE_URL": mariadb.database_of(tmp_path)}

    for name in ("ada", "ben"):  # the second time with what is there
        with running([HEADWAY, "serve"], f"{url}/readyz", shell.folder, shell.settings, READY):
            found = shell.run("doctor")
            answer = httpx.post(
                f"{url}/api/v1/auth/register", json={**PERSON, "email": f"{name}@example.com"}, headers={"origin": url}
            )
        assert answer.status_code == 201, answer.text
        assert "answers and has this release's schema" in found.stdout


@pytest.mark.parametrize("command", [["demo"], ["backup"]])
def test_what_needs_a_file_says_so_in_a_line(shell: Shell, tmp_path: Path, command: list[str]) -> None:
    shell.settings["HEADWAY_DATABASE_URL"] = mariadb.database_of(tmp_path)

    done = shell.run(*command)

    assert done.returncode == 1
    assert done.stderr.startswith("headway: ")
    assert done.stderr.count("\n") == 1


def test_without_the_packages_for_a_server_the_start_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymysql", None)
    monkeypatch.delitem(sys.modules, "headway.platform.db.mysql_schema", raising=False)

    with pytest.raises(NeedsDriver, match=r"headway\[mysql\]"):
        schema_of(Settings(database_url="mysql://ada@127.0.0.1/headway"))


def test_a_server_that_is_away_stops_the_start_with_a_line(shell: Shell) -> None:
    shell.settings["HEADWAY_DATABASE_URL"] = "mysql://ada:hunter2@127.0.0.1:1/headway"

    done = shell.run("serve")

    assert done.returncode == 1
    assert "headway at 127.0.0.1:1" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
