"""The first tables."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, String, Text, UniqueConstraint

from headway.platform.db.types import Id, Instant, Json

revision = "m0001_initial"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "jobs",
        Column("id", Id, primary_key=True),
        Column("name", String(64), nullable=False),
        Column("key", String(128), nullable=False),
        Column("payload", Json, nullable=False),
        Column("priority", Integer, nullable=False),
        Column("state", BigInteger, nullable=False),
        Column("run_at", Instant, nullable=False),
        Column("fence", Integer, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("done", Integer, nullable=False),
        Column("total", Integer, nullable=False),
        Column("error", Text),
        Column("created_at", Instant, nullable=False),
        UniqueConstraint("name", "key", name="jobs_by_key"),
    )
    op.create_index("jobs_by_turn", "jobs", ["state", "priority", "run_at", "id"])
    op.create_table(
        "schedule_slots",
        Column("name", String(64), primary_key=True),
        Column("slot", Instant, nullable=False),
    )
