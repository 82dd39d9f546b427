"""Relations between two tasks of a workspace: `task_id` blocks, relates to or duplicates `other_task_id`.

A relation within a project is told to who sees the project. One between two projects is for who sees both, and no scope
says that: the log keeps it in a scope that no client is given, and clients ask for a task's relations.
"""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, UniqueConstraint, bindparam, or_, select

from headway.changes.contracts import project_scope
from headway.changes.work import Kind
from headway.modules.tasks.domain.relations import RelationKind
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, rows_of
from headway.platform.db.types import Id, Instant

relations: Final = Table(
    "relations",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("task_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("other_task_id", Id, nullable=False),
    Column("other_project_id", Id, nullable=False),
    Column("created_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "task_id", "other_task_id", "kind", name="relations_once"),
    Index("relations_to", "workspace_id", "other_task_id"),
    sqlite_with_rowid=False,
)


class RelationRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    kind: RelationKind
    task_id: str
    project_id: str
    other_task_id: str
    other_project_id: str
    created_by: str
    created_at: datetime
    version: int


BETWEEN_PROJECTS: Final = "server"
"""The scope of relations between two projects."""


def _scope(row: RelationRow) -> str:
    return project_scope(row.project_id) if row.project_id == row.other_project_id else BETWEEN_PROJECTS


RELATION: Final = Kind("relation", relations, RelationRow, _scope, lambda row: row.task_id)

_IN_WORKSPACE: Final = relations.c.workspace_id == bindparam("workspace_id")
RELATION_BY_ID: Final = rows_of(relations, RelationRow, _IN_WORKSPACE, relations.c.id == bindparam("id"))
RELATIONS_OF: Final = rows_of(
    relations,
    RelationRow,
    _IN_WORKSPACE,
    or_(relations.c.task_id == bindparam("task_id"), relations.c.other_task_id == bindparam("task_id")),
)
BLOCKED_BY: Final = Statement(
    select(relations.c.other_task_id).where(
        _IN_WORKSPACE,
        relations.c.kind == "blocks",
        relations.c.task_id.in_(bindparam("task_ids", expanding=True)),
    ),
    str,
)
