"""Tables of the change log, the same in every module's database, and how a statement names a stream in them."""

from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, ColumnElement, Index, Integer, MetaData, String, Table, bindparam

from headway.changes.contracts import Stream
from headway.platform.db.types import Id, Instant, Json

metadata: Final = MetaData()

streams: Final = Table(
    "streams",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("owner", Id, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False, comment="of what all its entries say"),
    sqlite_with_rowid=False,
)

changes: Final = Table(
    "changes",
    metadata,
    Column("stream_kind", String(16), primary_key=True),
    Column("stream_owner", Id, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("scope", String(64), nullable=False),
    Column("action_id", Id, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("object_id", Id, nullable=False),
    Column("op", String(8), nullable=False),
    Column("object_version", BigInteger, nullable=False),
    Column("fields", Json, nullable=False),
    Column("before", Json, nullable=False),
    Column("subject", Id, nullable=False),
    Column("actor", Id),
    Column("at", Instant, nullable=False),
    Column("origin", String(8), nullable=False, comment="person, undo, import or system"),
    Index("changes_by_subject", "stream_kind", "stream_owner", "subject", "version"),
    Index("changes_by_action", "stream_kind", "stream_owner", "action_id", "version"),
    sqlite_with_rowid=False,
)

activity: Final = Table(
    "activity",
    metadata,
    Column("stream_kind", String(16), primary_key=True),
    Column("stream_owner", Id, primary_key=True),
    Column("subject", Id, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False, comment="below 0 for a moved task's history"),
    Column("scope", String(64), nullable=False),
    Column("action_id", Id, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("object_id", Id, nullable=False),
    Column("op", String(8), nullable=False),
    Column("object_version", BigInteger, nullable=False),
    Column("fields", Json, nullable=False),
    Column("before", Json, nullable=False),
    Column("actor", Id),
    Column("at", Instant, nullable=False),
    Column("origin", String(8), nullable=False),
    Index("activity_by_version", "stream_kind", "stream_owner", "version"),
    sqlite_with_rowid=False,
)
"""History that people see: entries that have left the log, and what came along with a task that moved here."""

idempotency: Final = Table(
    "idempotency",
    metadata,
    Column("stream_kind", String(16), primary_key=True),
    Column("stream_owner", Id, primary_key=True),
    Column("actor", Id, primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Json(msgspec.Raw), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("idempotency_by_age", "created_at"),
    Index("idempotency_by_actor", "actor", "key"),
    sqlite_with_rowid=False,
)

cursors: Final = Table(
    "cursors",
    metadata,
    Column("consumer", String(32), primary_key=True),
    Column("stream_kind", String(16), primary_key=True),
    Column("stream_owner", Id, primary_key=True),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

leaders: Final = Table(
    "leaders",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(36), nullable=False, comment="an instance's own id for its run; empty: nobody"),
    Column("beat", BigInteger, nullable=False, comment="moved on by whoever leads"),
    sqlite_with_rowid=False,
)

heartbeats: Final = Table(
    "heartbeats",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("beat", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""A number that keeps moving where there are replicas, which thereby show how far they are behind."""


def in_stream(table: Table) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The condition that a row belongs to the stream that `named` gives."""
    return table.c.stream_kind == bindparam("stream_kind"), table.c.stream_owner == bindparam("stream_owner")


def named(stream: Stream) -> dict[str, str]:
    """The parameters, or columns, that name a stream."""
    return {"stream_kind": stream.kind, "stream_owner": stream.owner}
