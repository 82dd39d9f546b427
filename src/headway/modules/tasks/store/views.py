"""Saved views: somebody's own, or shared with the members of the workspace or with who sees a project."""

from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, String, Table, bindparam, select

from headway.changes.contracts import MEMBERS, person_scope, project_scope
from headway.changes.work import Kind
from headway.modules.tasks.contracts.views import Sharing
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant, Json

saved_views: Final = Table(
    "views",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("owner_id", Id, nullable=False),
    Column("shared_with", String(16), nullable=False),
    Column("project_id", Id),
    Column("name", String(100), nullable=False),
    Column("icon", String(32), nullable=False),
    Column("layout", String(16), nullable=False),
    Column("filters", Json(dict[str, Any]), nullable=False),
    Column("grouping", String(16), nullable=False),
    Column("sorting", Json(tuple[dict[str, Any], ...]), nullable=False),
    Column("properties", Json(tuple[str, ...]), nullable=False),
    Column("position", String(255), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class ViewRow(msgspec.Struct, frozen=True):
    """`project_id` is set when the view is about one project, and always when it is shared with who sees it."""

    workspace_id: str
    id: str
    owner_id: str
    shared_with: Sharing
    project_id: str | None
    name: str
    icon: str
    layout: Literal["list", "board", "calendar"]
    filters: dict[str, Any]  # Any: contracts.views.ViewFilters as JSON
    grouping: str
    sorting: tuple[dict[str, Any], ...]
    properties: tuple[str, ...]
    position: str
    created_at: datetime
    updated_at: datetime
    version: int


def _scope(row: ViewRow) -> str:
    if row.shared_with == "project" and row.project_id is not None:
        return project_scope(row.project_id)
    return MEMBERS if row.shared_with == "workspace" else person_scope(row.owner_id)


VIEW: Final = Kind("view", saved_views, ViewRow, _scope)

_IN_WORKSPACE: Final = saved_views.c.workspace_id == bindparam("workspace_id")
VIEW_BY_ID: Final = rows_of(saved_views, ViewRow, _IN_WORKSPACE, saved_views.c.id == bindparam("id"))
VIEWS_OF: Final = Statement(
    select(*columns_of(saved_views, ViewRow)).where(_IN_WORKSPACE).order_by(saved_views.c.position, saved_views.c.id),
    ViewRow,
)
OWN_VIEWS: Final = rows_of(
    saved_views,
    ViewRow,
    _IN_WORKSPACE,
    saved_views.c.owner_id == bindparam("user_id"),
    saved_views.c.shared_with == "me",
)
