"""The change log itself: one function appends, everybody else reads after a version."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Table, bindparam, select, update

from headway.changes.contracts import Entry, Op, Origin, Recorded, Stream, StreamKind
from headway.changes.schema import activity, changes, streams
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into

ENTRY_BYTES: Final = 200
"""About what an entry takes beside what it says."""

_encode: Final = msgspec.json.Encoder().encode
_ADVANCE: Final = command(
    update(streams)
    .where(streams.c.kind == bindparam("stream_kind"), streams.c.owner == bindparam("stream_owner"))
    .values(version=streams.c.version + bindparam("by"), bytes=streams.c.bytes + bindparam("said"))
)
_VERSION: Final = Statement(
    select(streams.c.version).where(
        streams.c.kind == bindparam("stream_kind"), streams.c.owner == bindparam("stream_owner")
    ),
    int,
)
_TAKE: Final = command(
    select(streams.c.version)
    .where(streams.c.kind == bindparam("stream_kind"), streams.c.owner == bindparam("stream_owner"))
    .with_for_update()
)
_BYTES: Final = Statement(
    select(streams.c.bytes).where(
        streams.c.kind == bindparam("stream_kind"), streams.c.owner == bindparam("stream_owner")
    ),
    int,
)
_ALL_VERSIONS: Final = command(select(streams.c.kind, streams.c.owner, streams.c.version))
_OLDEST: Final = Statement(
    select(changes.c.version)
    .where(changes.c.stream_kind == bindparam("stream_kind"), changes.c.stream_owner == bindparam("stream_owner"))
    .order_by(changes.c.version)
    .limit(1),
    int,
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


_IN_STREAM: Final = (
    changes.c.stream_kind == bindparam("stream_kind"),
    changes.c.stream_owner == bindparam("stream_owner"),
)
_AFTER: Final = Statement(
    select(changes)
    .where(*_IN_STREAM, changes.c.version > bindparam("after"))
    .order_by(changes.c.version)
    .limit(bindparam("limit")),
    _recorded,
)
_OF_ACTION: Final = Statement(
    select(changes).where(*_IN_STREAM, changes.c.action_id == bindparam("action_id")).order_by(changes.c.version),
    _recorded,
)


def _history(table: Table, *where: ColumnElement[bool]) -> Statement[Recorded]:
    """Entries of one table below a version, newest first."""
    return Statement(
        select(*(table.c[column.name] for column in changes.columns))
        .where(
            table.c.stream_kind == bindparam("stream_kind"),
            table.c.stream_owner == bindparam("stream_owner"),
            table.c.version < bindparam("before"),
            *where,
        )
        .order_by(table.c.version.desc())
        .limit(bindparam("limit")),
        _recorded,
    )


_NEWEST: Final = (_history(changes), _history(activity))
_OF_SUBJECT: Final = tuple(_history(table, table.c.subject == bindparam("subject")) for table in (changes, activity))


async def version_of(reader: Reader, stream: Stream) -> int:
    """The version that a stream has reached; 0 before its first entry."""
    return await reader.row(_VERSION, stream_kind=stream.kind, stream_owner=stream.owner) or 0


async def all_versions(reader: Reader) -> dict[Stream, int]:
    """Every stream of this database with its version."""
    return {Stream(kind, owner): version for kind, owner, version in await reader.rows(_ALL_VERSIONS)}


async def bytes_of(reader: Reader, stream: Stream) -> int:
    """How many bytes all entries of a stream say, those in its history too: nearly what it takes on disk."""
    return await reader.row(_BYTES, stream_kind=stream.kind, stream_owner=stream.owner) or 0


async def take(tx: Transaction, stream: Stream) -> None:
    """Make other writers of this stream wait until the commit, so that what is read of it stays true until then."""
    await tx.lock(_TAKE, stream_kind=stream.kind, stream_owner=stream.owner)


async def advance(tx: Transaction, stream: Stream, by: int, said: int = 0) -> int:
    """Move a stream's version on and return the new one. Holds the stream's row until the commit.

    `said`: bytes of the entries that go with it.
    """
    if not await tx.execute(_ADVANCE, stream_kind=stream.kind, stream_owner=stream.owner, by=by, said=said):
        await tx.execute(insert_into(streams), kind=stream.kind, owner=stream.owner, version=by, bytes=said)
        return by
    return await version_of(tx, stream)


async def append(tx: Transaction, stream: Stream, entries: Sequence[Recorded]) -> int:
    """Append entries (their `stream` and `version` are set here) and return the stream's new version."""
    version = await advance(tx, stream, len(entries), sum(map(_size, entries)))
    first = version - len(entries) + 1
    await tx.execute_many(
        insert_into(changes), [_row(stream, first + index, recorded) for index, recorded in enumerate(entries)]
    )
    tx.announce(str(stream), version)
    return version


def _size(recorded: Recorded) -> int:
    return ENTRY_BYTES + len(_encode(recorded.entry.fields)) + len(_encode(recorded.before))


def _row(stream: Stream, version: int, recorded: Recorded) -> dict[str, Any]:  # Any: the columns' values
    entry = recorded.entry
    return {
        "stream_kind": stream.kind,
        "stream_owner": stream.owner,
        "version": version,
        "scope": entry.scope,
        "action_id": entry.action_id,
        "kind": entry.kind,
        "object_id": entry.id,
        "op": entry.op,
        "object_version": entry.object_version,
        "fields": entry.fields,
        "before": recorded.before,
        "subject": recorded.subject,
        "actor": entry.actor,
        "at": entry.at,
        "origin": recorded.origin,
    }


async def read_after(reader: Reader, stream: Stream, after: int, limit: int = 500) -> list[Recorded]:
    """Entries with a version above `after`, oldest first."""
    return await reader.rows(_AFTER, stream_kind=stream.kind, stream_owner=stream.owner, after=after, limit=limit)


async def oldest_version(reader: Reader, stream: Stream) -> int | None:
    """The version of the oldest entry that is still kept; None when there is none."""
    return await reader.row(_OLDEST, stream_kind=stream.kind, stream_owner=stream.owner)


async def of_action(reader: Reader, stream: Stream, action_id: str) -> list[Recorded]:
    """What one action wrote, in order."""
    return await reader.rows(_OF_ACTION, stream_kind=stream.kind, stream_owner=stream.owner, action_id=action_id)


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
            stream_kind=stream.kind,
            stream_owner=stream.owner,
            before=found[-1].entry.version if found else before,
            limit=limit - len(found),
            **subject,
        )
        if len(found) == limit:
            break
    return found
