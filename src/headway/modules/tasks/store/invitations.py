"""Invitations into a workspace. Nothing of a link's secret is kept: it is derived anew from the installation's key."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Integer, String, Table, bindparam, select

from headway.changes.contracts import ADMINS
from headway.changes.work import Kind
from headway.modules.tasks.domain.access import Level, Role
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant, Json

Ids = tuple[str, ...]

invitations: Final = Table(
    "invitations",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("email", String(254), nullable=False),
    Column("role", String(16), nullable=False),
    Column("project_ids", Json(Ids), nullable=False),
    Column("level", String(16), nullable=False, comment="in those projects"),
    Column("link", Integer, nullable=False, comment="number of the link that is valid; a new one ends the former"),
    Column("invited_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("accepted_at", Instant),
    Column("accepted_by", Id),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class InvitationRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    email: str
    role: Role
    project_ids: Ids
    level: Level
    link: int
    invited_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str | None
    version: int


INVITATION: Final = Kind("invitation", invitations, InvitationRow, lambda _row: ADMINS)

_IN_WORKSPACE: Final = invitations.c.workspace_id == bindparam("workspace_id")
INVITATION_BY_ID: Final = rows_of(invitations, InvitationRow, _IN_WORKSPACE, invitations.c.id == bindparam("id"))
INVITATIONS_OF: Final = rows_of(invitations, InvitationRow, _IN_WORKSPACE)
OPEN_INVITATIONS: Final = Statement(
    select(*columns_of(invitations, InvitationRow))
    .where(_IN_WORKSPACE, invitations.c.accepted_at.is_(None), invitations.c.revoked_at.is_(None))
    .order_by(invitations.c.created_at, invitations.c.id),
    InvitationRow,
)
