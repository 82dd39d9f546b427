"""Personal API tokens."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam, update

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.auth.store.schema import metadata
from headway.platform.actor import TokenScope
from headway.platform.db.statement import command, rows_of
from headway.platform.db.types import Id, Instant, Json

api_tokens: Final = Table(
    "api_tokens",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("scopes", Json(tuple[TokenScope, ...]), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("last_used_at", Instant),
    Column("version", BigInteger, nullable=False),
    Index("api_tokens_by_hash", "user_id", "token_hash", unique=True),
    sqlite_with_rowid=False,
)


class ApiTokenRow(msgspec.Struct, frozen=True):
    """A token without what proves it."""

    user_id: str
    id: str
    name: str
    scopes: tuple[TokenScope, ...]
    token_hash: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    version: int


API_TOKEN: Final = Kind(
    "api_token",
    api_tokens,
    ApiTokenRow,
    scope=lambda row: person_scope(row.user_id),
    silent=frozenset(ApiTokenRow.__struct_fields__),
)

TOKENS_OF: Final = rows_of(api_tokens, ApiTokenRow, api_tokens.c.user_id == bindparam("user_id"))
TOKEN_BY_ID: Final = rows_of(
    api_tokens, ApiTokenRow, api_tokens.c.user_id == bindparam("user_id"), api_tokens.c.id == bindparam("id")
)
TOKEN_BY_HASH: Final = rows_of(
    api_tokens,
    ApiTokenRow,
    api_tokens.c.user_id == bindparam("user_id"),
    api_tokens.c.token_hash == bindparam("token_hash"),
)
TOUCH_TOKEN: Final = command(
    update(api_tokens)
    .where(api_tokens.c.user_id == bindparam("owner"), api_tokens.c.id == bindparam("token"))
    .values(last_used_at=bindparam("used_at"))
)
