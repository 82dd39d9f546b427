"""The person is asked again: before what gives or takes credentials, the password, and a code of the second factor.

Whoever finds a browser unlocked, or steals a session, gets no lasting way in. Guesses count as those at sign-in do.
"""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import msgspec

from headway.changes.work import Work
from headway.modules.auth.actions import second_factor
from headway.modules.auth.actions.own import Own, enter_by_session
from headway.modules.auth.contracts.messages import Codes, PasswordChange, Proof, ProvenToken
from headway.modules.auth.domain import addresses
from headway.modules.auth.domain.keys import Keys
from headway.modules.auth.service.once import Once
from headway.modules.auth.service.passwords import Passwords, own_account, wrong_password
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.service.throttle import Attempt
from headway.modules.auth.store.accounts import AccountRow
from headway.modules.auth.store.schema import account_stream
from headway.platform.problems import Conflict, Forbidden, Unauthenticated
from headway.platform.web.routes import Asked

T = TypeVar("T")

Action = Callable[[Work, Own], Awaitable[T]]

_WRONG: Final = frozenset({"totp_wrong", "recovery_code_wrong"})


class Confirmation:
    """Runs changes of one's own account for whoever proves to be its person."""

    def __init__(self, streams: Streams, once: Once, passwords: Passwords, keys: Keys) -> None:
        self._streams = streams
        self._once = once
        self._passwords = passwords
        self._keys = keys

    async def with_password(
        self,
        asked: Asked,
        what: str,
        body: Proof | ProvenToken | PasswordChange,
        action: Action[T],
        field: str = "password",
    ) -> T:
        """Run it once the password is right, and a code where there is a second factor. Forbidden, TooMany."""
        account = await own_account(self._streams.database.reader, asked.actor)
        async with self._passwords.attempt(addresses.key(account.email), asked.address) as attempt:
            if not await self._passwords.is_right(account, body.password):
                raise wrong_password(field)

            async def act(work: Work, own: Own) -> T:
                await self._check_code(work, body)
                return await action(work, own)

            done = await self._change(asked, what, body, account, act, attempt)
            attempt.succeeded()
        return done

    async def with_code(self, asked: Asked, what: str, body: msgspec.Struct, action: Action[T]) -> T:
        """Run what checks a code by itself. Forbidden, TooMany."""
        account = await own_account(self._streams.database.reader, asked.actor)
        async with self._passwords.attempt(addresses.key(account.email), asked.address) as attempt:
            return await self._change(asked, what, body, account, action, attempt)

    async def _change(
        self, asked: Asked, what: str, body: msgspec.Struct, account: AccountRow, action: Action[T], attempt: Attempt
    ) -> T:
        """Only a wrong code counts as a failure from here on."""

        async def act(work: Work) -> T:
            own = await enter_by_session(work, asked.actor)
            if own.account.password_hash != account.password_hash:
                raise Conflict("changed_meanwhile", "The account was changed in the meantime; try again.")
            return await action(work, own)

        attempt.unfinished()
        try:
            return await self._once.change(asked, account_stream(account.id), what, body, act)
        except Forbidden as refused:
            if refused.code in _WRONG:
                attempt.failed()
            raise

    async def _check_code(self, work: Work, codes: Codes) -> None:
        """As at sign-in, but 401 would tell a browser that its session has ended."""
        try:
            await second_factor.check(work, self._keys, codes)
        except Unauthenticated as refused:
            raise Forbidden(refused.code, refused.detail) from None
