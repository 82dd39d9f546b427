"""An instance reads from a replica as long as it is not behind, and never shows anybody less than they have seen."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pymysql
import pytest
from sqlalchemy import update

from headway.changes.schema import streams
from headway.platform.db.address import parse_address
from headway.platform.db.mysql_pool import PoolLimits
from headway.platform.db.mysql_replica import open_replicas
from headway.platform.db.statement import command
from headway.platform.problems import Unavailable
from tests.cli.conftest import HEADWAY
from tests.several.instances import House, Instance, Person, instance, succeeded, until
from tests.support.replicated import Replicated, replicated
from tests.support.serving import free_port

pytestmark = pytest.mark.anyio

PAIRS = 300
MANY_PAIRS = 10_000


@pytest.fixture(scope="module")
def servers() -> Iterator[Replicated]:
    """A primary and its replica; each test leaves the replica following."""
    with replicated() as running:
        yield running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, servers: Replicated) -> Iterator[House]:
    folder, port = tmp_path_factory.mktemp("replicas"), free_port()
    settings = {
        "HEADWAY_DATABASE_URL": servers.url,
        "HEADWAY_DATABASE_REPLICA_URLS": servers.replica_url,
        "HEADWAY_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HEADWAY_TRUSTED_PROXIES": "127.0.0.1",
        "HEADWAY_REGISTRATION": "open",
        "HEADWAY_RATE_LIMIT": "off",
        "HEADWAY_METRICS": "open",
        "HEADWAY_LOG_FORMAT": "json",
    }
    with instance(folder / "one", port, settings) as one:
        yield House(one, one)


@pytest.fixture(autouse=True)
def in_use(house: House) -> None:
    """The replica answers reads when a test begins."""
    until(lambda: measured(house.one, "replicas_in_use") == 1)


def measured(at: Instance, name: str) -> float:
    """One of the instance's metrics."""
    lines = httpx.get(f"{at.url}/metrics").text.splitlines()
    [value] = [line.split()[1] for line in lines if line.startswith(f"headway_{name} ")]
    return float(value)


@contextmanager
def working(house: House, name: str) -> Iterator[tuple[Person, httpx.Client, Any]]:
    """Somebody with a project, where nothing is written any more that was not asked for."""
    person = house.person(name)
    with person.at(house.one) as client:
        until(lambda: bool(client.get("/workspaces").json()["items"]))
        [workspace] = succeeded(client.get("/workspaces"))["items"]
        asked = {"workspace_id": workspace["id"], "key": "OPS", "name": "Ops"}
        yield person, client, succeeded(client.post("/projects", json=asked))


def add(client: httpx.Client, project: Any, title: str) -> Any:
    return succeeded(client.post("/tasks", json={"project_id": project["id"], "title": title}))


def newest(client: httpx.Client, project: Any) -> list[str]:
    query = {"project_id": project["id"], "sort": "-created_at", "limit": "3"}
    return [task["title"] for task in succeeded(client.get("/tasks", params=query))["items"]]


def reads_there(house: House, client: httpx.Client, project: Any) -> None:
    """Read what is never kept, until the replica has answered."""
    before = measured(house.one, "replica_reads")

    def has_answered() -> bool:
        succeeded(client.get(f"/projects/{project['id']}"))
        return measured(house.one, "replica_reads") > before

    until(has_answered)


@contextmanager
def held_up_again_and_again(house: House, servers: Replicated) -> Iterator[None]:
    """The replica falls behind until it is left out, follows until it is in use, and so on."""
    done = threading.Event()
    failures: list[BaseException] = []

    def toggle() -> None:
        try:
            while not done.is_set():
                servers.hold_up()
                until(lambda: done.is_set() or measured(house.one, "replicas_in_use") == 0)
                servers.go_on()
                until(lambda: done.is_set() or measured(house.one, "replicas_in_use") == 1)
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failures.append(error)

    thread = threading.Thread(target=toggle)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        servers.go_on()
    assert failures == []


def write_and_read(house: House, servers: Replicated, name: str, count: int) -> None:
    with working(house, name) as (_, client, project):
        before = measured(house.one, "replica_reads")
        with held_up_again_and_again(house, servers):
            for number in range(count):
                task = add(client, project, f"Task {number}")
                assert newest(client, project)[0] == task["title"]
                assert succeeded(client.get(f"/tasks/by-key/{task['key']}"))["id"] == task["id"]
                token = {"name": f"token {number}"}
                if number % 10 == 0:  # what says no version, and is read from where nothing says one either
                    label = succeeded(client.post("/labels", json={**token, "workspace_id": project["workspace_id"]}))
                    assert succeeded(client.get(f"/labels/{label['id']}"))["name"] == token["name"]
        reads_there(house, client, project)
        assert measured(house.one, "replica_reads") > before


def test_whoever_has_written_reads_it_whatever_the_replica_does(house: House, servers: Replicated) -> None:
    write_and_read(house, servers, "Ada", PAIRS)


@pytest.mark.long
def test_ten_thousand_reads_after_writes_are_never_old(house: House, servers: Replicated) -> None:
    write_and_read(house, servers, "Tenley", MANY_PAIRS)


def test_a_replica_that_is_behind_is_left_out_and_taken_back(house: House, servers: Replicated) -> None:
    with working(house, "Ben") as (ben, client, project), ben.at(house.one) as other:
        reads_there(house, other, project)
        servers.hold_up()
        try:
            add(client, project, "Paint the fence")
            until(lambda: measured(house.one, "replicas_in_use") == 0)
            read = measured(house.one, "replica_reads")
            assert newest(other, project) == ["Paint the fence"]
            assert measured(house.one, "replica_reads") == read
        finally:
            servers.go_on()
        until(lambda: measured(house.one, "replicas_in_use") == 1)
        reads_there(house, other, project)
    assert "replica_left_out" in house.one.log
    assert httpx.get(f"{house.one.url}/readyz").status_code == 200


def test_when_the_replica_dies_reads_go_on(house: House, servers: Replicated) -> None:
    with working(house, "Cleo") as (_, client, project):
        add(client, project, "Paint the fence")
        reads_there(house, client, project)
        servers.replica.kill()
        try:
            for _ in range(20):
                assert newest(client, project) == ["Paint the fence"]
                succeeded(client.get(f"/projects/{project['id']}"))
            until(lambda: measured(house.one, "replicas_in_use") == 0)
            assert httpx.get(f"{house.one.url}/readyz").status_code == 200
        finally:
            servers.replica.start()
        until(lambda: measured(house.one, "replicas_in_use") == 1)
        reads_there(house, client, project)


def test_the_doctor_tells_how_far_a_replica_is_behind(house: House, servers: Replicated, tmp_path: Path) -> None:
    asked = {
        "HEADWAY_DATA_DIR": str(tmp_path),
        "HEADWAY_DATABASE_URL": servers.url,
        "HEADWAY_DATABASE_REPLICA_URLS": servers.replica_url,
    }

    def findings() -> list[tuple[str, str]]:
        done = subprocess.run(
            [HEADWAY, "doctor", "--json"],
            cwd=tmp_path,
            env={**os.environ, **asked},
            capture_output=True,
            check=False,
        )
        return [(each["level"], each["detail"]) for each in json.loads(done.stdout) if each["check"] == "replicas"]

    name = f"127.0.0.1:{servers.replica.port}"
    assert findings()[0] == ("warning", "there are replicas, but no Redis")
    until(lambda: findings()[1][1].startswith(f"{name} answers"))
    servers.hold_up()
    try:
        until(lambda: findings()[1][0] == "warning" and f"{name} is" in findings()[1][1])
    finally:
        servers.go_on()


async def test_nothing_can_be_written_at_a_replica(servers: Replicated, house: House) -> None:
    address = parse_address(servers.replica_url.replace("reader:", "app:"))  # one who may write as far as rights go
    limits = PoolLimits(size=1)
    [replica] = await open_replicas(parse_address(servers.url), [address], limits)
    servers.replica.run("SET GLOBAL read_only = 0")
    try:
        for _ in range(2):
            with pytest.raises(Unavailable) as refused:
                async with replica.snapshot() as reader:
                    await reader.rows(command(update(streams).values(version=0)))
            assert "READ ONLY transaction" in str(refused.value.__cause__)
    finally:
        servers.replica.run("SET GLOBAL read_only = 1")
        await replica.close()
    with pytest.raises(pymysql.err.OperationalError, match="read-only"):
        servers.replica.run("UPDATE headway.streams SET version = 0", user="reader", password="throwaway")
