"""Accounts as others may know them."""

from collections.abc import Sequence

from headway.modules.auth.contracts import Account
from headway.modules.auth.domain import addresses
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, ACCOUNTS_BY_IDS, AccountRow
from headway.modules.auth.store.directory import ADDRESS_BY_KEY, ADMINISTRATORS
from headway.modules.auth.store.second_factors import WITH_FACTOR
from headway.modules.auth.views import account_view
from headway.platform.db.port import Reader


class AccountsInTables:
    """`Accounts` of the contract."""

    async def by_id(self, reader: Reader, user_id: str) -> Account | None:
        """The account of that id."""
        return (await self.by_ids(reader, [user_id])).get(user_id)

    async def by_ids(self, reader: Reader, user_ids: Sequence[str]) -> dict[str, Account]:
        """The accounts of those ids that exist, by id."""
        rows = await reader.rows(ACCOUNTS_BY_IDS, ids=list(user_ids))
        return {account.id: account for account in await with_roles(reader, rows)}

    async def by_email(self, reader: Reader, email: str) -> Account | None:
        """The active account with that address, however it is written."""
        row = await account_by_email(reader, email)
        return (await with_roles(reader, [row]))[0] if row is not None and row.state == "active" else None


async def with_roles(reader: Reader, rows: Sequence[AccountRow]) -> list[Account]:
    """Those accounts with what stands beside them: the administrator's role, the second factor."""
    administrators = {row.id for row in await reader.rows(ADMINISTRATORS)}
    protected = set(await reader.rows(WITH_FACTOR, ids=[row.id for row in rows]))
    return [account_view(row, is_admin=row.id in administrators, two_factor=row.id in protected) for row in rows]


async def account_by_email(reader: Reader, email: str) -> AccountRow | None:
    """The account, in whatever state, whose address that is."""
    key = addresses.key(email)
    address = await reader.row(ADDRESS_BY_KEY, address_key=key)
    if address is None:
        return None
    row = await reader.row(ACCOUNT_BY_ID, id=address.user_id)
    return row if row is not None and addresses.key(row.email) == key else None
