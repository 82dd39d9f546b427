"""Oneself and other people."""

from collections.abc import Sequence

from headway.modules.auth.contracts import Accounts
from headway.modules.users.contracts import Acquaintances, Person, Profile
from headway.modules.users.contracts.messages import Me, People, PeopleQuery
from headway.modules.users.store.profiles import PROFILE_BY_ID, PROFILES_BY_IDS, ProfileRow
from headway.modules.users.views import Views, first_profile, profile_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound


class PeopleInTables:
    """`People` of the contract. An account whose profile is still to be made counts with what it starts with."""

    def __init__(self, accounts: Accounts, views: Views) -> None:
        self._accounts = accounts
        self._views = views

    async def by_ids(self, reader: Reader, user_ids: Sequence[str]) -> dict[str, Person]:
        """Names and avatars of those that exist, by id."""
        return {row.id: self._views.person(row) for row in await self._rows(reader, user_ids)}

    async def profile(self, reader: Reader, user_id: str) -> Profile | None:
        """One person's settings."""
        return (await self.profiles(reader, [user_id])).get(user_id)

    async def profiles(self, reader: Reader, user_ids: Sequence[str]) -> dict[str, Profile]:
        """The settings of those that exist, by id."""
        return {row.id: profile_view(row) for row in await self._rows(reader, user_ids)}

    async def _rows(self, reader: Reader, user_ids: Sequence[str]) -> list[ProfileRow]:
        rows = await reader.rows(PROFILES_BY_IDS, ids=list(user_ids))
        missing = set(user_ids) - {row.id for row in rows}
        if missing:
            accounts = await self._accounts.by_ids(reader, list(missing))
            rows += [first_profile(account) for account in accounts.values()]
        return rows


class ReadProfiles:
    """The routes that only read."""

    def __init__(self, accounts: Accounts, people: PeopleInTables, acquaintances: Acquaintances, views: Views) -> None:
        self._accounts = accounts
        self._people = people
        self._acquaintances = acquaintances
        self._views = views

    async def me(self, reader: Reader, actor: Actor, _query: None) -> Me:
        """Oneself: account, profile and preferences."""
        account = await self._accounts.by_id(reader, actor.id)
        if account is None:
            raise NotFound("person")
        row = await reader.row(PROFILE_BY_ID, id=actor.id)
        return self._views.me(account, row or first_profile(account))

    async def person(self, reader: Reader, actor: Actor, _query: None, *, user_id: str) -> Person:
        """Somebody with whom one shares a workspace."""
        await self.require_known(reader, actor, user_id)
        found = (await self._people.by_ids(reader, [user_id])).get(user_id)
        if found is None:
            raise NotFound("person")
        return found

    async def people(self, reader: Reader, actor: Actor, query: PeopleQuery) -> People:
        """Several people at once; those with whom one shares no workspace are left out."""
        wanted = dict.fromkeys(query.ids)
        known = [each for each in wanted if await self._knows(reader, actor, each)]
        found = await self._people.by_ids(reader, known)
        return People(tuple(found[each] for each in known if each in found))

    async def require_known(self, reader: Reader, actor: Actor, user_id: str) -> None:
        """NotFound unless it is oneself or somebody with whom one shares a workspace."""
        if not await self._knows(reader, actor, user_id):
            raise NotFound("person")

    async def _knows(self, reader: Reader, actor: Actor, user_id: str) -> bool:
        return user_id == actor.id or await self._acquaintances.knows(reader, actor.id, user_id)
