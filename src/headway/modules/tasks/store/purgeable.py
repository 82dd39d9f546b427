"""What a workspace or a project that is deleted for good still has."""

from functools import cache
from typing import Any, Final

from sqlalchemy import Table, bindparam, delete, select

from headway.changes.work import Kind
from headway.modules.tasks.store.former_keys import former_keys
from headway.modules.tasks.store.former_project_keys import former_project_keys
from headway.modules.tasks.store.kinds import KINDS
from headway.modules.tasks.store.projects import PROJECT_MEMBER, STATUS, ProjectRow, projects
from headway.modules.tasks.store.tasks import TaskRow, tasks
from headway.modules.tasks.store.transfers import arrivals
from headway.modules.tasks.store.views import VIEW
from headway.modules.tasks.store.workspaces import WORKSPACE, WorkspaceRow, workspaces
from headway.platform.db.statement import Row, Statement, columns_of, command, rows_of

# Any: kinds of different rows
OF_PROJECT: Final[tuple[Kind[Any], ...]] = (VIEW, STATUS, PROJECT_MEMBER)
OF_WORKSPACE: Final[tuple[Kind[Any], ...]] = tuple(kind for kind in reversed(KINDS.values()) if kind is not WORKSPACE)
SIDE_TABLES: Final = (former_keys, former_project_keys, arrivals)

DELETED_WORKSPACES: Final = rows_of(workspaces, WorkspaceRow, workspaces.c.deleted_at < bindparam("before"))
TRASHED_PROJECTS_BEFORE: Final = rows_of(
    projects,
    ProjectRow,
    projects.c.workspace_id == bindparam("workspace_id"),
    projects.c.trashed_at < bindparam("before"),
)
TASKS_IN: Final = Statement(
    select(*columns_of(tasks, TaskRow))
    .where(tasks.c.workspace_id == bindparam("workspace_id"), tasks.c.project_id == bindparam("project_id"))
    .limit(bindparam("limit")),
    TaskRow,
)
FORGET_PROJECT_KEYS: Final = command(
    delete(former_project_keys).where(
        former_project_keys.c.workspace_id == bindparam("of_workspace"),
        former_project_keys.c.project_id == bindparam("of_project"),
    )
)


@cache
def some_of(kind: Kind[Any]) -> Statement[Any]:
    """Some rows of a kind in a workspace."""
    table, shape = kind.table, kind.row
    of_workspace = table.c.workspace_id == bindparam("workspace_id")
    return Statement(select(*columns_of(table, shape)).where(of_workspace).limit(bindparam("limit")), shape)


@cache
def of_project(kind: Kind[Any]) -> Statement[Any]:
    """All rows of a kind that belong to one project."""
    table = kind.table
    return rows_of(
        table,
        kind.row,
        table.c.workspace_id == bindparam("workspace_id"),
        table.c.project_id == bindparam("project_id"),
    )


@cache
def forget_all(table: Table) -> Statement[Row]:
    """Delete a workspace's rows of a side table."""
    return command(delete(table).where(table.c.workspace_id == bindparam("of_workspace")))
