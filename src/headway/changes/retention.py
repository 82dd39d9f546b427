"""Keeps the log short: entries that every reader has handled and that are old go to `activity`.

A client whose cursor is older than the log gets a snapshot. Answers to repeated requests are forgotten after 30 days.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, Final

from msgspec import Raw
from sqlalchemy import bindparam, delete, select, type_coerce

from headway.changes.contracts import Stream
from headway.changes.log import all_versions
from headway.changes.schema import activity, changes, cursors, idempotency, in_stream, named
from headway.platform.db.port import Database, Transaction
from headway.platform.db.statement import Statement, command, insert_into
from headway.platform.db.types import Json

CHUNK: Final = 500
REMEMBERED: Final = timedelta(days=30)

_COLUMNS: Final = tuple(column.name for column in changes.columns)
# What an entry says is only carried over, so it is not taken apart.
_UNREAD: Final = [
    type_coerce(column, Json(Raw)).label(column.name) if isinstance(column.type, Json) else column
    for column in changes.columns
]
_OLDEST: Final = Statement(
    select(*_UNREAD)
    .where(*in_stream(changes), changes.c.version <= bindparam("handled"))
    .order_by(changes.c.version)
    .limit(bindparam("limit")),
    lambda *values: dict(zip(_COLUMNS, values, strict=True)),
)
_DROP: Final = command(delete(changes).where(*in_stream(changes), changes.c.version <= bindparam("up_to")))
_CURSORS: Final = command(select(cursors.c.consumer, cursors.c.version).where(*in_stream(cursors)))
_FORGET: Final = command(delete(idempotency).where(idempotency.c.created_at < bindparam("since")))


async def compact(database: Database, readers: Mapping[str, Sequence[str]], now: datetime, keep: timedelta) -> int:
    """Move entries older than `keep` to `activity`; how many. `readers`: the consumers of each kind of stream.

    One small transaction per 500 entries. The newest entry of a stream always stays, so that a gap can be told.
    """
    moved = 0
    for stream, version in (await all_versions(database.reader)).items():
        chunk = CHUNK
        while chunk == CHUNK:
            chunk = await _compact_chunk(database, stream, version, readers.get(stream.kind, ()), now - keep)
            moved += chunk
    await database.write(lambda tx: tx.execute(_FORGET, since=now - REMEMBERED))
    return moved


async def _compact_chunk(
    database: Database, stream: Stream, version: int, consumers: Sequence[str], before: datetime
) -> int:
    where = named(stream)

    async def act(tx: Transaction) -> int:
        held: dict[str, int] = {row[0]: row[1] for row in await tx.rows(_CURSORS, **where)}
        handled = min([version - 1, *(held.get(consumer, 0) for consumer in consumers)])
        # Any: the columns' values
        rows: list[dict[str, Any]] = await tx.rows(_OLDEST, handled=handled, limit=CHUNK, **where)
        # Up to the first that is too young: an entry may say that it happened before one that stands before it.
        old = list(takewhile(lambda row: row["at"] < before, rows))
        if old:
            await tx.execute_many(insert_into(activity), old)
            await tx.execute(_DROP, up_to=old[-1]["version"], **where)
        return len(old)

    return await database.write(act)
