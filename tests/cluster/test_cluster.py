"""`headway cluster`: real servers on loopback that serve as one installation, also while one of them dies."""

import json
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from headway.entrypoints.cluster.programs import MissingProgram, require
from tests.support.cluster import Cluster, meanwhile, running_cluster, writers

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A small one for all tests of this file; each leaves it with all its members."""
    with running_cluster("--instances", "2", "--replicas", "1") as running:
        yield running


def test_all_members_can_be_used_and_have_a_part(cluster: Cluster) -> None:
    members = cluster.members
    assert [name for name, member in members.items() if not member["ready"]] == []
    assert {name: member["role"] for name, member in members.items() if member["kind"] == "mariadb"} == {
        "db1": "primary",
        "db2": "replica",
    }
    assert set(members) == {"nginx", "redis", "db1", "db2", "app1", "app2", "worker1"}
    assert "Headway is ready on http://localhost:" in cluster.output


def test_no_password_is_known_to_others(cluster: Cluster) -> None:
    passwords = json.loads((cluster.folder / "secrets.json").read_text())
    assert len(set(passwords.values())) == len(passwords)
    for name in ("secrets.json", "redis/redis.conf", "db1/client.cnf", "app1/headway.toml"):
        assert (cluster.folder / name).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0, name
    assert cluster.folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0  # some servers note them in their data
    for port in (cluster.port("redis"), cluster.port("db1")):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as stranger:
            stranger.sendall(b"PING\r\n")
            assert b"PONG" not in stranger.recv(200)


async def test_when_an_instance_is_killed_no_write_fails(cluster: Cluster) -> None:
    async with writers(cluster) as working:
        await meanwhile(cluster, "kill", "app2")
        await working.more()
        await meanwhile(cluster, "start", "app2")
        await working.more()
    assert working.failures == []


def test_hashed_files_come_packed_from_nginx_and_with_the_headers_of_an_instance(cluster: Cluster) -> None:
    page = httpx.get(f"{cluster.url}/", trust_env=False)
    assert page.status_code == 200
    script = page.text.partition('src="./')[2].partition('"')[0]
    asked = {"accept-encoding": "gzip"}
    instance = f"http://127.0.0.1:{cluster.port('app1')}"
    of_nginx, of_instance = (
        httpx.get(f"{address}/{script}", headers=asked, trust_env=False) for address in (cluster.url, instance)
    )
    assert of_nginx.headers["server"].startswith("nginx")
    assert of_nginx.content == of_instance.content
    for name in ("cache-control", "x-content-type-options", "cross-origin-resource-policy"):
        assert of_nginx.headers[name].lower() == of_instance.headers[name].lower()


def test_nginx_that_was_killed_leaves_its_port_and_starts_again(cluster: Cluster) -> None:
    cluster.run("kill", "nginx")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{cluster.url}/healthz", trust_env=False)
    cluster.run("start", "nginx")
    assert httpx.get(f"{cluster.url}/healthz", trust_env=False).status_code == 200


def test_an_unknown_member_and_a_folder_without_a_cluster_are_named(cluster: Cluster, tmp_path: Path) -> None:
    unknown = cluster.call("cluster", "kill", "app9", "--dir", str(cluster.folder))
    assert unknown.returncode == 3
    assert "There is no app9 in this cluster; there are nginx, redis, db1" in unknown.stderr
    nothing = cluster.call("cluster", "status", "--dir", str(tmp_path))
    assert nothing.returncode == 3
    assert "headway cluster up" in nothing.stderr


def test_a_missing_server_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_nginx(name: str, path: str | None = None) -> str | None:
        return "/usr/sbin/nginx" if name == "nginx" else None

    monkeypatch.setattr(shutil, "which", only_nginx)
    with pytest.raises(
        MissingProgram, match="mariadbd, redis-server are not installed: apt-get install mariadb-server redis-server"
    ):
        require(["mariadbd", "redis-server", "nginx"])
