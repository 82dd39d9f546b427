"""The directory: which address belongs to whom, and who runs this installation."""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam

from headway.changes.contracts import ADMINS
from headway.changes.work import Kind
from headway.modules.auth.store.schema import metadata
from headway.platform.db.statement import rows_of
from headway.platform.db.types import Flag, Id, Instant

addresses: Final = Table(
    "addresses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("address_key", String(254), nullable=False, comment="the address in its comparable form"),
    Column("user_id", Id, nullable=False),
    Column("state", String(16), nullable=False),
    Column("request", String(64), nullable=False, comment="what a repeat of the request is known by"),
    Column("claims_admin", Flag, nullable=False),
    Column("expires_at", Instant),
    Column("version", BigInteger, nullable=False),
    Index("addresses_by_key", "address_key", unique=True),
    Index("addresses_by_person", "user_id"),
    sqlite_with_rowid=False,
)


class AddressRow(msgspec.Struct, frozen=True):
    """An address: `reserved` until `expires_at` by a registration or change under way, or `taken`."""

    id: str
    address_key: str
    user_id: str
    state: Literal["reserved", "taken"]
    request: str
    claims_admin: bool
    expires_at: datetime | None
    version: int


ADDRESS: Final = Kind(
    "address",
    addresses,
    AddressRow,
    scope=lambda _row: ADMINS,
    silent=frozenset({"id", "version", "address_key", "request"}),
)

ADDRESS_BY_KEY: Final = rows_of(addresses, AddressRow, addresses.c.address_key == bindparam("address_key"))
ADDRESSES_OF: Final = rows_of(addresses, AddressRow, addresses.c.user_id == bindparam("user_id"))

administrators: Final = Table(
    "administrators",
    metadata,
    Column("id", Id, primary_key=True, comment="the person's user id"),
    Column("since", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class AdministratorRow(msgspec.Struct, frozen=True):
    """Somebody who runs this installation; `id` is the person's."""

    id: str
    since: datetime
    version: int


ADMINISTRATOR: Final = Kind("administrator", administrators, AdministratorRow, scope=lambda _row: ADMINS)

ADMINISTRATORS: Final = rows_of(administrators, AdministratorRow)
ADMINISTRATOR_BY_ID: Final = rows_of(administrators, AdministratorRow, administrators.c.id == bindparam("id"))
