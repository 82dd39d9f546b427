"""The law of the log: entries applied in order give the rows, and each tells what was there before."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import bindparam

from headway.changes.contracts import Recorded, Stream
from headway.changes.log import read_after
from headway.changes.work import Kind
from headway.modules.tasks.store.kinds import KINDS
from headway.platform.db.port import Reader
from headway.platform.db.statement import rows_of
from tests.support.product import Product

# Any: each kind has its own fields.
Held = dict[tuple[str, str], tuple[str, int, dict[str, Any]]]
"""Objects by kind and id: scope, version and fields."""


async def assert_log_tells_rows(product: Product, workspace_id: str) -> None:
    """Replay a workspace's stream from its beginning and compare with what is in the tables."""
    await assert_stream_tells_rows(product.monolith.database.reader, workspace_id)


async def assert_stream_tells_rows(reader: Reader, workspace_id: str) -> None:
    """The same for a database that is open without its product."""
    stream = Stream("workspace", workspace_id)
    entries = await read_after(reader, stream, 0, limit=1_000_000)
    kept = await _all_kept(reader, workspace_id)
    # Consumers may write while the tables are read: the comparison is of a moment at which none did.
    while (later := await read_after(reader, stream, 0, limit=1_000_000)) != entries:
        entries, kept = later, await _all_kept(reader, workspace_id)
    assert fold(entries) == kept


def fold(entries: Iterable[Recorded]) -> Held:
    """What a reader who sees every scope holds after these entries; what has left and entered nowhere has no scope."""
    held: Held = {}
    for recorded in entries:
        entry = recorded.entry
        key = (entry.kind, entry.id)
        scope, version, fields = held.get(key, ("", 0, {}))
        assert entry.object_version > version or entry.op == "enter", f"{entry} does not go on from version {version}"
        for name, value in recorded.before.items():
            assert not fields or fields[name] == value, f"{entry} tells another {name} than there was"
        match entry.op:
            case "create" | "enter":
                held[key] = (entry.scope, entry.object_version, entry.fields)
            case "update":
                assert entry.scope == scope, f"{entry} changes an object in a scope where it is not"
                held[key] = (scope, entry.object_version, fields | entry.fields)
            case "delete":
                del held[key]
            case "leave":
                held[key] = ("", entry.object_version, fields)
    return held


async def _all_kept(reader: Reader, workspace_id: str) -> Held:
    kept: Held = {}
    for kind in KINDS.values():
        kept |= await _kept(reader, kind, workspace_id)
    return kept


async def _kept(reader: Reader, kind: Kind[Any], workspace_id: str) -> Held:
    table = kind.table
    owner = table.c.get("workspace_id", table.c.id)
    rows = await reader.rows(rows_of(table, kind.row, owner == bindparam("owner")), owner=workspace_id)
    return {
        (kind.name, row.id): (kind.scope(row), row.version, msgspec.json.decode(msgspec.json.encode(kind.fields(row))))
        for row in rows
    }
