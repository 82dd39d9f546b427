"""Replays the log over the rows: what the entries tell must be what the tables hold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import bindparam

from headway.changes.contracts import Entry, Stream
from headway.changes.log import all_versions, oldest_version, read_after
from headway.changes.module import Module
from headway.changes.work import Kind
from headway.platform.db.port import Reader
from headway.platform.db.statement import Statement, rows_of
from headway.platform.progress import Progress

PAGE: Final = 1000
SHOWN: Final = 5

WRITERS: Final[Mapping[str, str]] = {"workspace": "tasks", "inbox": "notifications"}
"""The module that writes a kind of stream, for the streams whose rows all have their owner in the key."""


class Told(msgspec.Struct):
    """An object as the log tells it. `whole`: from its beginning, so that every field is known."""

    kind: str
    whole: bool
    there: bool
    version: int
    fields: dict[str, Any]  # Any: as in Entry.fields


async def replay(reader: Reader, modules: Sequence[Module], report: Progress) -> list[str]:
    """Where rows and log disagree: sentences, a few at most for each stream."""
    kinds = {module.name: module.kinds for module in modules}
    streams = sorted(stream for stream in await all_versions(reader) if stream.kind in WRITERS)
    wrong: list[str] = []
    for done, stream in enumerate(streams, start=1):
        wrong += (await _compare(reader, stream, kinds[WRITERS[stream.kind]]))[:SHOWN]
        report("replaying the log", done, len(streams))
    return wrong


async def _compare(reader: Reader, stream: Stream, kinds: Sequence[Kind[Any]]) -> list[str]:
    told: dict[tuple[str, str], Told] = {}
    after = 0
    while entries := await read_after(reader, stream, after, PAGE):
        for recorded in entries:
            apply(told, recorded.entry)
        after = entries[-1].entry.version
    complete = await oldest_version(reader, stream) in (None, 1)
    found: list[str] = []
    for kind in kinds:
        rows = {row.id: row for row in await _rows(reader, kind, stream)}
        found += _disagreements(stream, kind, rows, told, complete=complete)
    return found


def apply(told: dict[tuple[str, str], Told], entry: Entry) -> None:
    """One entry over what was told before."""
    key = (entry.kind, entry.id)
    match entry.op:
        case "create" | "enter":
            told[key] = Told(entry.kind, True, True, entry.object_version, dict(entry.fields))
        case "update":
            held = told.setdefault(key, Told(entry.kind, False, True, 0, {}))
            held.version = entry.object_version
            held.fields |= entry.fields
        case "delete":
            told[key] = Told(entry.kind, True, False, entry.object_version, {})
        case "leave":  # it may enter another scope with the next entry, or be gone from all
            held = told.setdefault(key, Told(entry.kind, False, True, 0, {}))
            held.version = entry.object_version


def _disagreements(
    stream: Stream,
    kind: Kind[Any],
    rows: dict[str, Any],  # Any: rows of that kind
    told: dict[tuple[str, str], Told],
    *,
    complete: bool,
) -> Iterator[str]:
    for (name, object_id), held in told.items():
        if name == kind.name:
            sentence = _difference(kind, rows.get(object_id), held)
            if sentence:
                yield f"{stream}: {name} {object_id} {sentence}"
    if complete:
        for object_id in rows:
            if (kind.name, object_id) not in told:
                yield f"{stream}: {kind.name} {object_id} is a row that the log never told"


def _difference(kind: Kind[Any], row: Any, held: Told) -> str:  # Any: a row of that kind
    if not held.there:
        return "" if row is None else "is a row, though the log says that it was deleted"
    if row is None:
        return "is in the log, but no row"
    if row.version != held.version:
        return f"is at version {row.version}, in the log at {held.version}"
    kept, said = _plain(kind.fields(row)), _plain(held.fields)
    other = [name for name, value in said.items() if name in kept and kept[name] != value]
    return f"has another {', '.join(other)} than the log tells" if other else ""


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields as JSON values, as a client receives them."""
    told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(fields))
    return told


async def _rows(reader: Reader, kind: Kind[Any], stream: Stream) -> list[Any]:  # Any: rows of that kind
    return await reader.rows(_in_stream(kind), owner=stream.owner)


def _in_stream(kind: Kind[Any]) -> Statement[Any]:
    owner = next(iter(kind.table.primary_key.columns))
    shape: type[msgspec.Struct] = kind.row
    return rows_of(kind.table, shape, owner == bindparam("owner", type_=owner.type))
