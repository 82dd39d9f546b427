"""Passwords: proven, changed, and set anew by a link."""

from contextlib import AbstractAsyncContextManager

from headway.modules.auth.service.hasher import Hasher
from headway.modules.auth.service.throttle import Attempt, Throttle
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, AccountRow
from headway.modules.auth.store.sessions import SESSION_BY_ID
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import Forbidden, Unauthenticated


class Passwords:
    """Proves passwords, so many guesses at a time."""

    def __init__(self, hasher: Hasher, throttle: Throttle) -> None:
        self._hasher = hasher
        self._throttle = throttle

    def attempt(self, account: str, address: str) -> AbstractAsyncContextManager[Attempt]:
        """One guess for an account from an address; TooMany."""
        return self._throttle.attempt(account=account, address=address)

    async def is_right(self, account: AccountRow | None, password: str) -> bool:
        """Whether the password is the account's. It takes as long for nobody."""
        return await self._hasher.verify(None if account is None else account.password_hash, password)

    async def renewed(self, account: AccountRow, password: str) -> str | None:
        """A hash with today's parameters, when the one that is kept has other ones."""
        return await self._hasher.hash(password) if self._hasher.is_outdated(account.password_hash) else None

    async def hash(self, password: str) -> str:
        """The hash to keep."""
        return await self._hasher.hash(password)


async def own_account(reader: Reader, actor: Actor) -> AccountRow:
    """The account of whoever asks by a session; Forbidden for a token, which may not change credentials."""
    account = await reader.row(ACCOUNT_BY_ID, id=actor.id)
    if account is None or account.state != "active":
        raise Unauthenticated("unauthenticated", "This account is not active.")
    if await reader.row(SESSION_BY_ID, user_id=actor.id, id=actor.credential_id) is None:
        raise Forbidden("session_required", "Sign in with your password to do this; a token is not enough.")
    return account


def wrong_password(field: str) -> Forbidden:
    """The one answer to a wrong password of somebody who is signed in."""
    return Forbidden("wrong_password", f"{field}: this is not your present password.")
