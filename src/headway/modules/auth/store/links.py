"""Links that prove an address or let a password be set anew; each works once."""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, String, Table, bindparam

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.auth.store.schema import metadata
from headway.platform.db.statement import rows_of
from headway.platform.db.types import Id, Instant

Purpose = Literal["password", "address"]

links: Final = Table(
    "links",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("email", String(254), nullable=False, comment="the address that the link proves"),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class LinkRow(msgspec.Struct, frozen=True):
    """A link that has not been used."""

    user_id: str
    id: str
    purpose: Purpose
    token_hash: str
    email: str
    created_at: datetime
    expires_at: datetime
    version: int


LINK: Final = Kind(
    "link",
    links,
    LinkRow,
    scope=lambda row: person_scope(row.user_id),
    silent=frozenset({"user_id", "id", "version", "token_hash", "email"}),
)

LINKS_OF: Final = rows_of(
    links, LinkRow, links.c.user_id == bindparam("user_id"), links.c.purpose == bindparam("purpose")
)
