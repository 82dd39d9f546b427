"""Accounts: who may sign in, and by what."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, String, Table, bindparam, select

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.auth.contracts import AccountState, Language
from headway.modules.auth.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant

accounts: Final = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True, comment="the person's user id"),
    Column("email", String(254), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("state", String(16), nullable=False),
    Column("name", String(100), nullable=False),
    Column("language", String(8), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("search_text", String(400), nullable=False, comment="name and address, case folded"),
    Column("password_changed_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class AccountRow(msgspec.Struct, frozen=True):
    """An account. `name`, `language` and `time_zone` are as registered, and then follow the profile."""

    id: str
    email: str
    password_hash: str
    state: AccountState
    name: str
    language: Language
    time_zone: str
    search_text: str
    password_changed_at: datetime
    created_at: datetime
    updated_at: datetime
    version: int


ACCOUNT: Final = Kind(
    "account",
    accounts,
    AccountRow,
    scope=lambda row: person_scope(row.id),
    silent=frozenset({"id", "version", "password_hash", "search_text"}),
)

ACCOUNT_BY_ID: Final = rows_of(accounts, AccountRow, accounts.c.id == bindparam("id"))
ACCOUNTS_BY_IDS: Final = rows_of(accounts, AccountRow, accounts.c.id.in_(bindparam("ids", expanding=True)))
PEOPLE: Final = Statement(
    select(*columns_of(accounts, AccountRow))
    .where(
        accounts.c.id > bindparam("after"),
        accounts.c.state.in_(bindparam("states", expanding=True)),
        accounts.c.search_text.like(bindparam("pattern"), escape="\\"),
    )
    .order_by(accounts.c.id)
    .limit(bindparam("limit")),
    AccountRow,
)


def search_text(name: str, email: str) -> str:
    """What administrators find somebody by."""
    return f"{name} {email}".casefold()[:400]
