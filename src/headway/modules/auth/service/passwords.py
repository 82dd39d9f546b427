"""Passwords: proven, changed, and set anew by a link."""

from contextlib import AbstractAsyncContextManager

from headway.changes.work import Work
from headway.modules.auth.actions import passwords as actions
from headway.modules.auth.actions.outgoing import Notice, ResetPassword, queue
from headway.modules.auth.actions.tokens import revoke_all_tokens
from headway.modules.auth.contracts.messages import NewPassword, PasswordChange, ResetRequest
from headway.modules.auth.domain import addresses, link_token, passwords
from headway.modules.auth.service.hasher import Hasher
from headway.modules.auth.service.once import Once
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.service.throttle import Attempt, Throttle
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, AccountRow
from headway.modules.auth.store.schema import account_stream
from headway.modules.auth.store.sessions import SESSION_BY_ID
from headway.platform.actor import Actor
from headway.platform.db.port import Reader, Transaction
from headway.platform.jobs import enqueue
from headway.platform.problems import Forbidden, NotFound, Unauthenticated
from headway.platform.web.routes import Asked, Reply


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

    async def prove(self, account: AccountRow, password: str, address: str, field: str = "password") -> None:
        """Check the password of somebody who is signed in; Forbidden when it is wrong, TooMany."""
        async with self.attempt(addresses.key(account.email), address) as attempt:
            if not await self.is_right(account, password):
                raise wrong_password(field)
            attempt.succeeded()


class PasswordRoutes:
    """What /auth/password and /auth/password-resets do."""

    def __init__(self, streams: Streams, once: Once, passwords: Passwords) -> None:
        self._streams = streams
        self._once = once
        self._passwords = passwords

    async def change(self, asked: Asked, body: PasswordChange) -> Reply:
        """Change the password. All other sessions end."""
        stream = account_stream(asked.actor.id)
        if await self._once.was_done(asked, stream, "change of password", body):
            return Reply(status=204)
        account = await own_account(self._streams.database.reader, asked.actor)
        new = passwords.check(body.new_password, account.email, "new_password")
        await self._passwords.prove(account, body.current_password, asked.address, "current_password")
        new_hash = await self._passwords.hash(new)

        async def act(work: Work) -> None:
            await actions.set_password(work, account, new_hash, keep=asked.actor.credential_id)
            await queue(work, Notice("password_changed", account.email, account.language, account.name, account.email))

        await self._once.change(asked, stream, "change of password", body, act)
        return Reply(status=204)

    async def request_reset(self, asked: Asked, body: ResetRequest) -> Reply:
        """Ask for a link that sets the password anew. The answer is the same whether the address is known or not."""
        wanted = ResetPassword(addresses.check(body.email))

        async def act(tx: Transaction) -> None:
            await enqueue(tx, wanted.JOB, wanted, self._streams.clock.now())

        await self._streams.database.write(act)
        return Reply(status=204)

    async def reset(self, asked: Asked, body: NewPassword) -> Reply:
        """Set the password anew by the token of a link, which works once. All sessions and API tokens end."""
        parsed = link_token.parse(body.token)
        account = None
        if parsed is not None:
            account = await self._streams.database.reader.row(ACCOUNT_BY_ID, id=parsed.owner_id)
        if parsed is None or account is None or account.state != "active":
            raise NotFound("link that still works")
        found, person = parsed, account
        stream = account_stream(person.id)
        if await self._once.was_done(asked, stream, "reset of password", body):
            return Reply(status=204)
        await self._streams.change(stream, None, lambda work: actions.find_link(work, "password", found))
        new_hash = await self._passwords.hash(passwords.check(body.password, person.email))

        async def act(work: Work) -> None:
            await actions.find_link(work, "password", found)
            await actions.set_password(work, person, new_hash, keep=None)
            await revoke_all_tokens(work)
            await queue(work, Notice("password_reset_done", person.email, person.language, person.name, person.email))

        await self._once.change(asked, stream, "reset of password", body, act)
        return Reply(status=204)


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
