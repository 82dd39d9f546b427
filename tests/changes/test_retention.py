"""Old entries leave the log; what people see of them stays."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from headway.changes.contracts import Entry, Recorded, Stream
from headway.changes.log import NEWEST, about, append, read_after, version_of
from headway.changes.retention import compact
from headway.platform.db.port import Transaction
from headway.platform.ids import new_id
from tests.support.clock import StillClock
from tests.support.product import Product, running_product

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEEP = timedelta(days=90)


async def compacted(product: Product, now: datetime) -> None:
    """Compact as the daily job does."""
    consumers = [each for module in product.monolith.modules for each in module.consumers]
    readers = {"workspace": [each.name for each in consumers if "workspace" in each.kinds]}
    await compact(product.monolith.database, readers, now, KEEP)


async def test_history_outlives_the_log(tmp_path: Path) -> None:
    clock = StillClock(NOW)
    async with running_product(tmp_path, clock=clock) as product:
        ada = await product.person("Ada")
        task = await ada.post("/tasks", title="First")
        await ada.patch(f"/tasks/{task['id']}", title="Second")
        stream, reader = Stream("workspace", ada.id), product.monolith.database.reader
        before = await about(reader, stream, task["id"], NEWEST, 100)
        version = await version_of(reader, stream)
        clock.at += timedelta(days=100)
        await ada.sign_in()
        await ada.post("/tasks", title="Later")
        await product.settled()

        await compacted(product, clock.at)

        assert [each.entry.version for each in await read_after(reader, stream, 0)] == [version + 1]
        assert await about(reader, stream, task["id"], NEWEST, 100) == before


async def test_an_entry_between_two_older_ones_is_not_lost(tmp_path: Path) -> None:
    """What a reader of the log does is dated as what it follows from, which may be before what came between."""
    stream = Stream("workspace", new_id())
    async with running_product(tmp_path, clock=StillClock(NOW)) as product:
        database = product.monolith.database
        for at in (NOW, NOW + timedelta(days=2), NOW, NOW):
            await database.write(partial(_happened, stream, at))

        await compact(database, {}, NOW + KEEP + timedelta(days=1), KEEP)

        held = await about(database.reader, stream, stream.owner, NEWEST, 10)
        assert [each.entry.version for each in held] == [4, 3, 2, 1]
        assert [each.entry.fields for each in held] == [{"title": "Happened"}] * 4


async def _happened(stream: Stream, at: datetime, tx: Transaction) -> None:
    entry = Entry(
        *("", 0, f"project:{new_id()}", new_id(), "task", stream.owner),
        op="update",
        object_version=2,
        fields={"title": "Happened"},
        actor=None,
        at=at,
    )
    await append(tx, stream, [Recorded(entry, {"title": "Planned"}, stream.owner, "system")])


async def test_entries_that_a_reader_has_not_handled_stay(tmp_path: Path) -> None:
    async with running_product(tmp_path, clock=StillClock(NOW)) as product:
        ada = await product.person("Ada")
        await ada.post("/tasks", title="First")
        await product.settled()
        database = product.monolith.database

        moved = await compact(database, {"workspace": ["a reader that never ran"]}, NOW + timedelta(days=400), KEEP)

        stream = Stream("workspace", ada.id)
        assert len(await read_after(database.reader, stream, 0)) == await version_of(database.reader, stream)
        assert moved > 0, "the other streams have no such reader"
