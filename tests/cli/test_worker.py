"""`headway worker`: the work beside requests, on a database server."""

from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import HEADWAY, Shell
from tests.support import mariadb
from tests.support.serving import free_port, running


def test_a_worker_answers_probes_and_nothing_else(shell: Shell, tmp_path: Path) -> None:
    port = str(free_port())
    shell.settings |= {"HEADWAY_WORKER_PORT": port, "HEADWAY_DATABASE_URL": mariadb.database_of(tmp_path)}
    url = f"http://127.0.0.1:{port}"

    with running([HEADWAY, "worker"], f"{url}/readyz", shell.folder, shell.settings, "Headway works"):
        assert httpx.get(f"{url}/metrics").status_code == 200
        assert httpx.get(f"{url}/api/v1/auth/options").status_code == 404


@pytest.mark.parametrize(("command", "setting"), [("worker", "on"), ("serve", "off")])
def test_with_sqlite_one_process_does_everything(shell: Shell, command: str, setting: str) -> None:
    done = shell.run(command, HEADWAY_BACKGROUND=setting)

    assert done.returncode == 1
    assert "database server" in done.stderr
    assert done.stderr.count("\n") == 1


def test_instances_that_share_a_folder_have_the_same_key(shell: Shell, tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        port = free_port()
        settings = {
            "HEADWAY_PORT": str(port),
            "HEADWAY_DATA_DIR": str(tmp_path / name),
            "HEADWAY_SHARED_DIR": str(tmp_path / "shared"),
        }
        with running([HEADWAY, "serve"], f"http://127.0.0.1:{port}/healthz", shell.folder, settings):
            keys.append((tmp_path / "shared/keys/signing.key").read_text("ascii"))
            assert not (tmp_path / name / "keys").exists()

    assert keys[0] == keys[1]
