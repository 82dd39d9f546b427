"""How much a workspace may have written, its history included."""

from pathlib import Path

import pytest
from sqlalchemy import bindparam, update

from headway.changes.contracts import Stream
from headway.changes.log import reached
from headway.changes.schema import streams
from headway.platform.db.port import Transaction
from headway.platform.db.statement import command
from tests.support.product import Person, Product, running_product

pytestmark = pytest.mark.anyio

_SET = command(update(streams).where(streams.c.owner == bindparam("of_owner")).values(bytes=bindparam("held")))


async def held(product: Product, person: Person) -> int:
    return (await reached(product.monolith.database.reader, Stream("workspace", person.id))).bytes


async def test_what_is_written_over_counts_too(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data") as product:
        ada = await product.person("Ada")
        task = await ada.post("/tasks", title="Roof", description="x" * 10_000)
        first = await held(product, ada)
        await ada.patch(f"/tasks/{task['id']}", description="y" * 10_000, base_version=1)
        second = await held(product, ada)

    assert first > 10_000
    assert second > first + 20_000  # the log keeps both the new text and the one before


async def test_a_workspace_that_is_full_of_history_takes_deletions_only(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data") as product:
        ada, ben = await product.person("Ada"), await product.person("Ben")
        task = await ada.post("/tasks", title="Roof")
        limit = product.settings.max_workspace_history_gb << 30

        async def fill(tx: Transaction) -> None:
            await tx.execute(_SET, of_owner=ada.id, held=limit)

        await product.monolith.database.write(fill)

        refused = await ada.api.patch(f"/tasks/{task['id']}", json={"title": "Wall"})
        assert (refused.status_code, refused.json()["code"]) == (409, "history_full")
        assert (await ada.get(f"/tasks/{task['id']}"))["title"] == "Roof"
        await ada.delete(f"/tasks/{task['id']}")
        await ben.post("/tasks", title="Others are not concerned")
