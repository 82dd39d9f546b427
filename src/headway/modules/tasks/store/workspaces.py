"""Workspaces and their members. A personal workspace has its owner's user id."""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam, select

from headway.changes.contracts import EVERYONE, Stream
from headway.changes.work import Kind
from headway.modules.tasks.domain.access import Role
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant

workspaces: Final = Table(
    "workspaces",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("slug", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("created_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("deleted_at", Instant, comment="nobody is a member any more; purged later"),
    Column("version", BigInteger, nullable=False),
)

members: Final = Table(
    "members",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True, comment="the person's user id"),
    Column("role", String(16), nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("members_by_person", "id", "workspace_id"),
    sqlite_with_rowid=False,
)


class WorkspaceRow(msgspec.Struct, frozen=True):
    id: str
    name: str
    slug: str
    kind: Literal["personal", "team"]
    created_by: str
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    version: int


class MemberRow(msgspec.Struct, frozen=True):
    """A person's place in a workspace; `id` is the person's."""

    workspace_id: str
    id: str
    role: Role
    joined_at: datetime
    version: int


WORKSPACE: Final = Kind("workspace", workspaces, WorkspaceRow, lambda _row: EVERYONE)
MEMBER: Final = Kind("member", members, MemberRow, lambda _row: EVERYONE)

WORKSPACE_BY_ID: Final = rows_of(workspaces, WorkspaceRow, workspaces.c.id == bindparam("id"))
MEMBER_OF: Final = rows_of(
    members, MemberRow, members.c.workspace_id == bindparam("workspace_id"), members.c.id == bindparam("user_id")
)
MEMBERS_OF: Final = rows_of(members, MemberRow, members.c.workspace_id == bindparam("workspace_id"))
MEMBERSHIPS: Final = rows_of(members, MemberRow, members.c.id == bindparam("user_id"))
WORKSPACES_OF: Final = Statement(
    select(*columns_of(workspaces, WorkspaceRow))
    .join(members, members.c.workspace_id == workspaces.c.id)
    .where(members.c.id == bindparam("user_id"))
    .order_by(workspaces.c.name, workspaces.c.id),
    WorkspaceRow,
)


def stream_of(workspace_id: str) -> Stream:
    """The stream that owns a workspace's objects."""
    return Stream("workspace", workspace_id)
