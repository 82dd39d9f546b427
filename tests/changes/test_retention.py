"""Old entries leave the log; what people see of them stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headway.changes.contracts import Stream
from headway.changes.log import about, read_after, version_of
from headway.changes.retention import compact
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
        before = await about(reader, stream, task["id"], 2**62, 100)
        version = await version_of(reader, stream)
        clock.at += timedelta(days=100)
        await ada.sign_in()
        await ada.post("/tasks", title="Later")
        await product.settled()

        await compacted(product, clock.at)

        assert [each.entry.version for each in await read_after(reader, stream, 0)] == [version + 1]
        assert await about(reader, stream, task["id"], 2**62, 100) == before


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
