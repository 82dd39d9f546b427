"""Second factors: one for each person who wants it."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Table, bindparam, select

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.auth.store.schema import metadata
from headway.platform.db.statement import Statement, rows_of
from headway.platform.db.types import Id, Instant, Json

second_factors: Final = Table(
    "second_factors",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("last_step", BigInteger, nullable=False, comment="of the last code that was used; none counts twice"),
    Column("recovery_hashes", Json(tuple[str, ...]), nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class SecondFactorRow(msgspec.Struct, frozen=True):
    """A second factor; it counts from `confirmed_at` on."""

    user_id: str
    id: str
    created_at: datetime
    confirmed_at: datetime | None
    last_step: int
    recovery_hashes: tuple[str, ...]
    version: int


SECOND_FACTOR: Final = Kind(
    "second_factor",
    second_factors,
    SecondFactorRow,
    scope=lambda row: person_scope(row.user_id),
    silent=frozenset({"user_id", "id", "version", "last_step", "recovery_hashes"}),
)

FACTORS_OF: Final = rows_of(second_factors, SecondFactorRow, second_factors.c.user_id == bindparam("user_id"))
WITH_FACTOR: Final = Statement(
    select(second_factors.c.user_id).where(
        second_factors.c.user_id.in_(bindparam("ids", expanding=True)), second_factors.c.confirmed_at.is_not(None)
    ),
    str,
)
