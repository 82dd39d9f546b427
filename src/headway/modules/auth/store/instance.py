"""The installation itself: its settings, who was invited to it, and who did what."""

from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam, select

from headway.changes.contracts import ADMINS
from headway.changes.work import Kind
from headway.modules.auth.contracts import RegistrationMode
from headway.modules.auth.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant, Json
from headway.platform.ids import NIL_ID

instance_settings: Final = Table(
    "instance_settings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("registration", String(16), comment="none: as the configuration says"),
    Column("updated_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class SettingsRow(msgspec.Struct, frozen=True):
    """What administrators have set; there is at most one."""

    id: str
    name: str
    registration: RegistrationMode | None
    updated_at: datetime
    version: int


SETTINGS: Final = Kind("settings", instance_settings, SettingsRow, scope=lambda _row: ADMINS)
SETTINGS_ROW: Final = rows_of(instance_settings, SettingsRow, instance_settings.c.id == NIL_ID)

InvitationRole = Literal["person", "administrator"]

invitations: Final = Table(
    "instance_invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("email", String(254), comment="none: whoever has the link"),
    Column("token_hash", String(64), nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", Id),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class InvitationRow(msgspec.Struct, frozen=True):
    """An invitation to register; one for the `administrator` is printed at the start while there is none."""

    id: str
    role: InvitationRole
    email: str | None
    token_hash: str
    created_by: str | None
    created_at: datetime
    expires_at: datetime
    used_by: str | None
    version: int


INVITATION: Final = Kind(
    "instance_invitation",
    invitations,
    InvitationRow,
    scope=lambda _row: ADMINS,
    silent=frozenset({"id", "version", "email", "token_hash"}),
)
INVITATIONS: Final = rows_of(invitations, InvitationRow)
INVITATION_BY_ID: Final = rows_of(invitations, InvitationRow, invitations.c.id == bindparam("id"))

audit: Final = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Id),
    Column("action", String(64), nullable=False),
    Column("subject", Id),
    Column("details", Json(dict[str, Any]), nullable=False),  # Any: each action has its own
    Column("version", BigInteger, nullable=False),
    Index("audit_by_subject", "subject", "id"),
    sqlite_with_rowid=False,
)


class AuditRow(msgspec.Struct, frozen=True):
    """Who did what to whom. `subject` is a person, or another object of the instance."""

    id: str
    at: datetime
    actor: str | None
    action: str
    subject: str | None
    details: dict[str, Any]  # Any: each action has its own
    version: int


AUDIT: Final = Kind("audit", audit, AuditRow, scope=lambda _row: ADMINS)


_BY_ACTOR: Final = bindparam("actor", type_=Id)
_NEWEST: Final = (
    select(*columns_of(audit, AuditRow))
    .where(audit.c.action.like(bindparam("actions")), _BY_ACTOR.is_(None) | (audit.c.actor == _BY_ACTOR))
    .order_by(audit.c.id.desc())
    .limit(bindparam("limit"))
)
AUDIT_LINES: Final = Statement(_NEWEST.where(audit.c.id < bindparam("before")), AuditRow)
AUDIT_OF: Final = Statement(
    _NEWEST.where(audit.c.subject == bindparam("about"), audit.c.id < bindparam("before")), AuditRow
)
