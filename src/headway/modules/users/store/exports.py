"""Exports of oneself: asked for, made by a job, kept for a week."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.users.contracts import ExportState
from headway.modules.users.store.profiles import metadata
from headway.platform.db.statement import rows_of
from headway.platform.db.types import Id, Instant

exports: Final = Table(
    "personal_exports",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("size", BigInteger, comment="bytes, once it is ready"),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("personal_exports_by_age", "expires_at"),
    sqlite_with_rowid=False,
)


class ExportRow(msgspec.Struct, frozen=True):
    """An export: `waiting` for its job, `ready`, or `failed`."""

    user_id: str
    id: str
    state: ExportState
    size: int | None
    created_at: datetime
    expires_at: datetime
    version: int


EXPORT: Final = Kind("export", exports, ExportRow, scope=lambda row: person_scope(row.user_id))

EXPORTS_OF: Final = rows_of(exports, ExportRow, exports.c.user_id == bindparam("user_id"))
EXPORT_BY_ID: Final = rows_of(
    exports, ExportRow, exports.c.user_id == bindparam("user_id"), exports.c.id == bindparam("id")
)
EXPIRED_EXPORTS: Final = rows_of(exports, ExportRow, exports.c.expires_at <= bindparam("now"))
