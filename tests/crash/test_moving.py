"""A move between workspaces, killed between any two of its steps: afterwards there is exactly one whole copy."""

import random
from pathlib import Path
from typing import Any

import httpx
import pytest

from headway.platform.db.sqlite import SqliteDatabase
from tests.crash.lives import Lives
from tests.support.fold import assert_stream_tells_rows
from tests.support.serving import free_port

pytestmark = pytest.mark.anyio

LOOKS = 5_000
"""How often to look whether a move has ended: far more often than it takes."""


async def _made(api: httpx.AsyncClient, path: str, **body: Any) -> Any:
    answer = await api.post(path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def _items(api: httpx.AsyncClient, path: str, **query: str) -> list[Any]:
    answer = await api.get(path, params=query)
    assert answer.is_success, answer.text
    items: list[Any] = answer.json()["items"]
    return items


async def _move_until_killed(lives: Lives, task_id: str, wanted: dict[str, str], key: dict[str, str]) -> None:
    async with lives.api() as api:
        asked = await api.post(f"/tasks/{task_id}/transfer", json=wanted, headers=key)
        assert asked.status_code == 202, asked.text
        for _ in range(LOOKS):
            answer = await api.get(f"/tasks/{task_id}/transfer")
            assert answer.json()["state"] == "under_way", answer.text


LONG = [
    pytest.param(f"write.{point}:{count}", marks=pytest.mark.long)
    for point in ("before_commit", "after_commit")
    for count in (3, 4, 5, 6)
]


@pytest.mark.parametrize(
    "crash_at",
    ["saga.move_copied:1", "write.before_commit:2", "write.after_commit:1", "write.after_commit:2", *LONG],
)
async def test_a_killed_move_is_carried_to_its_end(tmp_path: Path, crash_at: str) -> None:
    async with Lives(tmp_path, free_port(), random.Random(1)) as lives:
        await lives.start()
        await lives.sign_up()
        async with lives.api() as api:
            here, there = [await _made(api, "/workspaces", name=name) for name in ("Here", "There")]
            source, target = [
                await _made(api, "/projects", workspace_id=each["id"], key="OPS", name="Operations")
                for each in (here, there)
            ]
            task = await _made(api, "/tasks", project_id=source["id"], title="Roof")
            await _made(api, f"/tasks/{task['id']}/comments", body="Bring nails")
        await lives.stop()

        await lives.start(crash_at)
        wanted = {"workspace_id": there["id"], "project_id": target["id"]}
        key = {"idempotency-key": "move-the-roof"}
        with pytest.raises(httpx.TransportError):
            await _move_until_killed(lives, task["id"], wanted, key)

        await lives.start()
        async with lives.api() as api:
            answer = await api.post(f"/tasks/{task['id']}/transfer", json=wanted, headers=key)
            assert answer.is_success, answer.text
            for _ in range(LOOKS):
                if (await api.get(f"/tasks/{task['id']}/transfer")).json()["state"] == "done":
                    break
            assert await _items(api, "/tasks", project_id=source["id"]) == []
            moved = await _items(api, "/tasks", project_id=target["id"])
            assert [each["title"] for each in moved] == ["Roof"]
            assert [each["body"] for each in await _items(api, f"/tasks/{moved[0]['id']}/comments")] == ["Bring nails"]
        await lives.stop()
    database = SqliteDatabase(tmp_path / "data" / "headway.db")
    try:
        for workspace in (here, there):
            await assert_stream_tells_rows(database.reader, workspace["id"])
    finally:
        await database.close()
