"""Items of a task's checklist."""

from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam, select

from headway.changes.contracts import project_scope
from headway.changes.work import Kind
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Flag, Id

checklist_items: Final = Table(
    "checklist_items",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("task_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("text", String(500), nullable=False),
    Column("is_done", Flag, nullable=False),
    Column("position", String(255), nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("checklist_of_task", "workspace_id", "task_id", "position", "id"),
    sqlite_with_rowid=False,
)


class ChecklistItemRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    task_id: str
    project_id: str
    text: str
    is_done: bool
    position: str
    version: int


CHECKLIST_ITEM: Final = Kind(
    "checklist_item",
    checklist_items,
    ChecklistItemRow,
    lambda row: project_scope(row.project_id),
    lambda row: row.task_id,
)

_IN_WORKSPACE: Final = checklist_items.c.workspace_id == bindparam("workspace_id")
ITEM_BY_ID: Final = rows_of(checklist_items, ChecklistItemRow, _IN_WORKSPACE, checklist_items.c.id == bindparam("id"))
ITEMS_OF: Final = Statement(
    select(*columns_of(checklist_items, ChecklistItemRow))
    .where(_IN_WORKSPACE, checklist_items.c.task_id == bindparam("task_id"))
    .order_by(checklist_items.c.position, checklist_items.c.id),
    ChecklistItemRow,
)
