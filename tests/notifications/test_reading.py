"""The list of notifications: pages, read and unread, the same on every device."""

from typing import Any

import msgspec
import pytest
from sqlalchemy import bindparam

from headway.changes.contracts import Stream
from headway.changes.log import read_after
from headway.changes.work import Kind
from headway.modules.notifications.store.notifications import NOTIFICATION
from headway.modules.notifications.store.preferences import MUTE, PREFERENCES
from headway.platform.db.statement import rows_of
from tests.notifications.office import Office
from tests.support.fold import fold

pytestmark = pytest.mark.anyio


async def three_tasks(office: Office) -> list[Any]:  # Any: JSON answers
    """Ben is assigned to three tasks, minute by minute; what he was told, the newest first, without the invitation."""
    for number in range(3):
        await office.task(title=f"Task {number}", assignee_ids=[office.ben.id])
        await office.pass_time(minutes=1)
    return (await office.told(office.ben))[:-1]


async def sync_of(office: Office, **query: str) -> list[Any]:  # Any: lines of JSON
    answer = await office.ben.api.get("/sync", params=query)
    return [msgspec.json.decode(line) for line in answer.text.splitlines()]


async def test_pages_hold_everything_once_the_newest_first(office: Office) -> None:
    await three_tasks(office)
    whole = await office.told(office.ben)
    first = await office.ben.get("/notifications", limit=2)
    second = await office.ben.get("/notifications", limit=2, cursor=first["next_cursor"])
    assert first["items"] + second["items"] == whole
    assert second["next_cursor"] is None
    assert [each["created_at"] for each in whole] == sorted([each["created_at"] for each in whole], reverse=True)


async def test_one_is_read_and_unread_again(office: Office) -> None:
    news, *_ = await three_tasks(office)
    read = await office.ben.patch(f"/notifications/{news['id']}", read=True)
    assert read["read_at"] is not None
    assert await office.ben.get("/notifications/unread") == {"count": 2}
    assert news["id"] not in [each["id"] for each in (await office.ben.get("/notifications", unread="true"))["items"]]
    assert (await office.ben.patch(f"/notifications/{news['id']}", read=False))["read_at"] is None
    assert (await office.ben.get("/notifications"))["unread_count"] == 3


async def test_a_second_reading_keeps_the_time_of_the_first(office: Office) -> None:
    news, *_ = await three_tasks(office)
    first = await office.ben.patch(f"/notifications/{news['id']}", read=True)
    office.clock.at = office.clock.at.replace(second=30)
    assert await office.ben.patch(f"/notifications/{news['id']}", read=True) == first


async def test_all_up_to_one_are_read_and_newer_ones_stay(office: Office) -> None:
    newest, middle, oldest = await three_tasks(office)
    assert await office.ben.put("/notifications/read", up_to=middle["id"]) == {"count": 1}
    unread = (await office.ben.get("/notifications", unread="true"))["items"]
    assert [each["id"] for each in unread] == [newest["id"]]
    assert oldest["id"] not in unread


async def test_all_are_read(office: Office) -> None:
    await three_tasks(office)
    assert await office.ben.put("/notifications/read") == {"count": 0}
    assert (await office.ben.get("/notifications", unread="true"))["items"] == []


async def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(office: Office) -> None:
    news, *_ = await three_tasks(office)
    path = f"/notifications/{news['id']}"
    await office.ben.patch(path, read=True)
    answer = await office.ben.api.patch(path, json={"read": False}, headers={"If-Match": f'"{news["version"]}"'})
    assert answer.status_code == 412


async def test_bad_input_is_refused_by_name(office: Office) -> None:
    api = office.ben.api
    for path, field in (("?cursor=nonsense", "cursor"), ("?limit=0", "limit"), ("?unread=maybe", "unread")):
        answer = await api.get(f"/notifications{path}")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    answer = await api.patch("/notifications/preferences", json={"kinds": {"gossip": {"mail": False}}})
    assert answer.status_code == 400


async def test_read_on_one_device_is_read_on_all(office: Office) -> None:
    news, *_ = await three_tasks(office)
    snapshot = await sync_of(office)
    held = {line["id"]: line["fields"] for line in snapshot if line.get("kind") == "notification"}
    assert held[news["id"]]["read_at"] is None
    assert held[news["id"]]["title"] == "Task 2"

    await office.ben.patch(f"/notifications/{news['id']}", read=True)
    since = await sync_of(office, cursor=snapshot[-1]["cursor"])
    [entry] = [line for line in since if line["type"] == "entry" and line["kind"] == "notification"]
    assert (entry["id"], entry["op"]) == (news["id"], "update")
    assert entry["fields"]["read_at"] is not None


async def test_a_snapshot_holds_mutes_and_preferences_and_nobody_elses_inbox(office: Office) -> None:
    await office.ben.put(f"/notifications/mutes/projects/{office.project}")
    await office.ben.patch("/notifications/preferences", kinds={"due": {"mail": False}})
    lines = [line for line in await sync_of(office) if line.get("stream", "").startswith("inbox:")]
    assert {line["stream"] for line in lines} == {f"inbox:{office.ben.id}"}
    assert {line["kind"] for line in lines} == {"notification", "mute", "notification_preferences"}


async def test_a_snapshot_holds_the_newest_two_hundred(office: Office) -> None:
    for number in range(3):
        ids = [(await office.task(title=f"{number}.{each}"))["id"] for each in range(70)]
        for task_id in ids:
            await office.ada.put(f"/tasks/{task_id}/assignees/{office.ben.id}")
    await office.settled()
    told = [line["id"] for line in await sync_of(office) if line.get("kind") == "notification"]
    listed = (await office.ben.get("/notifications", limit=200))["items"]
    assert told == [each["id"] for each in listed]


async def test_the_log_of_an_inbox_tells_its_rows(office: Office) -> None:
    ben = office.ben
    newest, *_ = await three_tasks(office)
    await ben.patch(f"/notifications/{newest['id']}", read=True)
    await ben.patch(f"/notifications/{newest['id']}", read=False)
    await office.ada.post(f"/tasks/{newest['task_id']}/comments", body="One more thing")
    await office.settled()
    await ben.put("/notifications/read")
    for path in (f"projects/{office.project}", f"workspaces/{office.workspace}"):
        await ben.put(f"/notifications/mutes/{path}")
    await ben.delete(f"/notifications/mutes/projects/{office.project}")
    await ben.patch("/notifications/preferences", kinds={"due": {"mail": False}})
    await ben.patch("/notifications/preferences", kinds={"due": {"in_app": False}})

    reader = office.product.monolith.database.reader
    told = fold(await read_after(reader, Stream("inbox", ben.id), 0, limit=10_000))
    kept = {}
    kinds: list[Kind[Any]] = [NOTIFICATION, MUTE, PREFERENCES]  # Any: rows of different kinds
    for kind in kinds:
        owner = kind.table.c.get("user_id", kind.table.c.id)
        for row in await reader.rows(rows_of(kind.table, kind.row, owner == bindparam("of")), of=ben.id):
            fields = msgspec.json.decode(msgspec.json.encode(kind.fields(row)))
            kept[kind.name, row.id] = (kind.scope(row), row.version, fields)
    assert told == kept
    assert {kind for kind, _ in kept} == {kind.name for kind in kinds}


async def test_preferences_are_by_kind_and_the_rest_stays(office: Office) -> None:
    before = await office.ben.get("/notifications/preferences")
    assert before["kinds"]["assigned"] == {"in_app": True, "mail": True}
    after = await office.ben.patch("/notifications/preferences", kinds={"assigned": {"mail": False}})
    assert after["kinds"] == before["kinds"] | {"assigned": {"in_app": True, "mail": False}}
    assert await office.ben.get("/notifications/preferences") == after
    assert (await office.ada.get("/notifications/preferences"))["kinds"] == before["kinds"]
