"""Readers of the log: what they handle in one transaction, and what becomes of a stream that they cannot handle."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from headway.changes import consumer as consumers
from headway.changes.consumer import Consumer, position_of
from headway.changes.contracts import Recorded, Stream
from headway.platform.db.port import Transaction
from headway.platform.ids import new_id
from tests.gateway.world import entry, tell
from tests.support.product import Product, running_product

pytestmark = pytest.mark.anyio


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    async with running_product(tmp_path) as running:
        yield running


class Notebook:
    """Remembers what it was given, by transaction; one stream it cannot handle."""

    def __init__(self, broken: Stream | None = None) -> None:
        self.broken = broken
        self.given: list[tuple[Transaction, Stream, list[int]]] = []

    async def handle(self, tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> None:
        if stream == self.broken:
            raise RuntimeError("this stream cannot be handled")
        self.given.append((tx, stream, [each.entry.version for each in entries]))


def streams(count: int) -> list[Stream]:
    return [Stream("inbox", new_id()) for _ in range(count)]


async def write(product: Product, stream: Stream, count: int) -> None:
    await tell(product.monolith.database, stream, *(entry("create", "everyone", new_id(), 1) for _ in range(count)))


async def test_streams_are_handled_together_each_entry_once_and_in_order(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "BATCH", 5)
    few, many, *others = streams(4)
    database, notebook = product.monolith.database, Notebook()
    for stream, count in ((few, 2), (many, 12), *((each, 1) for each in others)):
        await write(product, stream, count)
    reader = Consumer("notebook", frozenset({"inbox"}), notebook.handle, database)
    await reader.catch_up()
    versions: dict[Stream, list[int]] = {stream: [] for stream in (few, many, *others)}
    size: Counter[Transaction] = Counter()
    for transaction, stream, found in notebook.given:
        versions[stream] += found
        size[transaction] += len(found)
    assert versions == {few: [1, 2], many: list(range(1, 13)), others[0]: [1], others[1]: [1]}
    assert [await position_of(database.reader, "notebook", each) for each in versions] == [2, 12, 1, 1]
    assert set(size.values()) <= {1, 2, 3, 4, 5}
    assert len(size) < len(notebook.given)

    times = len(notebook.given)
    await reader.catch_up()
    assert len(notebook.given) == times


async def test_a_stream_that_cannot_be_handled_keeps_no_other_back(product: Product) -> None:
    database, (bad, *good) = product.monolith.database, streams(4)
    notebook = Notebook(broken=bad)
    for stream in (bad, *good):
        await write(product, stream, 1)
    reader = Consumer("notebook", frozenset({"inbox"}), notebook.handle, database)
    with pytest.raises(RuntimeError):
        await reader.catch_up()
    assert [await position_of(database.reader, "notebook", each) for each in (bad, *good)] == [0, 1, 1, 1]
    notebook.broken = None
    await reader.catch_up()
    assert await position_of(database.reader, "notebook", bad) == 1
