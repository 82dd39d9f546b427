"""Labels of a workspace; everybody in it may know them."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, String, Table, bindparam, select

from headway.changes.contracts import EVERYONE
from headway.changes.work import Kind
from headway.modules.tasks.store.schema import metadata
from headway.modules.tasks.store.tasks import TaskRow, task_labels, tasks
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant

labels: Final = Table(
    "labels",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("color", String(16), nullable=False),
    Column("created_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class LabelRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    name: str
    color: str
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int


LABEL: Final = Kind("label", labels, LabelRow, lambda _row: EVERYONE)

_IN_WORKSPACE: Final = labels.c.workspace_id == bindparam("workspace_id")
LABEL_BY_ID: Final = rows_of(labels, LabelRow, _IN_WORKSPACE, labels.c.id == bindparam("id"))
LABELS_OF: Final = rows_of(labels, LabelRow, _IN_WORKSPACE)
TASKS_WITH: Final = Statement(
    select(*columns_of(tasks, TaskRow))
    .join(task_labels, (task_labels.c.workspace_id == tasks.c.workspace_id) & (task_labels.c.task_id == tasks.c.id))
    .where(task_labels.c.workspace_id == bindparam("workspace_id"), task_labels.c.label_id == bindparam("label_id")),
    TaskRow,
)
