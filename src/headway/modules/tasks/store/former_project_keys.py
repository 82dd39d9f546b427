"""Keys that projects had before: `OPS` of a task's old key still leads to the project, unless another has it now."""

from typing import Final

from sqlalchemy import Column, String, Table, bindparam, delete, select

from headway.modules.tasks.store.schema import metadata
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into
from headway.platform.db.types import Id

former_project_keys: Final = Table(
    "former_project_keys",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("key", String(10), primary_key=True),
    Column("project_id", Id, nullable=False),
    sqlite_with_rowid=False,
)

_PROJECT: Final = Statement(
    select(former_project_keys.c.project_id).where(
        former_project_keys.c.workspace_id == bindparam("workspace_id"), former_project_keys.c.key == bindparam("key")
    ),
    str,
)
_FORGET: Final = command(
    delete(former_project_keys).where(
        former_project_keys.c.workspace_id == bindparam("of_workspace"),
        former_project_keys.c.key == bindparam("former"),
    )
)


async def remember(tx: Transaction, workspace_id: str, key: str, project_id: str) -> None:
    """Let a key that a project gives up lead to it."""
    await tx.execute(_FORGET, of_workspace=workspace_id, former=key)
    await tx.execute(insert_into(former_project_keys), workspace_id=workspace_id, key=key, project_id=project_id)


async def project_of(reader: Reader, workspace_id: str, key: str) -> str | None:
    """The project that had this key last. Ask for a project that has it now first."""
    return await reader.row(_PROJECT, workspace_id=workspace_id, key=key)
