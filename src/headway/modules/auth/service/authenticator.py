"""From a credential to an actor. The database is the truth; what it said is remembered until something changes it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from headway.changes.feed import Feed
from headway.modules.auth.domain import access_token, api_token
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID
from headway.modules.auth.store.directory import ADMINISTRATOR_BY_ID
from headway.modules.auth.store.revocations import FORGET_REVOKED, REVOKED_SINCE
from headway.modules.auth.store.sessions import SESSION_BY_ID
from headway.modules.auth.store.tokens import TOKEN_BY_HASH, TOKEN_BY_ID, TOUCH_TOKEN, ApiTokenRow
from headway.platform.actor import ALL_SCOPES, Actor, TokenScope
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction

REMEMBERED_AT_MOST: Final = 50_000
POLL_SECONDS: Final = 0.5
TRUSTED_FOR: Final = timedelta(seconds=1)
"""So long after the last poll of revocations what is remembered counts; then the database is asked each time."""
REVOCATIONS_KEPT: Final = timedelta(hours=1)
_OVERLAP: Final = timedelta(seconds=60)
_TOUCHED_EVERY: Final = timedelta(hours=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Remembered:
    actor: Actor
    expires_at: datetime
    news: int


class CredentialAuthenticator:
    """`Authenticator` of the contract.

    What is remembered of a person counts only while nothing was heard of that person since. This process hears of
    changes of accounts by the feed, and of what other processes take away by polling the revocations.
    """

    def __init__(self, database: Database, clock: Clock, access_key: bytes) -> None:
        self._database = database
        self._clock = clock
        self._key = access_key
        self._remembered: dict[str, _Remembered] = {}
        self._news = 0
        self._news_of: dict[str, int] = {}
        self._heard: dict[str, datetime] = {}
        self._polled_at = self._trusted_until = clock.now()

    def attach(self, feed: Feed) -> None:
        """Hear of changes of accounts as they are committed."""

        def hear(stream: str, _version: int) -> None:
            kind, _, owner = stream.partition(":")
            if kind == "account":
                self._forget(owner)

        feed.subscribe_all(hear)

    def _forget(self, user_id: str) -> None:
        self._news += 1
        self._news_of[user_id] = self._news

    def remembered(self, credential: str) -> Actor | None:
        """From memory; checks expiry and revocation. None: ask `authenticate`."""
        found = self._remembered.get(credential)
        if found is None:
            return None
        now, actor = self._clock.now(), found.actor
        if found.expires_at <= now or self._news_of.get(actor.id, 0) > found.news or not self._hears_all(now):
            return None
        return actor

    def _hears_all(self, now: datetime) -> bool:
        """Whether nothing that others took away can have been missed; where nobody else writes, never."""
        return self._database.is_alone or now < self._trusted_until

    async def authenticate(self, credential: str) -> Actor | None:
        """Verify and remember; None when it is not (or no longer) valid."""
        news = self._news
        if credential.startswith(api_token.PREFIX):
            found = await self._by_token(credential)
        else:
            found = await self._by_session(credential)
        if found is None:
            self._remembered.pop(credential, None)
            return None
        if len(self._remembered) >= REMEMBERED_AT_MOST:
            self._remembered.clear()
        actor, expires_at = found
        self._remembered[credential] = _Remembered(actor, expires_at, news)
        return actor

    async def confirm(self, actor: Actor) -> bool:
        """Whether the session or token that an actor came with still stands."""
        reader, now = self._database.reader, self._clock.now()
        session = await reader.row(SESSION_BY_ID, user_id=actor.id, id=actor.credential_id)
        token = await reader.row(TOKEN_BY_ID, user_id=actor.id, id=actor.credential_id)
        stands = session is not None and session.expires_at > now
        good = token is not None and (token.expires_at is None or token.expires_at > now)
        return (stands or good) and await self._actor(actor.id, None, actor.scopes) is not None

    async def _by_session(self, credential: str) -> tuple[Actor, datetime] | None:
        now = self._clock.now()
        token = access_token.verify(self._key, credential, now)
        if token is None:
            return None
        session = await self._database.reader.row(SESSION_BY_ID, user_id=token.user_id, id=token.session_id)
        if session is None or session.expires_at <= now:
            return None
        actor = await self._actor(token.user_id, token.session_id, ALL_SCOPES)
        return None if actor is None else (actor, min(token.expires_at, session.expires_at))

    async def _by_token(self, credential: str) -> tuple[Actor, datetime] | None:
        now, token = self._clock.now(), api_token.parse(credential)
        if token is None:
            return None
        row = await self._database.reader.row(TOKEN_BY_HASH, user_id=token.user_id, token_hash=token.hash)
        if row is None or (row.expires_at is not None and row.expires_at <= now):
            return None
        actor = await self._actor(row.user_id, row.id, frozenset(row.scopes))
        if actor is None:
            return None
        await self._touch(row, now)
        until = now + access_token.LIFETIME
        return actor, until if row.expires_at is None else min(until, row.expires_at)

    async def _actor(self, user_id: str, credential_id: str | None, scopes: frozenset[TokenScope]) -> Actor | None:
        account = await self._database.reader.row(ACCOUNT_BY_ID, id=user_id)
        if account is None or account.state != "active":
            return None
        is_admin = await self._database.reader.row(ADMINISTRATOR_BY_ID, id=user_id) is not None
        return Actor(user_id, credential_id, scopes, is_admin)

    async def _touch(self, row: ApiTokenRow, now: datetime) -> None:
        """Note the use, at most once an hour; it is no entry in the log."""
        if row.last_used_at is not None and now - row.last_used_at < _TOUCHED_EVERY:
            return

        async def act(tx: Transaction) -> None:
            await tx.execute(TOUCH_TOKEN, owner=row.user_id, token=row.id, used_at=now)

        await self._database.write(act)

    async def follow_revocations(self) -> None:
        """Hear of what other processes have taken away, until cancelled."""
        while True:
            try:
                await self.poll()
            except Exception:  # noqa: BLE001 - while it fails nothing remembered is trusted, and it is tried again
                _log.exception("revocations_unreadable")
            await asyncio.sleep(POLL_SECONDS)

    async def poll(self) -> None:
        """Look once. What was heard of before is passed over; clocks of processes may differ by up to a minute."""
        now = self._clock.now()
        since = self._polled_at - _OVERLAP
        for row in await self._database.reader.rows(REVOKED_SINCE, since=since):
            if row.id not in self._heard:
                self._heard[row.id] = row.at
                self._forget(row.user_id)
        self._heard = {key: at for key, at in self._heard.items() if at > since}
        self._polled_at = now
        self._trusted_until = now + TRUSTED_FOR

    async def sweep(self, _nothing: object, _running: object) -> None:
        """Delete revocations that every process has heard of long ago."""
        before = self._clock.now() - REVOCATIONS_KEPT

        async def act(tx: Transaction) -> None:
            await tx.execute(FORGET_REVOKED, before=before)

        await self._database.write(act)
