"""Keys that tasks had before they moved to another project: they lead to the task as long as it lives."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Table, bindparam, delete, select

from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, command
from headway.platform.db.types import Id

former_keys: Final = Table(
    "former_keys",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("project_id", Id, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("task_id", Id, nullable=False),
    Index("former_keys_of_task", "workspace_id", "task_id"),
    sqlite_with_rowid=False,
)

_IN_WORKSPACE: Final = former_keys.c.workspace_id == bindparam("workspace")
TASK_OF_FORMER_KEY: Final = Statement(
    select(former_keys.c.task_id).where(
        _IN_WORKSPACE,
        former_keys.c.project_id == bindparam("project"),
        former_keys.c.number == bindparam("number"),
    ),
    str,
)
FORGET_KEYS: Final = command(delete(former_keys).where(_IN_WORKSPACE, former_keys.c.task_id == bindparam("task")))
