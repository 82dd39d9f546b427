"""Passwords, changed and set anew by a link."""

from headway.changes.work import Work
from headway.modules.auth.actions import passwords as actions
from headway.modules.auth.actions.outgoing import Notice, ResetPassword, queue
from headway.modules.auth.actions.own import Own
from headway.modules.auth.actions.tokens import revoke_all_tokens
from headway.modules.auth.contracts.messages import NewPassword, PasswordChange, ResetRequest
from headway.modules.auth.domain import addresses, link_token, passwords
from headway.modules.auth.service.confirmation import Confirmation
from headway.modules.auth.service.once import Once
from headway.modules.auth.service.passwords import Passwords, own_account
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID
from headway.modules.auth.store.schema import account_stream
from headway.platform.db.port import Transaction
from headway.platform.jobs import enqueue
from headway.platform.problems import NotFound
from headway.platform.web.routes import Asked, Reply


class PasswordRoutes:
    """What /auth/password and /auth/password-resets do."""

    def __init__(self, streams: Streams, once: Once, passwords: Passwords, confirmation: Confirmation) -> None:
        self._streams = streams
        self._once = once
        self._passwords = passwords
        self._confirmation = confirmation

    async def change(self, asked: Asked, body: PasswordChange) -> Reply:
        """Change the password. All other sessions end."""
        what = "change of password"
        if await self._once.was_done(asked, account_stream(asked.actor.id), what, body):
            return Reply(status=204)
        account = await own_account(self._streams.database.reader, asked.actor)
        new_hash = await self._passwords.hash(passwords.check(body.new_password, account.email, "new_password"))

        async def act(work: Work, own: Own) -> None:
            await actions.set_password(work, own.account, new_hash, keep=own.session_id)
            await queue(work, Notice("password_changed", account.email, account.language, account.name, account.email))

        await self._confirmation.with_password(asked, what, body, act, "current_password")
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
