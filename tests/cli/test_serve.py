"""`headway serve` is one process that owns its data folder."""

import os
import signal
import socket
import stat
import subprocess
from pathlib import Path

import httpx
import pysqlite3
import pytest

from tests.cli.conftest import HEADWAY, READY, Server, Shell
from tests.support.serving import free_port, running


def test_the_start_tells_the_address_and_what_it_makes_is_for_its_user_only(server: Server) -> None:
    assert f"Headway is ready on {server.url}" in server.output
    assert "administrator" not in server.output  # whoever comes first on this machine becomes it
    for name in ("", "headway.db", "keys", "keys/signing.key", "operator.sock"):
        assert (server.shell.data / name).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0, name


def test_the_key_stays_from_start_to_start(server: Server) -> None:
    key = (server.shell.data / "keys/signing.key").read_text()
    assert len(bytes.fromhex(key)) == 32


def test_it_is_not_ready_on_a_schema_that_is_not_its_own(server: Server) -> None:
    assert httpx.get(f"{server.url}/readyz").json()["checks"] == {"database": "ok", "migrations": "ok"}
    database = pysqlite3.connect(server.shell.data / "headway.db")
    [own] = database.execute("SELECT version_num FROM schema_tasks").fetchone()
    for revision, status in (("m9999_later", 503), (own, 200)):
        database.execute("UPDATE schema_tasks SET version_num = ?", (revision,))
        database.commit()
        answer = httpx.get(f"{server.url}/readyz")
        assert answer.status_code == status
        assert (answer.json()["checks"]["migrations"] == "ok") == (status == 200)
    database.close()


def test_a_second_start_says_who_has_the_data_folder(server: Server) -> None:
    second = server.shell.run("serve", HEADWAY_PORT=str(free_port()))
    assert second.returncode == 1
    assert "data is in use by headway serve (process " in second.stderr
    assert second.stderr.count("\n") == 1


def test_a_port_that_is_taken_is_named_before_anything_is_made(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = shell.run("serve", HEADWAY_PORT=str(port))
    assert done.returncode == 1
    assert done.stderr == f"headway: Cannot listen on 127.0.0.1 port {port}: Address already in use\n"
    assert not (shell.data / "headway.db").exists()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"HEADWAY_PROT": "1"}, "headway: HEADWAY_PROT is not a setting; did you mean HEADWAY_PORT?\n"),
        ({"HEADWAY_PORT": "no"}, "headway: HEADWAY_PORT: must be a whole number from 1 to 65535, not 'no'\n"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(shell: Shell, settings: dict[str, str], sentence: str) -> None:
    done = shell.run("serve", **settings)
    assert (done.returncode, done.stderr, done.stdout) == (2, sentence, "")
    assert not shell.data.exists()


def test_off_this_machine_the_first_administrator_comes_by_a_link_that_is_printed(shell: Shell) -> None:
    port = str(free_port())
    shell.settings |= {"HEADWAY_PORT": port, "HEADWAY_PUBLIC_URL": "https://tasks.example.org"}
    with running([HEADWAY, "serve"], f"http://localhost:{port}/healthz", shell.folder, shell.settings, READY):
        output = (shell.folder / "log").read_text("utf-8")
    assert "https://tasks.example.org/register#invitation=" in output
    assert f"It listens on http://127.0.0.1:{port}" in output


def test_who_listens_to_other_machines_without_saying_where_people_come_is_warned_and_not_taken_over(
    shell: Shell,
) -> None:
    port = str(free_port())
    shell.settings |= {"HEADWAY_PORT": port, "HEADWAY_HOST": "0.0.0.0"}  # noqa: S104 - what is warned about
    with running([HEADWAY, "serve"], f"http://localhost:{port}/healthz", shell.folder, shell.settings, READY):
        output = (shell.folder / "log").read_text("utf-8")
    assert "set HEADWAY_PUBLIC_URL to where people reach it" in output
    assert "/register#invitation=" in output


def test_a_stop_ends_cleanly_and_the_folder_is_free_again(shell: Shell) -> None:
    port = str(free_port())
    environment = {**os.environ, **shell.settings, "HEADWAY_PORT": port}
    with subprocess.Popen(
        [HEADWAY, "serve"], cwd=shell.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            assert process.stdout is not None
            assert b"is ready" in process.stdout.readline()
            with httpx.Client(base_url=f"http://localhost:{port}") as kept_alive:
                assert kept_alive.get("/healthz").status_code == 200
                process.send_signal(signal.SIGTERM)
                assert process.wait(timeout=60) == 0
        finally:
            process.kill()  # else the end of the block waits for one that does not heed the signal
    assert not (shell.data / "operator.sock").exists()
    assert shell.run("migrate").returncode == 0


def test_a_data_folder_with_a_very_long_path_works(shell: Shell) -> None:
    deep = Path(*["d" * 60] * 4)
    assert shell.run("user", "list", "--json", HEADWAY_DATA_DIR=str(deep)).stdout == "[]\n"
    port = str(free_port())
    settings = {"HEADWAY_DATA_DIR": str(deep), "HEADWAY_PORT": port}
    with running([HEADWAY, "serve"], f"http://localhost:{port}/healthz", shell.folder, settings, READY):
        assert shell.run("user", "list", "--json", **settings).stdout == "[]\n"
