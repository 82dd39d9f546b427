"""The first tables."""

from alembic import op
from sqlalchemy import BigInteger, Column, String

from headway.platform.db.types import Day, Id, Instant, Json

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "counters",
        Column("workspace_id", Id, primary_key=True),
        Column("project_id", Id, primary_key=True),
        Column("person_id", Id, primary_key=True),
        Column("measure", String(64), primary_key=True),
        Column("bucket", BigInteger, primary_key=True, autoincrement=False),
        Column("count", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "task_facts",
        Column("workspace_id", Id, primary_key=True),
        Column("task_id", Id, primary_key=True),
        Column("project_id", Id, nullable=False),
        Column("status", String(32), nullable=False),
        Column("category", String(16), nullable=False),
        Column("priority", String(8), nullable=False),
        Column("assignee_ids", Json, nullable=False),
        Column("due_date", Day),
        Column("due_at", Instant),
        Column("created_at", Instant, nullable=False),
        Column("started_at", Instant),
        Column("completed_at", Instant),
        Column("trashed_at", Instant),
        sqlite_with_rowid=False,
    )
