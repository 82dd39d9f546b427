"""What other processes must hear of within a second: that something was taken away from a person."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Column, Index, Table, bindparam, delete

from headway.modules.auth.store.schema import metadata
from headway.platform.db.statement import command, rows_of
from headway.platform.db.types import Id, Instant

revocations: Final = Table(
    "revocations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    Index("revocations_by_age", "at"),
    sqlite_with_rowid=False,
)


class RevocationRow(msgspec.Struct, frozen=True):
    """A session or token that has ended, or a right that has changed."""

    id: str
    user_id: str
    at: datetime


REVOKED_SINCE: Final = rows_of(revocations, RevocationRow, revocations.c.at > bindparam("since"))
FORGET_REVOKED: Final = command(delete(revocations).where(revocations.c.at < bindparam("before")))
