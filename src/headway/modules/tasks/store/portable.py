"""The rows of a workspace that make up an export, table by table."""

from functools import cache
from typing import Any, Final

import msgspec
from sqlalchemy import Table, bindparam, select

from headway.changes.work import Kind
from headway.modules.tasks.store.former_keys import former_keys
from headway.modules.tasks.store.former_project_keys import former_project_keys
from headway.modules.tasks.store.kinds import KINDS
from headway.modules.tasks.store.projects import PROJECT, NewProjectRow
from headway.modules.tasks.store.workspaces import WORKSPACE, WorkspaceRow, workspaces
from headway.platform.db.statement import Row, Statement, columns_of, rows_of

STAY_BEHIND: Final = frozenset({"invitation", "transfer"})

# Any: kinds of different rows
PORTABLE: Final[dict[str, Kind[Any]]] = {name: kind for name, kind in KINDS.items() if name not in STAY_BEHIND}

# Tables beside the kinds: what leads from former keys to what has them now.
SIDE_TABLES: Final[dict[str, Table]] = {"former_key": former_keys, "former_project_key": former_project_keys}

WORKSPACE_BY_SLUG: Final = rows_of(workspaces, WorkspaceRow, workspaces.c.slug == bindparam("slug"))


def shape_of(kind: Kind[Any]) -> type[msgspec.Struct]:
    """The row with all that must be kept of it, also what nobody is told."""
    shape: type[msgspec.Struct] = NewProjectRow if kind is PROJECT else kind.row
    return shape


@cache
def page_of(kind: Kind[Any]) -> Statement[Any]:
    """Rows of a kind after an id, in the order of their ids."""
    table = kind.table
    shape = shape_of(kind)
    owner = table.c.id if kind is WORKSPACE else table.c.workspace_id
    rows = select(*columns_of(table, shape)).where(owner == bindparam("of_workspace"), table.c.id > bindparam("after"))
    return Statement(rows.order_by(table.c.id).limit(bindparam("limit")), shape)


@cache
def all_of(table: Table) -> Statement[Row]:
    """Every row of a side table."""
    return Statement(
        select(table).where(table.c.workspace_id == bindparam("of_workspace")).order_by(*table.primary_key.columns)
    )


def plain(row: msgspec.Struct) -> dict[str, Any]:  # Any: values of the row's fields
    """A row as JSON values."""
    told: dict[str, Any] = msgspec.to_builtins(row)
    return told
