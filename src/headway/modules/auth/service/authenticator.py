"""From a credential to an actor. The database is the truth; what it said is remembered until something changes it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from headway.modules.auth.domain import access_token
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID
from headway.modules.auth.store.directory import ADMINISTRATOR_BY_ID
from headway.modules.auth.store.sessions import SESSION_BY_ID
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Database

REMEMBERED_AT_MOST: Final = 50_000


@dataclass(frozen=True, slots=True)
class _Remembered:
    actor: Actor
    expires_at: datetime
    news: int


class CredentialAuthenticator:
    """`Authenticator` of the contract.

    What is remembered of a person counts only while nothing was heard of that person since: `forget` is told of ended
    sessions and tokens, and of rights that have changed.
    """

    def __init__(self, database: Database, clock: Clock, access_key: bytes) -> None:
        self._database = database
        self._clock = clock
        self._key = access_key
        self._remembered: dict[str, _Remembered] = {}
        self._news = 0
        self._news_of: dict[str, int] = {}

    def remembered(self, credential: str) -> Actor | None:
        """From memory; checks expiry and revocation. None: ask `authenticate`."""
        found = self._remembered.get(credential)
        if found is None:
            return None
        actor = found.actor
        if found.expires_at <= self._clock.now() or self._news_of.get(actor.id, 0) > found.news:
            del self._remembered[credential]
            return None
        return actor

    def forget(self, user_id: str) -> None:
        """Ask the database again about whatever that person has signed in with."""
        self._news += 1
        self._news_of[user_id] = self._news

    async def authenticate(self, credential: str) -> Actor | None:
        """Verify and remember; None when it is not (or no longer) valid."""
        now, news = self._clock.now(), self._news
        token = access_token.verify(self._key, credential, now)
        if token is None:
            return None
        reader = self._database.reader
        session = await reader.row(SESSION_BY_ID, user_id=token.user_id, id=token.session_id)
        account = await reader.row(ACCOUNT_BY_ID, id=token.user_id)
        if session is None or session.expires_at <= now or account is None or account.state != "active":
            return None
        is_admin = await reader.row(ADMINISTRATOR_BY_ID, id=token.user_id) is not None
        actor = Actor(token.user_id, token.session_id, is_admin=is_admin)
        self._remember(credential, _Remembered(actor, min(token.expires_at, session.expires_at), news))
        return actor

    async def confirm(self, actor: Actor) -> bool:
        """Whether the session or token that an actor came with still stands."""
        session = await self._database.reader.row(SESSION_BY_ID, user_id=actor.id, id=actor.credential_id)
        account = await self._database.reader.row(ACCOUNT_BY_ID, id=actor.id)
        return session is not None and account is not None and account.state == "active"

    def _remember(self, credential: str, remembered: _Remembered) -> None:
        if len(self._remembered) >= REMEMBERED_AT_MOST:
            self._remembered.clear()
        self._remembered[credential] = remembered
