"""Tasks. People and labels stand in the row, for reading, and in link tables, for finding.

Three columns are derived from the row so that every list is a walk along one index: `state`, `due_key` and `title_key`.
A list merges the walks of the projects and states that it shows, each in the order that it is sorted by.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    select,
)
from sqlalchemy.dialects.mysql import MEDIUMTEXT

from headway.changes.contracts import project_scope
from headway.changes.work import Kind
from headway.modules.tasks.contracts.values import Priority
from headway.modules.tasks.domain.defaults import CLOSED, Category
from headway.modules.tasks.store import search_index
from headway.modules.tasks.store.schema import metadata
from headway.modules.tasks.store.search import Document
from headway.platform.db.port import Transaction
from headway.platform.db.statement import Statement, columns_of, command, insert_into, rows_of
from headway.platform.db.types import Day, Id, Instant, Json, Ranked

PRIORITIES: Final[tuple[Priority, ...]] = ("none", "low", "medium", "high", "urgent")

State = Literal["open", "closed", "trashed"]
STATES: Final[tuple[State, ...]] = ("open", "closed", "trashed")

NO_DUE: Final = "9999"
TITLE_KEY_LENGTH: Final = 64

Ids = tuple[str, ...]


def _walk(name: str, column: str) -> Index:
    return Index(f"tasks_by_{name}", "workspace_id", "project_id", "state", column, "id")


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
    Column("state", Ranked(*STATES), nullable=False),
    Column("due_key", String(16), nullable=False, comment="sorts by due; what is due that day at no time comes last"),
    Column("title_key", String(TITLE_KEY_LENGTH), nullable=False, comment="sorts by title, whatever the case"),
    UniqueConstraint("workspace_id", "project_id", "number", name="tasks_by_number"),
    _walk("position", "position"),
    _walk("creation", "created_at"),
    _walk("update", "updated_at"),
    _walk("due", "due_key"),
    _walk("priority", "priority"),
    _walk("title", "title_key"),
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


def due_key(day: date | None, at: str | None) -> str:
    """What a task is sorted by when lists are sorted by due date."""
    return NO_DUE if day is None else f"{day.isoformat()}T{at or '24:00'}"


def title_key(title: str) -> str:
    """What a task is sorted by when lists are sorted by title."""
    return title.casefold()[:TITLE_KEY_LENGTH]


def state_of(row: TaskRow) -> State:
    """Whether a task is open, closed or in the trash."""
    if row.trashed_at is not None:
        return "trashed"
    return "closed" if row.status_category in CLOSED else "open"


def _derived(row: TaskRow) -> Mapping[str, object]:
    return {
        "state": state_of(row),
        "due_key": due_key(row.due_date, row.due_time),
        "title_key": title_key(row.title),
    }


async def _follow(tx: Transaction, before: TaskRow | None, after: TaskRow | None) -> None:
    row = after or before
    if row is None:
        return
    await _relink(tx, task_assignees, row, before.assignee_ids if before else (), after.assignee_ids if after else ())
    await _relink(tx, task_labels, row, before.label_ids if before else (), after.label_ids if after else ())
    await search_index.follow(tx, document_of(before), document_of(after))


async def _relink(tx: Transaction, links: Table, row: TaskRow, before: Sequence[str], after: Sequence[str]) -> None:
    if before == after:
        return
    column = _LINKED[links]
    for linked_id in set(before) - set(after):
        await tx.execute(_UNLINK[links], workspace=row.workspace_id, linked=linked_id, task=row.id)
    for linked_id in set(after) - set(before):
        values = {"workspace_id": row.workspace_id, column: linked_id, "task_id": row.id}
        await tx.execute(insert_into(links), **values)


def document_of(row: TaskRow | None) -> Document | None:
    """What search finds of a task; nothing of one in the trash."""
    if row is None or row.trashed_at is not None:
        return None
    return Document(row.workspace_id, row.project_id, "task", row.id, row.title, row.description)


_LINKED: Final = {task_assignees: "user_id", task_labels: "label_id"}
_UNLINK: Final = {
    links: command(
        delete(links).where(
            links.c.workspace_id == bindparam("workspace"),
            links.c[column] == bindparam("linked"),
            links.c.task_id == bindparam("task"),
        )
    )
    for links, column in _LINKED.items()
}

TASK: Final = Kind("task", tasks, TaskRow, lambda row: project_scope(row.project_id), derived=_derived, follow=_follow)

_IN_WORKSPACE: Final = tasks.c.workspace_id == bindparam("workspace_id")
_IN_PROJECT: Final = tasks.c.project_id == bindparam("project_id")
TASK_BY_ID: Final = rows_of(tasks, TaskRow, _IN_WORKSPACE, tasks.c.id == bindparam("id"))
TASKS_BY_ID: Final = rows_of(tasks, TaskRow, _IN_WORKSPACE, tasks.c.id.in_(bindparam("ids", expanding=True)))
TASK_BY_NUMBER: Final = rows_of(tasks, TaskRow, _IN_WORKSPACE, _IN_PROJECT, tasks.c.number == bindparam("number"))
SUBTASKS_OF: Final = Statement(
    select(*columns_of(tasks, TaskRow))
    .where(_IN_WORKSPACE, tasks.c.parent_id == bindparam("parent_id"))
    .order_by(tasks.c.position, tasks.c.id),
    TaskRow,
)
TRASHED_BEFORE: Final = Statement(
    select(*columns_of(tasks, TaskRow))
    .where(_IN_WORKSPACE, _IN_PROJECT, tasks.c.state == "trashed", tasks.c.trashed_at < bindparam("before"))
    .limit(bindparam("limit")),
    TaskRow,
)
