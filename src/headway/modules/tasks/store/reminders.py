"""Reminders: each is one person's own, about one task.

`fires_at` is derived from when the task is due, unless the reminder has a moment of its own.
"""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, bindparam

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import rows_of
from headway.platform.db.types import Id, Instant

reminders: Final = Table(
    "reminders",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("task_id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("at", Instant, comment="a moment of its own; else minutes_before says"),
    Column("minutes_before", Integer, comment="minutes before the task is due"),
    Column("zone", String(64), nullable=False, comment="the person's; tells when a task due on a day is due"),
    Column("fires_at", Instant, comment="NULL while there is no moment, or it has passed before it was known"),
    Column("created_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("reminders_of_task", "workspace_id", "task_id"),
    Index("reminders_of_person", "workspace_id", "user_id"),
    sqlite_with_rowid=False,
)


class ReminderRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    task_id: str
    user_id: str
    at: datetime | None
    minutes_before: int | None
    zone: str
    fires_at: datetime | None
    created_at: datetime
    version: int


REMINDER: Final = Kind(
    "reminder",
    reminders,
    ReminderRow,
    lambda row: person_scope(row.user_id),
    lambda row: row.task_id,
    frozenset({"id", "version", "workspace_id"}),
)

_IN_WORKSPACE: Final = reminders.c.workspace_id == bindparam("workspace_id")
_OF_TASK: Final = reminders.c.task_id == bindparam("task_id")
_OF_PERSON: Final = reminders.c.user_id == bindparam("user_id")
REMINDER_BY_ID: Final = rows_of(reminders, ReminderRow, _IN_WORKSPACE, reminders.c.id == bindparam("id"))
REMINDERS_ABOUT: Final = rows_of(reminders, ReminderRow, _IN_WORKSPACE, _OF_TASK)
REMINDERS_OF: Final = rows_of(reminders, ReminderRow, _IN_WORKSPACE, _OF_TASK, _OF_PERSON)
REMINDERS_OF_PERSON: Final = rows_of(reminders, ReminderRow, _IN_WORKSPACE, _OF_PERSON)
