"""The first tables."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, String

from headway.platform.db.types import Id, Instant, Json

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:  # allow function-budget: one list of tables
    op.create_table(
        "activity",
        Column("stream_kind", String(16), primary_key=True),
        Column("stream_owner", Id, primary_key=True),
        Column("subject", Id, primary_key=True),
        Column("version", BigInteger, primary_key=True, autoincrement=False),
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
        sqlite_with_rowid=False,
    )
    op.create_index("activity_by_version", "activity", ["stream_kind", "stream_owner", "version"])
    op.create_table(
        "changes",
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
        Column("origin", String(8), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("changes_by_action", "changes", ["stream_kind", "stream_owner", "action_id", "version"])
    op.create_index("changes_by_subject", "changes", ["stream_kind", "stream_owner", "subject", "version"])
    op.create_table(
        "cursors",
        Column("consumer", String(32), primary_key=True),
        Column("stream_kind", String(16), primary_key=True),
        Column("stream_owner", Id, primary_key=True),
        Column("version", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "heartbeats",
        Column("name", String(32), primary_key=True),
        Column("beat", BigInteger, nullable=False),
        Column("at", Instant, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idempotency",
        Column("stream_kind", String(16), primary_key=True),
        Column("stream_owner", Id, primary_key=True),
        Column("actor", Id, primary_key=True),
        Column("key", String(128), primary_key=True),
        Column("request_hash", String(64), nullable=False),
        Column("status", Integer, nullable=False),
        Column("answer", Json, nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("created_at", Instant, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("idempotency_by_actor", "idempotency", ["actor", "key"])
    op.create_index("idempotency_by_age", "idempotency", ["created_at"])
    op.create_table(
        "leaders",
        Column("name", String(64), primary_key=True),
        Column("holder", String(36), nullable=False),
        Column("beat", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "streams",
        Column("kind", String(16), primary_key=True),
        Column("owner", Id, primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("bytes", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
