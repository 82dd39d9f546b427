"""Oneself and other people."""

from collections.abc import Sequence

from headway.modules.auth.contracts import Accounts
from headway.modules.users.contracts import Acquaintances, Person, Profile
from headway.modules.users.contracts.messages import Me
from headway.modules.users.store.profiles import PROFILE_BY_ID, PROFILES_BY_IDS
from headway.modules.users.views import first_profile, me_view, person_view, profile_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound


class PeopleInTables:
    """`People` of the contract. An account whose profile is still to be made counts with what it starts with."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def by_ids(self, reader: Reader, user_ids: Sequence[str]) -> dict[str, Person]:
        """Names and avatars of those that exist, by id."""
        rows = {row.id: row for row in await reader.rows(PROFILES_BY_IDS, ids=list(user_ids))}
        missing = [user_id for user_id in user_ids if user_id not in rows]
        if missing:
            for account in (await self._accounts.by_ids(reader, missing)).values():
                rows[account.id] = first_profile(account)
        return {user_id: person_view(row) for user_id, row in rows.items()}

    async def profile(self, reader: Reader, user_id: str) -> Profile | None:
        """One person's settings."""
        row = await reader.row(PROFILE_BY_ID, id=user_id)
        if row is None:
            account = await self._accounts.by_id(reader, user_id)
            row = None if account is None else first_profile(account)
        return None if row is None else profile_view(row)


class ReadProfiles:
    """The routes that only read."""

    def __init__(self, accounts: Accounts, people: PeopleInTables, acquaintances: Acquaintances) -> None:
        self._accounts = accounts
        self._people = people
        self._acquaintances = acquaintances

    async def me(self, reader: Reader, actor: Actor, _query: None) -> Me:
        """Oneself: account, profile and preferences."""
        account = await self._accounts.by_id(reader, actor.id)
        if account is None:
            raise NotFound("person")
        return me_view(account, await reader.row(PROFILE_BY_ID, id=actor.id) or first_profile(account))

    async def person(self, reader: Reader, actor: Actor, _query: None, *, user_id: str) -> Person:
        """Somebody with whom one shares a workspace."""
        if user_id != actor.id and not await self._acquaintances.knows(reader, actor.id, user_id):
            raise NotFound("person")
        found = (await self._people.by_ids(reader, [user_id])).get(user_id)
        if found is None:
            raise NotFound("person")
        return found
