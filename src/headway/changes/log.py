"""The change log itself: one function appends, everybody else reads after a version."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Raw
from sqlalchemy import ColumnElement, Table, bindparam, func, select, update

from headway.changes.contracts import Entry, Op, Origin, Recorded, Stream, StreamKind
from headway.changes.schema import activity, changes, in_stream, named, streams
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into

ENTRY_BYTES: Final = 200
"""About what an entry takes beside what it says."""


class Reached(NamedTuple):
    """The version that a stream has, and how many bytes its entries say, those in its history too.

    That is nearly what it takes on disk.
    """

    version: int
    bytes: int


NEWEST: Final = 1 << 62
"""Above every version: before it stands the whole history."""

_encode: Final = msgspec.json.Encoder().encode
_THE_STREAM: Final = (streams.c.kind == bindparam("stream_kind"), streams.c.owner == bindparam("stream_owner"))
_ADVANCE: Final = command(
    update(streams)
    .where(*_THE_STREAM)
    .values(version=streams.c.version + bindparam("by"), bytes=streams.c.bytes + bindparam("said"))
)
_VERSION: Final = Statement(select(streams.c.version).where(*_THE_STREAM), int)
_REACHED: Final = Statement(select(streams.c.version, streams.c.bytes).where(*_THE_STREAM), Reached)
_TAKE: Final = command(select(streams.c.version).where(*_THE_STREAM).with_for_update())
_ALL_VERSIONS: Final = command(select(streams.c.kind, streams.c.owner, streams.c.version))
_BUCKET: Final = func.hex(func.substr(streams.c.owner, 16, 1))
"""The last two digits of an owner's id, which are random."""
_BUCKETS: Final = command(select(_BUCKET, func.sum(streams.c.version)).group_by(_BUCKET))
_IN_BUCKET: Final = command(
    select(streams.c.kind, streams.c.owner, streams.c.version).where(bindparam("bucket") == _BUCKET)
)
_OLDEST: Final = Statement(
    select(changes.c.version).where(*in_stream(changes)).order_by(changes.c.version).limit(1), int
)


def _recorded(  # noqa: PLR0913, PLR0917 - one parameter per column, in their order
    kind: StreamKind,
    owner: str,
    version: int,
    scope: str,
    action_id: str,
    object_kind: str,
    object_id: str,
    op: Op,
    object_version: int,
    fields: dict[str, Any],  # Any: as in Entry.fields
    before: dict[str, Any],
    subject: str,
    actor: str | None,
    at: datetime,
    origin: Origin,
) -> Recorded:
    entry = Entry(
        f"{kind}:{owner}", version, scope, action_id, object_kind, object_id, op, object_version, fields, actor, at
    )
    return Recorded(entry, before, subject, origin)


_AFTER: Final = Statement(
    select(changes)
    .where(*in_stream(changes), changes.c.version > bindparam("after"))
    .order_by(changes.c.version)
    .limit(bindparam("limit")),
    _recorded,
)
_OF_ACTION: Final = Statement(
    select(changes)
    .where(*in_stream(changes), changes.c.action_id == bindparam("action_id"))
    .order_by(changes.c.version),
    _recorded,
)


def _history(table: Table, *where: ColumnElement[bool]) -> Statement[Recorded]:
    """Entries of one table below a version, newest first."""
    return Statement(
        select(*(table.c[column.name] for column in changes.columns))
        .where(*in_stream(table), table.c.version < bindparam("before"), *where)
        .order_by(table.c.version.desc())
        .limit(bindparam("limit")),
        _recorded,
    )


_NEWEST: Final = (_history(changes), _history(activity))
_OF_SUBJECT: Final = tuple(_history(table, table.c.subject == bindparam("subject")) for table in (changes, activity))


async def version_of(reader: Reader, stream: Stream) -> int:
    """The version that a stream has reached; 0 before its first entry."""
    return await reader.row(_VERSION, **named(stream)) or 0


async def all_versions(reader: Reader) -> dict[Stream, int]:
    """Every stream of this database with its version."""
    return {Stream(kind, owner): version for kind, owner, version in await reader.rows(_ALL_VERSIONS)}


async def reached(reader: Reader, stream: Stream) -> Reached:
    """How far a stream has come."""
    return await reader.row(_REACHED, **named(stream)) or Reached(0, 0)


def bucket_of(stream: str) -> str:
    """The bucket that a stream (`workspace:<id>`) falls into, of 256."""
    return stream[-2:]


async def bucket_sums(reader: Reader) -> dict[str, int]:
    """The versions of all streams of a bucket added up, by bucket."""
    return {bucket.lower(): int(total) for bucket, total in await reader.rows(_BUCKETS)}


async def versions_in(reader: Reader, bucket: str) -> dict[Stream, int]:
    """Every stream of a bucket with its version."""
    found = await reader.rows(_IN_BUCKET, bucket=bucket.upper())
    return {Stream(kind, owner): version for kind, owner, version in found}


async def take(tx: Transaction, stream: Stream) -> None:
    """Make other writers of this stream wait until the commit, so that what is read of it stays true until then."""
    await tx.lock(_TAKE, **named(stream))


async def advance(tx: Transaction, stream: Stream, by: int, said: int = 0) -> Reached:
    """Move a stream's version on and return how far it has come. Holds the stream's row until the commit.

    `said`: bytes of the entries that go with it.
    """
    if not await tx.execute(_ADVANCE, **named(stream), by=by, said=said):
        await tx.execute(insert_into(streams), kind=stream.kind, owner=stream.owner, version=by, bytes=said)
        return Reached(by, said)
    return await reached(tx, stream)


async def append(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> Reached:
    """Append entries (their `stream` and `version` are set here) and return how far the stream has come."""
    rows = [row_of(stream, recorded) for recorded in entries]
    now = await advance(tx, stream, len(rows), sum(map(_size, rows)))
    for number, row in enumerate(rows, start=now.version - len(rows) + 1):
        row["version"] = number
    await tx.execute_many(insert_into(changes), rows)
    tx.announce(str(stream), now.version)
    return now


def _size(row: Mapping[str, Any]) -> int:
    return ENTRY_BYTES + len(row["fields"]) + len(row["before"])


def row_of(stream: Stream, recorded: Recorded) -> dict[str, Any]:  # Any: the columns' values
    """An entry as a row of the log or of the history; what it says is encoded already."""
    entry = recorded.entry
    return {
        **named(stream),
        "version": entry.version,
        "scope": entry.scope,
        "action_id": entry.action_id,
        "kind": entry.kind,
        "object_id": entry.id,
        "op": entry.op,
        "object_version": entry.object_version,
        "fields": Raw(_encode(entry.fields)),
        "before": Raw(_encode(recorded.before)),
        "subject": recorded.subject,
        "actor": entry.actor,
        "at": entry.at,
        "origin": recorded.origin,
    }


async def read_after(reader: Reader, stream: Stream, after: int, limit: int = 500) -> list[Recorded]:
    """Entries with a version above `after`, oldest first."""
    return await reader.rows(_AFTER, **named(stream), after=after, limit=limit)


async def oldest_version(reader: Reader, stream: Stream) -> int | None:
    """The version of the oldest entry that is still kept; None when there is none."""
    return await reader.row(_OLDEST, **named(stream))


async def of_action(reader: Reader, stream: Stream, action_id: str) -> list[Recorded]:
    """What one action wrote, in order."""
    return await reader.rows(_OF_ACTION, **named(stream), action_id=action_id)


async def about(reader: Reader, stream: Stream, subject: str, before: int, limit: int) -> list[Recorded]:
    """Entries about one task (or other subject) below version `before`, newest first, however old."""
    return await _read_history(reader, _OF_SUBJECT, stream, before, limit, subject=subject)


async def newest(reader: Reader, stream: Stream, before: int, limit: int) -> list[Recorded]:
    """Entries of the stream below version `before`, newest first, however old."""
    return await _read_history(reader, _NEWEST, stream, before, limit)


async def _read_history(
    reader: Reader,
    statements: Sequence[Statement[Recorded]],
    stream: Stream,
    before: int,
    limit: int,
    **subject: str,
) -> list[Recorded]:
    found: list[Recorded] = []
    for statement in statements:
        found += await reader.rows(
            statement,
            **named(stream),
            before=found[-1].entry.version if found else before,
            limit=limit - len(found),
            **subject,
        )
        if len(found) == limit:
            break
    return found
