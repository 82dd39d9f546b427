"""The demo's data: the same every time, and such as the product itself would have written."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pysqlite3
import pytest

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from headway.entrypoints.demo import fill
from headway.entrypoints.demo.fill import Wanted
from headway.entrypoints.demo.readers import READERS
from headway.entrypoints.operation.demo import DemoMade, NotEmpty, make_demo
from headway.modules.analytics.consumers import count
from headway.platform.clock import SystemClock
from headway.platform.ids import id_to_bytes
from headway.settings import Settings
from tests.support.clock import StillClock
from tests.support.fold import assert_stream_tells_rows
from tests.support.product import Product, running_product

pytestmark = pytest.mark.anyio

WANTED = Wanted(people=45, tasks=400, seed=7, now=datetime(2026, 11, 23, tzinfo=UTC))
SECRET_COLUMNS = {"accounts": "password_hash"}


async def made(folder: Path) -> DemoMade:
    settings = Settings(data_dir=folder)
    return await asyncio.to_thread(make_demo, settings, SystemClock(), WANTED, None, lambda *_: None)


@contextmanager
def opened(folder: Path) -> Iterator[pysqlite3.Connection]:
    connection = pysqlite3.connect(str(folder / "headway.db"))
    yield connection
    connection.close()


def contents(folder: Path) -> dict[str, list[Any]]:
    """Every table's rows, without the hash of the password and without jobs, which are new every time."""
    with opened(folder) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'alembic%'"
                " AND name NOT LIKE 'search_index%' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'schedule%'"
                " AND name <> 'jobs'"
            )
        ]
        found: dict[str, list[Any]] = {}
        for table in tables:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            kept = ", ".join(f'"{name}"' for name in columns if SECRET_COLUMNS.get(table) != name)
            found[table] = sorted(connection.execute(f'SELECT {kept} FROM "{table}"'), key=repr)  # noqa: S608
        return found


async def _team(product: Product, address: str, password: str) -> Any:
    client = product.client()
    answer = await client.post("/auth/login", json={"email": address, "password": password})
    assert answer.status_code == 200, answer.text
    workspaces = (await client.get("/workspaces")).json()["items"]
    return client, next(each for each in workspaces if each["kind"] == "team")


async def test_the_same_seed_and_day_make_the_same_data(tmp_path: Path) -> None:
    await made(tmp_path / "one")
    await made(tmp_path / "two")

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_other_processes_make_the_same_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_demo(Settings(data_dir=tmp_path / "alone"), SystemClock(), WANTED, None, lambda *_: None)
    monkeypatch.setattr(fill, "WORTH_PROCESSES", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    make_demo(Settings(data_dir=tmp_path / "together"), SystemClock(), WANTED, None, lambda *_: None)

    assert contents(tmp_path / "alone") == contents(tmp_path / "together")


async def test_its_log_tells_its_rows(tmp_path: Path) -> None:
    demo = await made(tmp_path)
    async with running_product(tmp_path, StillClock(WANTED.now)) as product:
        _, team = await _team(product, demo.addresses[0], demo.password)

        await assert_stream_tells_rows(product.monolith.database.reader, team["id"])


async def test_its_statistics_are_those_that_folding_the_log_gives(tmp_path: Path) -> None:
    demo = await made(tmp_path)
    async with running_product(tmp_path, StillClock(WANTED.now)) as product:
        client, team = await _team(product, demo.addresses[0], demo.password)
        told = (await client.get("/stats", params={"workspace_id": team["id"]})).json()
        database = product.monolith.database
        stream = Stream("workspace", team["id"])
        entries = await read_after(database.reader, stream, 0, 10**6)
        facts = _facts(tmp_path, team["id"])

        with opened(tmp_path) as connection:
            connection.execute("DELETE FROM counters")
            connection.execute("DELETE FROM task_facts")
            connection.commit()
        await database.write(lambda tx: count(tx, stream, entries))

        assert (await client.get("/stats", params={"workspace_id": team["id"]})).json() == told
        assert _facts(tmp_path, team["id"]) == facts
        assert told["total"] > 100


def _facts(folder: Path, workspace_id: str) -> list[Any]:
    """What is kept of a workspace's tasks to count them."""
    return [row for row in contents(folder)["task_facts"] if row[0] == id_to_bytes(workspace_id)]


async def test_what_is_due_will_ring_as_it_does_for_tasks_that_people_make(tmp_path: Path) -> None:
    await made(tmp_path)
    alarms, jobs = _still_to_ring(tmp_path)
    followed = contents(tmp_path)["followed_tasks"]
    with opened(tmp_path) as connection:
        for table in ("alarms", "followed_tasks", "notifications"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute("DELETE FROM jobs WHERE name = 'notifications.alarms'")
        connection.execute("DELETE FROM cursors WHERE consumer = 'notifications.news'")
        connection.commit()

    async with running_product(tmp_path, StillClock(WANTED.now)) as product:
        await product.settled()

        told, told_jobs = _still_to_ring(tmp_path)
        assert alarms == told
        assert contents(tmp_path)["followed_tasks"] == followed
        assert jobs == [job for job in told_jobs if job[0] in {alarm[-2] for alarm in told}]
        assert len(alarms) > 10


def _still_to_ring(folder: Path) -> tuple[list[Any], list[Any]]:
    """Alarms, and the jobs that see to them."""
    after = [int(WANTED.now.timestamp() * 1e6)]
    with opened(folder) as connection:
        alarms = connection.execute("SELECT * FROM alarms WHERE fires_at > ? ORDER BY user_id, task_id", after)
        jobs = connection.execute(
            "SELECT run_at, key, priority, state, attempts, payload FROM jobs"
            " WHERE name = 'notifications.alarms' AND run_at > ? ORDER BY run_at",
            after,
        )
        return list(alarms), list(jobs)


async def test_its_tasks_are_found_by_assignee_and_label(tmp_path: Path) -> None:
    demo = await made(tmp_path)
    async with running_product(tmp_path, StillClock(WANTED.now)) as product:
        client, team = await _team(product, demo.addresses[0], demo.password)
        where = {"workspace_id": team["id"], "limit": 200}
        task = next(
            each
            for each in (await client.get("/tasks", params=where)).json()["items"]
            if each["assignee_ids"] and each["label_ids"]
        )
        links = {"assignee_id": task["assignee_ids"][0], "label": task["label_ids"][0]}

        found = (await client.get("/tasks", params=where | links)).json()["items"]

        assert task["id"] in {each["id"] for each in found}
        assert all(links["assignee_id"] in each["assignee_ids"] for each in found)


async def test_its_tasks_are_found_by_their_words(tmp_path: Path) -> None:
    demo = await made(tmp_path)
    async with running_product(tmp_path, StillClock(WANTED.now)) as product:
        client, team = await _team(product, demo.addresses[0], demo.password)
        tasks = (await client.get("/tasks", params={"workspace_id": team["id"], "limit": 1})).json()["items"]

        found = (await client.get("/search", params={"q": tasks[0]["title"], "workspace_id": team["id"]})).json()

        assert found["items"][0]["title"] == tasks[0]["title"]


async def test_readers_of_the_log_have_nothing_left_to_do(tmp_path: Path) -> None:
    demo = await made(tmp_path)
    async with running_product(tmp_path, StillClock(WANTED.now)) as product:
        before = contents(tmp_path)["changes"]
        await product.settled()

        assert contents(tmp_path)["changes"] == before
        assert (demo.people, demo.tasks) == (WANTED.people, len(contents(tmp_path)["tasks"]))


async def test_every_reader_of_the_log_is_left_at_its_end(tmp_path: Path) -> None:
    async with running_product(tmp_path) as product:
        consumers = [consumer for module in product.monolith.modules for consumer in module.consumers]

    asked = {(kind, consumer.name) for consumer in consumers for kind in consumer.kinds}
    assert {(kind, name) for kind, names in READERS.items() for name in names} == asked


async def test_data_that_is_there_is_not_touched(tmp_path: Path) -> None:
    await made(tmp_path)
    before = contents(tmp_path)

    with pytest.raises(NotEmpty):
        await made(tmp_path)

    assert contents(tmp_path) == before
