"""Profiles are made and changed."""

from msgspec import UNSET

from headway.changes.contracts import Stream
from headway.changes.work import Work
from headway.modules.auth.contracts import Account, Accounts
from headway.modules.users.contracts.messages import Me, ProfileChange
from headway.modules.users.domain.preferences import merge
from headway.modules.users.store.profiles import PROFILE, PROFILE_BY_ID, ProfileRow, profile_stream
from headway.modules.users.views import Views, first_profile
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import Invalid, NotFound
from headway.platform.time_zones import zone_names
from headway.platform.web.patches import given


async def own_stream(_reader: Reader, actor: Actor, _body: object, **_path: str) -> Stream:
    """`Write.locate`: the actor's own profile."""
    return profile_stream(actor.id)


async def ensure_profile(work: Work, account: Account) -> ProfileRow:
    """The person's profile, made if it is not there yet."""
    row = await work.tx.row(PROFILE_BY_ID, id=account.id)
    return row or await work.insert(PROFILE, first_profile(account))


class ProfileActions:
    """The writes of one's own profile."""

    def __init__(self, accounts: Accounts, views: Views) -> None:
        self._accounts = accounts
        self._views = views

    async def enter(self, work: Work, actor: Actor) -> Account:
        """`Write.enter`: the actor's account; NotFound when it is gone."""
        account = await self._accounts.by_id(work.tx, actor.id)
        if account is None or account.state != "active":
            raise NotFound("person")
        return account

    async def change(self, work: Work, account: Account, body: ProfileChange) -> Me:
        """Change the name, language, time zone, first day of the week, theme or preferences of oneself."""
        row = await ensure_profile(work, account)
        work.check_version(row)
        changes = given(body)
        if body.time_zone is not UNSET and body.time_zone not in zone_names():
            raise Invalid.field("time_zone", "unknown_zone", "is not a time zone of the IANA database")
        if body.preferences is not UNSET:
            changes["preferences"] = merge(row.preferences, body.preferences)
        return self._views.me(account, await work.update(PROFILE, row, **changes))
