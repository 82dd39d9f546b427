"""Tables of the job queue."""

from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

from headway.platform.db.types import Id, Instant, Json, Ranked

metadata: Final = MetaData()

jobs: Final = Table(
    "jobs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("key", String(128), nullable=False),
    Column("payload", Json, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", Ranked("waiting", "failed"), nullable=False),
    # When a worker may take the job next. Taking it moves this on to the end of the lease.
    Column("run_at", Instant, nullable=False),
    # Counts how often the job was taken: who holds an older number has lost the lease.
    Column("fence", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("name", "key", name="jobs_by_key"),
    Index("jobs_by_turn", "state", "priority", "run_at", "id"),
)

schedule_slots: Final = Table(
    "schedule_slots",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("slot", Instant, nullable=False),
)
