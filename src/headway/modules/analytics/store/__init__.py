"""Facts of tasks, and the counters that they stand in."""

from typing import Any, Final

from sqlalchemy import BigInteger, Column, MetaData, String, Table, and_, bindparam, delete, func, or_, select, update

from headway.modules.analytics.domain.facts import Facts
from headway.platform.db.statement import command, rows_of
from headway.platform.db.types import Day, Id, Instant, Json

metadata: Final = MetaData()

facts: Final = Table(
    "task_facts",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("task_id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("status", String(32), nullable=False),
    Column("category", String(16), nullable=False),
    Column("priority", String(8), nullable=False),
    Column("assignee_ids", Json(tuple[str, ...]), nullable=False),
    Column("due_date", Day),
    Column("due_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("completed_at", Instant),
    Column("trashed_at", Instant),
    sqlite_with_rowid=False,
)

counters: Final = Table(
    "counters",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("project_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True, comment="an assignee, or zeros for the whole project"),
    Column("measure", String(64), primary_key=True),
    Column("bucket", BigInteger, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

_THIS: Final = (
    counters.c.workspace_id == bindparam("workspace"),
    counters.c.project_id == bindparam("project"),
    counters.c.person_id == bindparam("person"),
    counters.c.measure == bindparam("what"),
    counters.c.bucket == bindparam("when"),
)
FACTS_OF: Final = rows_of(
    facts, Facts, facts.c.workspace_id == bindparam("workspace_id"), facts.c.task_id == bindparam("task_id")
)
ADD: Final = command(update(counters).where(*_THIS).values(count=counters.c.count + bindparam("by")))


def _spans() -> Any:  # Any: SQLAlchemy's boolean expression
    dated = (("created", "quarter"), ("completed", "quarter"), ("cycle", "cycle"))
    timeless = and_(counters.c.bucket == 0, counters.c.measure.not_in([name for name, _ in dated]))
    return or_(
        timeless,
        counters.c.measure.in_(["due_at", "due_date"]),
        *(and_(counters.c.measure == name, counters.c.bucket >= bindparam(f"since_{since}")) for name, since in dated),
    )


COUNTS: Final = command(
    select(counters.c.measure, counters.c.bucket, func.sum(counters.c.count))
    .where(
        counters.c.workspace_id == bindparam("workspace_id"),
        counters.c.project_id.in_(bindparam("project_ids", expanding=True)),
        counters.c.person_id == bindparam("person_id"),
        counters.c.count != 0,
        _spans(),
    )
    .group_by(counters.c.measure, counters.c.bucket)
)
FADE: Final = command(
    delete(counters).where(counters.c.measure == bindparam("what"), counters.c.bucket < bindparam("below"))
)
