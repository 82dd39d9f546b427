"""What may happen to a whole cluster while people write: nothing acknowledged is lost, and in the end all agree."""

import subprocess
from collections.abc import Iterator

import pytest

from tests.support.cluster import PATIENCE, Cluster, meanwhile, running_cluster, writers

pytestmark = [pytest.mark.anyio, pytest.mark.long]

COUNT = "SELECT COUNT(*), COALESCE(SUM(CRC32(id)), 0) FROM headway.tasks"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One for all tests of this file; each leaves it with all its members."""
    with running_cluster("--instances", "3", "--replicas", "2") as running:
        yield running


@pytest.fixture(autouse=True)
def sound(cluster: Cluster) -> Iterator[None]:
    """After each fault log, rows and cursors agree, and so do the database servers."""
    yield
    assert {name: member["note"] for name, member in cluster.members.items() if not member["ready"]} == {}
    cluster.operate("doctor", "--deep")
    primary = next(name for name, member in cluster.members.items() if member["role"] == "primary")
    position = ask(cluster, primary, "SELECT @@gtid_binlog_pos")
    expected = ask(cluster, primary, COUNT)
    for name in ("db1", "db2", "db3"):
        if name != primary:
            assert ask(cluster, name, f"SELECT MASTER_GTID_WAIT('{position}', {PATIENCE})") == "0"
            assert ask(cluster, name, COUNT) == expected


def ask(cluster: Cluster, name: str, query: str) -> str:
    """What a database server answers."""
    command = ["mariadb", f"--defaults-file={cluster.folder / name / 'client.cnf'}", "--skip-column-names"]
    done = subprocess.run([*command, "-e", query], capture_output=True, text=True, check=True, timeout=PATIENCE)
    return done.stdout.strip()


async def test_a_rolling_restart_fails_no_write(cluster: Cluster) -> None:
    async with writers(cluster) as working:
        await meanwhile(cluster, "restart", "--rolling")
        await working.more()
    assert working.failures == []


async def test_a_switch_over_to_another_primary_fails_no_write(cluster: Cluster) -> None:
    async with writers(cluster) as working:
        for name in ("db2", "db3", "db1"):
            await meanwhile(cluster, "promote", name)
            await working.more()
    assert working.failures == []


async def test_when_the_primary_dies_a_replica_takes_over_and_nothing_acknowledged_is_lost(cluster: Cluster) -> None:
    for _ in range(2):
        dead = next(name for name, member in cluster.members.items() if member["role"] == "primary")
        async with writers(cluster) as working:
            await meanwhile(cluster, "kill", dead)
            await meanwhile(cluster, "promote")
            await working.more()
            await meanwhile(cluster, "start", dead)
            await working.more()


async def test_a_replica_that_went_another_way_is_filled_anew(cluster: Cluster) -> None:
    ask(
        cluster,
        "db2",
        "INSERT INTO headway.tasks SELECT * FROM headway.tasks LIMIT 0; CREATE TABLE headway.stray (id INT)",
    )
    await meanwhile(cluster, "kill", "db2")
    async with writers(cluster) as working:
        await meanwhile(cluster, "start", "db2")
        await working.more()
    assert ask(cluster, "db2", "SHOW TABLES FROM headway LIKE 'stray'") == ""


async def test_one_instance_more_takes_its_share(cluster: Cluster) -> None:
    async with writers(cluster) as working:
        await meanwhile(cluster, "add", "instance")
        await meanwhile(cluster, "kill", "app1")
        await meanwhile(cluster, "kill", "app2")
        await meanwhile(cluster, "kill", "app3")
        await working.more()
        await meanwhile(cluster, "up")
    assert cluster.members["app4"]["ready"]


async def test_without_redis_writes_go_on(cluster: Cluster) -> None:
    async with writers(cluster) as working:
        await meanwhile(cluster, "kill", "redis")
        await working.more()
        await meanwhile(cluster, "start", "redis")
        await working.more()
    assert working.failures == []


def test_a_cluster_that_was_stopped_starts_again_with_its_data(cluster: Cluster) -> None:
    before = ask(cluster, "db1", COUNT)
    cluster.run("down")
    assert {member["pid"] for member in cluster.members.values()} == {None}
    cluster.run("up")
    assert ask(cluster, "db1", COUNT) == before
