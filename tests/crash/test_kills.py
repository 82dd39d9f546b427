"""SIGKILL at random and at every named point, under concurrent writes: nothing acknowledged is lost or doubled."""

import random
from collections import Counter
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from headway.changes.contracts import Stream
from headway.changes.log import all_versions, read_after
from headway.changes.schema import cursors
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.db.statement import command
from headway.platform.faults import POINTS
from tests.crash.lives import CLIENTS, SPARE, Lives
from tests.support.fold import assert_stream_tells_rows
from tests.support.product import PASSWORD
from tests.support.serving import free_port

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(590)]  # a hundred lives take their time on a busy machine

KILLS = 100
SEEDS = (7, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(8, 17)))
"""A thousand kills in the long run, in histories that several processes share among them."""
SAGA_OF_MOVING = frozenset({"saga.move_copied"})
"""Points that this test's writes do not pass; tests/crash/test_moving.py does."""


@pytest.mark.parametrize("seed", SEEDS)
async def test_nothing_acknowledged_is_lost_or_doubled_however_often_the_server_is_killed(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    async with Lives(tmp_path, free_port(), chance) as lives:
        await lives.start()
        person_id = await lives.sign_up()
        await lives.live(until=20)
        points = [point for point in POINTS if point not in SAGA_OF_MOVING]
        died_at: Counter[str] = Counter()

        for number in range(1, KILLS):
            point = points[number % len(points)] if number % 3 else ""
            limit = 2 if point.startswith("saga") else 25
            began = await lives.start(f"{point}:{chance.randint(1, limit)}" if point else "")
            died_at[point] += not began or await lives.live(until=SPARE if point else chance.randint(1, 40))
            if number % 10 == 0:
                await _assert_whole(lives, tmp_path, person_id)

        await lives.start()
        await _assert_newcomers_sign_in(lives)
        await lives.stop()
        await _assert_whole(lives, tmp_path, person_id)
        assert set(points) == {point for point in died_at if point and died_at[point]}, "a point was never reached"


async def _assert_newcomers_sign_in(lives: Lives) -> None:
    for email in lives.newcomers.registered[:: max(1, len(lives.newcomers.registered) // 20)]:
        async with httpx.AsyncClient(base_url=lives.api().base_url, trust_env=False) as api:
            answer = await api.post("/auth/login", json={"email": email, "password": PASSWORD})
            assert answer.status_code == 200, f"{email} was told to be registered: {answer.text}"


async def _assert_whole(lives: Lives, folder: Path, person_id: str) -> None:
    """What was acknowledged is in the rows, the log tells the same as the rows, and no cursor is ahead of the log."""
    database = SqliteDatabase(folder / "data" / "headway.db")
    try:
        entries = [each.entry for each in await read_after(database.reader, Stream("workspace", person_id), 0, 10**9)]
        assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
        made = Counter(entry.id for entry in entries if entry.kind == "task" and entry.op == "create")
        assert set(made.values()) <= {1}, "a task was made twice"
        told: dict[str, object] = {}
        closed = set()
        for entry in entries:
            if entry.kind == "task" and "title" in entry.fields:
                told[entry.id] = entry.fields["title"]
            if entry.kind == "task" and entry.fields.get("status_category") == "completed":
                closed.add(entry.id)
        for client in lives.clients:
            unanswered = client.pending.path.rpartition("/")[2] if client.pending else None
            assert {task: told.get(task) for task in client.titles if task != unanswered} == {
                task: title for task, title in client.titles.items() if task != unanswered
            }
            assert client.completed <= closed
        assert len(made) <= sum(len(client.titles) for client in lives.clients) + CLIENTS
        await assert_stream_tells_rows(database.reader, person_id)
        await _assert_cursors_follow(database)
    finally:
        await database.close()


async def _assert_cursors_follow(database: SqliteDatabase) -> None:
    versions = await all_versions(database.reader)
    rows = await database.reader.rows(
        command(select(cursors.c.consumer, cursors.c.stream_kind, cursors.c.stream_owner, cursors.c.version))
    )
    for consumer, kind, owner, version in rows:
        assert version <= versions[Stream(kind, owner)], f"{consumer} is ahead of the log"
