"""The directory of addresses: reserved first, settled once the account says so.

Each step may be repeated, and a crash between two of them leaves nothing half done for long: an address that stays
reserved without an account is free again after a while, and one whose account is there is settled from the log.
"""

from datetime import timedelta
from typing import Final

from headway.changes.work import Work
from headway.modules.auth.actions.audit import note
from headway.modules.auth.actions.revocations import revoke
from headway.modules.auth.domain import addresses
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID
from headway.modules.auth.store.directory import (
    ADDRESS,
    ADDRESS_BY_KEY,
    ADDRESSES_OF,
    ADMINISTRATOR,
    ADMINISTRATOR_BY_ID,
    ADMINISTRATORS,
    AddressRow,
    AdministratorRow,
)
from headway.platform.ids import new_id
from headway.platform.problems import Conflict

RESERVED_FOR: Final = timedelta(minutes=15)


async def reserved_by(work: Work, email: str, request: str) -> AddressRow | None:
    """What this very request has reserved or taken before."""
    held = await work.tx.row(ADDRESS_BY_KEY, address_key=addresses.key(email))
    return held if held is not None and held.request == request else None


async def reserve(work: Work, email: str, user_id: str, request: str, *, claims_admin: bool = False) -> AddressRow:
    """Reserve an address for a person, or find what this very request has reserved; Conflict when it is somebody's."""
    key = addresses.key(email)
    held = await work.tx.row(ADDRESS_BY_KEY, address_key=key)
    if held is not None and (held.request == request or held.user_id == user_id):
        return held
    if held is not None:
        if not await _has_run_out(work, held):
            raise Conflict("address_taken", "There is an account with this email address already.")
        await work.delete(ADDRESS, held)
    until = work.now + RESERVED_FOR
    return await work.insert(ADDRESS, AddressRow(new_id(), key, user_id, "reserved", request, claims_admin, until, 1))


async def _has_run_out(work: Work, held: AddressRow) -> bool:
    """Whether a reservation is over without having come to anything."""
    if held.state == "taken" or (held.expires_at is not None and held.expires_at > work.now):
        return False
    account = await work.tx.row(ACCOUNT_BY_ID, id=held.user_id)
    return account is None or addresses.key(account.email) != held.address_key


async def settle(work: Work, user_id: str) -> None:
    """Make the directory agree with the account: its address is taken, any other one is free.

    Whoever was to be the first administrator is it now, unless somebody else was quicker.
    """
    account = await work.tx.row(ACCOUNT_BY_ID, id=user_id)
    if account is None:
        return
    for row in await work.tx.rows(ADDRESSES_OF, user_id=user_id):
        if account.state != "erased" and row.address_key == addresses.key(account.email):
            await _take(work, row)
        elif account.state == "erased" or row.state == "taken":
            await work.delete(ADDRESS, row)
    role = await work.tx.row(ADMINISTRATOR_BY_ID, id=user_id)
    if account.state == "erased" and role is not None:
        await work.delete(ADMINISTRATOR, role)


async def _take(work: Work, row: AddressRow) -> None:
    if row.state == "taken":
        return
    await work.update(ADDRESS, row, state="taken", expires_at=None)
    if row.claims_admin and not await work.tx.rows(ADMINISTRATORS):
        await work.insert(ADMINISTRATOR, AdministratorRow(row.user_id, work.now, 1))
        await note(work, "administrator.added", row.user_id)
        await revoke(work, row.user_id)
