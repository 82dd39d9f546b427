"""`headway worker`: the work beside requests, on a database server."""

from pathlib import Path

import httpx
import pytest

from headway.settings import SettingsError, load_settings
from tests.cli.conftest import HEADWAY, Shell
from tests.support import mariadb
from tests.support.redis import running_redis
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


def test_an_instance_with_another_key_does_not_start_until_it_is_told_to_be_right(shell: Shell, tmp_path: Path) -> None:
    shell.settings["HEADWAY_DATABASE_URL"] = mariadb.database_of(tmp_path)
    first = {"HEADWAY_DATA_DIR": str(tmp_path / "one")}
    other = {"HEADWAY_DATA_DIR": str(tmp_path / "two")}
    sharing = {"HEADWAY_DATA_DIR": str(tmp_path / "three"), "HEADWAY_SHARED_DIR": str(tmp_path / "one")}
    assert shell.run("user", "add", "ada@example.com", **first).returncode == 0

    refused = shell.run("user", "list", **other)
    assert refused.returncode == 1
    assert "signing.key is not the one" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert "ada@example.com" in shell.run("user", "list", **sharing).stdout

    assert shell.run("migrate", "--take-key", **other).returncode == 0
    assert "ada@example.com" in shell.run("user", "list", **other).stdout
    assert shell.run("user", "list", **sharing).returncode == 1


def test_the_doctor_asks_redis(shell: Shell) -> None:
    with running_redis() as redis:
        assert "it answers" in shell.run("doctor", HEADWAY_REDIS_URL=redis.url).stdout
    assert "it does not answer" in shell.run("doctor", HEADWAY_REDIS_URL=redis.url).stdout


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("redis://:secret@cache.example.org:6379/2", True),
        ("rediss://user:secret@cache.example.org", True),
        ("unix:///run/redis.sock", True),
        ("redis+sentinel://:secret@one:26379,two/headway/1?tls=on", True),
        ("redis+sentinel://one:26379", False),
        ("http://cache.example.org", False),
        ("redis://", False),
    ],
)
def test_the_url_of_redis_is_checked_and_not_shown(url: str, right: bool) -> None:
    if right:
        assert load_settings({"HEADWAY_REDIS_URL": url}).redis_url == url
    else:
        with pytest.raises(SettingsError, match="HEADWAY_REDIS_URL: must be like"):
            load_settings({"HEADWAY_REDIS_URL": url})
