"""Accounts as others may know them."""

from collections.abc import Sequence

from headway.modules.auth.contracts import Account
from headway.modules.auth.domain import addresses
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, ACCOUNTS_BY_IDS, AccountRow
from headway.modules.auth.store.directory import ADDRESS_BY_KEY, ADMINISTRATOR_BY_ID, ADMINISTRATORS
from headway.platform.db.port import Reader


def account_view(row: AccountRow, *, is_admin: bool, two_factor: bool) -> Account:
    """An account without its secrets."""
    return Account(
        row.id,
        row.email,
        is_admin,
        row.state,
        row.created_at,
        row.name,
        row.language,
        row.time_zone,
        two_factor,
    )


class AccountsInTables:
    """`Accounts` of the contract."""

    async def by_id(self, reader: Reader, user_id: str) -> Account | None:
        """The account of that id."""
        row = await reader.row(ACCOUNT_BY_ID, id=user_id)
        if row is None:
            return None
        is_admin = await reader.row(ADMINISTRATOR_BY_ID, id=user_id) is not None
        return account_view(row, is_admin=is_admin, two_factor=False)

    async def by_ids(self, reader: Reader, user_ids: Sequence[str]) -> dict[str, Account]:
        """The accounts of those ids that exist, by id."""
        admins = {row.id for row in await reader.rows(ADMINISTRATORS)}
        rows = await reader.rows(ACCOUNTS_BY_IDS, ids=list(user_ids))
        return {row.id: account_view(row, is_admin=row.id in admins, two_factor=False) for row in rows}

    async def by_email(self, reader: Reader, email: str) -> Account | None:
        """The active account with that address, however it is written."""
        row = await account_by_email(reader, email)
        return await self.by_id(reader, row.id) if row is not None and row.state == "active" else None


async def account_by_email(reader: Reader, email: str) -> AccountRow | None:
    """The account, in whatever state, whose address that is."""
    key = addresses.key(email)
    address = await reader.row(ADDRESS_BY_KEY, address_key=key)
    if address is None:
        return None
    row = await reader.row(ACCOUNT_BY_ID, id=address.user_id)
    return row if row is not None and addresses.key(row.email) == key else None
