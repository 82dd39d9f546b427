"""Sessions: one for each place where a person is signed in."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, String, Table, bindparam

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.auth.store.schema import metadata
from headway.platform.db.statement import rows_of
from headway.platform.db.types import Id, Instant, Json

sessions: Final = Table(
    "sessions",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("address", String(45), nullable=False),
    Column("user_agent", String(300), nullable=False),
    Column("generation", BigInteger, nullable=False),
    Column("uses", Json(dict[int, datetime]), nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class SessionRow(msgspec.Struct, frozen=True):
    """A session. `generation` is that of the newest refresh token; `uses` says when the last ones were used."""

    user_id: str
    id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
    generation: int
    uses: dict[int, datetime]
    version: int


SESSION: Final = Kind(
    "session",
    sessions,
    SessionRow,
    scope=lambda row: person_scope(row.user_id),
    silent=frozenset(SessionRow.__struct_fields__),
)

SESSION_BY_ID: Final = rows_of(
    sessions, SessionRow, sessions.c.user_id == bindparam("user_id"), sessions.c.id == bindparam("id")
)
SESSIONS_OF: Final = rows_of(sessions, SessionRow, sessions.c.user_id == bindparam("user_id"))
