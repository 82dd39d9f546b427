"""Tasks. People and labels stand in the row, for reading, and in link tables, for finding."""

from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint, bindparam, select
from sqlalchemy.dialects.mysql import MEDIUMTEXT

from headway.changes.contracts import project_scope
from headway.changes.work import Kind
from headway.modules.tasks.store.projects import Category
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, rows_of
from headway.platform.db.types import Day, Id, Instant, Json, Ranked

Priority = Literal["none", "low", "medium", "high", "urgent"]
PRIORITIES: Final[tuple[Priority, ...]] = ("none", "low", "medium", "high", "urgent")

Ids = tuple[str, ...]

tasks: Final = Table(
    "tasks",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("parent_id", Id),
    Column("title", String(500), nullable=False),
    Column("description", Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb"), nullable=False),
    Column("status", String(32), nullable=False),
    Column("status_category", String(16), nullable=False),
    Column("priority", Ranked(*PRIORITIES), nullable=False),
    Column("start_date", Day),
    Column("due_date", Day, comment="the day in the task's own zone; also set when there is a time"),
    Column("due_time", String(5), comment="wall time, HH:MM"),
    Column("due_zone", String(64), comment="IANA zone of due_time"),
    Column("due_at", Instant, comment="the instant of due_date and due_time in due_zone"),
    Column("estimate_minutes", Integer),
    Column("position", String(255), nullable=False),
    Column("recurrence", Json(dict[str, Any] | None)),
    Column("occurrence", Integer, nullable=False, comment="how many came before in its recurrence, plus one"),
    Column("assignee_ids", Json(Ids), nullable=False),
    Column("label_ids", Json(Ids), nullable=False),
    Column("watcher_ids", Json(Ids), nullable=False),
    Column("completed_at", Instant),
    Column("trashed_at", Instant),
    Column("created_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "project_id", "number", name="tasks_by_number"),
    Index("tasks_by_position", "workspace_id", "project_id", "status", "position", "id"),
    Index("tasks_by_creation", "workspace_id", "created_at", "id"),
    Index("tasks_by_update", "workspace_id", "updated_at", "id"),
    Index("tasks_by_due", "workspace_id", "due_date", "id"),
    Index("tasks_by_parent", "workspace_id", "parent_id", "position", "id"),
    sqlite_with_rowid=False,
)

task_assignees: Final = Table(
    "task_assignees",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("user_id", Id, primary_key=True),
    Column("task_id", Id, primary_key=True),
    sqlite_with_rowid=False,
)

task_labels: Final = Table(
    "task_labels",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("label_id", Id, primary_key=True),
    Column("task_id", Id, primary_key=True),
    sqlite_with_rowid=False,
)


class TaskRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    project_id: str
    number: int
    parent_id: str | None
    title: str
    description: str
    status: str
    status_category: Category
    priority: Priority
    start_date: date | None
    due_date: date | None
    due_time: str | None
    due_zone: str | None
    due_at: datetime | None
    estimate_minutes: int | None
    position: str
    recurrence: dict[str, Any] | None  # Any: see contracts.Recurrence
    occurrence: int
    assignee_ids: Ids
    label_ids: Ids
    watcher_ids: Ids
    completed_at: datetime | None
    trashed_at: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int


TASK: Final = Kind("task", tasks, TaskRow, lambda row: project_scope(row.project_id))

_IN_WORKSPACE: Final = tasks.c.workspace_id == bindparam("workspace_id")
TASK_BY_ID: Final = rows_of(tasks, TaskRow, _IN_WORKSPACE, tasks.c.id == bindparam("id"))
TASK_OWNER: Final = Statement(
    select(tasks.c.workspace_id).where(
        tasks.c.workspace_id.in_(bindparam("workspace_ids", expanding=True)), tasks.c.id == bindparam("id")
    ),
    str,
)
LAST_POSITION: Final = Statement(
    select(tasks.c.position)
    .where(_IN_WORKSPACE, tasks.c.project_id == bindparam("project_id"), tasks.c.status == bindparam("status"))
    .order_by(tasks.c.position.desc(), tasks.c.id.desc())
    .limit(1),
    str,
)
