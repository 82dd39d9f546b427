"""Tables that say of each task what `tasks` says already: the database fills them by itself.

It does so for the tasks of some workspaces after the other, while more are worked out.
"""

from collections.abc import Mapping
from typing import Any, Final  # Any: columns of every type

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Insert,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    case,
    func,
    insert,
    literal,
    literal_column,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from headway.modules.analytics.store import facts
from headway.modules.notifications.store.followed import followed
from headway.modules.tasks.store.tasks import PRIORITIES, task_assignees, task_labels, tasks
from headway.platform.db.types import Id, Instant

_DIALECT: Final = sqlite.dialect()

begun: Final = Table(
    "demo_begun",
    MetaData(),
    Column("workspace_id", Id, primary_key=True),
    Column("task_id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)
"""When work on a task began, which no column of it says."""


def _priority() -> ColumnElement[str]:
    ranks = {rank: literal(word, String) for rank, word in enumerate(PRIORITIES)}
    return case(ranks, value=type_coerce(tasks.c.priority, Integer))


_FACTS: Final[Mapping[str, ColumnElement[Any]]] = {
    "workspace_id": tasks.c.workspace_id,
    "task_id": tasks.c.id,
    "project_id": tasks.c.project_id,
    "status": tasks.c.status,
    "category": tasks.c.status_category,
    "priority": _priority(),
    "assignee_ids": tasks.c.assignee_ids,
    "due_date": tasks.c.due_date,
    "due_at": tasks.c.due_at,
    "created_at": tasks.c.created_at,
    "started_at": begun.c.at,
    "completed_at": tasks.c.completed_at,
    "trashed_at": tasks.c.trashed_at,
}
_FOLLOWED: Final[Mapping[str, ColumnElement[Any]]] = {
    "workspace_id": tasks.c.workspace_id,
    "task_id": tasks.c.id,
    "title": tasks.c.title,
    "status_category": tasks.c.status_category,
    "assignee_ids": tasks.c.assignee_ids,
    "watcher_ids": tasks.c.watcher_ids,
    "due_date": tasks.c.due_date,
    "due_at": tasks.c.due_at,
    "trashed_at": tasks.c.trashed_at,
}
_OF_WORKSPACES: Final = tasks.c.workspace_id.between(literal_column("?1"), literal_column("?2"))
_OF_TASK: Final = and_(begun.c.workspace_id == tasks.c.workspace_id, begun.c.task_id == tasks.c.id)


def _from_tasks(table: Table, columns: Mapping[str, ColumnElement[Any]], rows: FromClause = tasks) -> Insert:
    """In the order of the table's keys, so that SQLite only appends."""
    keys = [columns[column.name] for column in table.primary_key.columns]
    found = select(*columns.values()).select_from(rows).where(_OF_WORKSPACES).order_by(*keys)
    return insert(table).from_select(list(columns), found)


def _links(table: Table, linked: str, listed: ColumnElement[Any]) -> Insert:
    """A row for each identifier in a list of them."""
    each = func.json_each(listed).table_valued("value")
    in_bytes: ColumnElement[Any] = func.unhex(func.replace(each.c.value, "-", ""))
    columns = {"workspace_id": tasks.c.workspace_id, linked: in_bytes, "task_id": tasks.c.id}
    return _from_tasks(table, columns, tasks.join(each, true()))


def _text(statement: Insert | CreateTable) -> str:
    return str(statement.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True}))


PREPARE: Final = _text(CreateTable(begun))
DERIVE: Final = tuple(
    map(
        _text,
        (
            _from_tasks(facts, _FACTS, tasks.outerjoin(begun, _OF_TASK)),
            _from_tasks(followed, _FOLLOWED),
            _links(task_assignees, "user_id", tasks.c.assignee_ids),
            _links(task_labels, "label_id", tasks.c.label_ids),
        ),
    )
)
"""Statements of two parameters: the first and the last workspace, in bytes."""
