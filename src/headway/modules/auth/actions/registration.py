"""Registration, a saga over two streams: the address is reserved, the account is made, the address is settled.

Each step may be repeated, and a crash between two of them leaves nothing half done for long: an address that stays
reserved without an account is free again after a while, and one whose account is there is settled from the log.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from headway.changes.work import Work
from headway.modules.auth.contracts import Language
from headway.modules.auth.domain import addresses
from headway.modules.auth.store.accounts import ACCOUNT, ACCOUNT_BY_ID, AccountRow
from headway.modules.auth.store.directory import (
    ADDRESS,
    ADDRESS_BY_KEY,
    ADDRESSES_OF,
    ADMINISTRATOR,
    ADMINISTRATORS,
    AddressRow,
    AdministratorRow,
)
from headway.platform.db.port import Reader
from headway.platform.ids import new_id
from headway.platform.problems import Conflict

RESERVED_FOR: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who registers. `request` is what a repeat of the request is known by."""

    user_id: str
    email: str
    password_hash: str
    name: str
    language: Language
    time_zone: str
    request: str


async def reserve(work: Work, email: str, user_id: str, request: str, *, claims_admin: bool = False) -> AddressRow:
    """Reserve an address for a person, or find what this very request has reserved; Conflict when it is somebody's."""
    key = addresses.key(email)
    held = await work.tx.row(ADDRESS_BY_KEY, address_key=key)
    if held is not None and held.request == request:
        return held
    if held is not None:
        if not await is_free(work.tx, held, work):
            raise Conflict("address_taken", "There is an account with this email address already.")
        await work.delete(ADDRESS, held)
    until = work.now + RESERVED_FOR
    return await work.insert(ADDRESS, AddressRow(new_id(), key, user_id, "reserved", request, claims_admin, until, 1))


async def is_free(reader: Reader, held: AddressRow, work: Work) -> bool:
    """Whether a reservation has run out without having come to anything."""
    if held.state == "taken" or (held.expires_at is not None and held.expires_at > work.now):
        return False
    account = await reader.row(ACCOUNT_BY_ID, id=held.user_id)
    return account is None or addresses.key(account.email) != held.address_key


async def make_account(work: Work, newcomer: Newcomer) -> AccountRow:
    """Make the account, or find the one that this request has made before; Conflict when the id is somebody else's."""
    there = await work.tx.row(ACCOUNT_BY_ID, id=newcomer.user_id)
    if there is not None:
        if addresses.key(there.email) != addresses.key(newcomer.email):
            raise Conflict("id_taken", "There is an account with this id already.")
        return there
    row = AccountRow(
        newcomer.user_id,
        newcomer.email,
        newcomer.password_hash,
        "active",
        newcomer.name,
        newcomer.language,
        newcomer.time_zone,
        work.now,
        work.now,
        1,
    )
    return await work.insert(ACCOUNT, row)


async def settle(work: Work, user_id: str) -> None:
    """Once the account is there: its address is taken for good, and the first administrator runs the installation."""
    account = await work.tx.row(ACCOUNT_BY_ID, id=user_id)
    if account is None:
        return
    for row in await work.tx.rows(ADDRESSES_OF, user_id=user_id):
        if row.state == "reserved" and row.address_key == addresses.key(account.email):
            await work.update(ADDRESS, row, state="taken", expires_at=None)
            if row.claims_admin and not await work.tx.rows(ADMINISTRATORS):
                await work.insert(ADMINISTRATOR, AdministratorRow(user_id, work.now, 1))
