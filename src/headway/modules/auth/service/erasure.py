"""Somebody leaves for good."""

from collections.abc import Sequence

from headway.changes.work import Work
from headway.modules.auth.actions import addresses as directory
from headway.modules.auth.actions.administration import other_administrators
from headway.modules.auth.actions.erasure import erase_account
from headway.modules.auth.contracts import ErasureGuard
from headway.modules.auth.service.cookies import Cookies
from headway.modules.auth.service.passwords import Passwords, own_account
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID
from headway.modules.auth.store.directory import ADMINISTRATOR_BY_ID
from headway.modules.auth.store.schema import INSTANCE, account_stream
from headway.platform.actor import Actor
from headway.platform.problems import Conflict, Unauthenticated


class AccountErasure:
    """`Erasure` of the contract. The address is freed by the saga's second step, here or from the log."""

    def __init__(
        self, streams: Streams, passwords: Passwords, cookies: Cookies, guards: Sequence[ErasureGuard] = ()
    ) -> None:
        self._streams = streams
        self._passwords = passwords
        self._cookies = cookies
        self._guards = guards

    async def erase(self, actor: Actor, password: str, address: str) -> tuple[str, ...]:
        """Erase the actor's own account once the password is right."""
        reader = self._streams.database.reader
        account = await own_account(reader, actor)
        await self._passwords.prove(account, password, address)
        for guard in self._guards:
            await guard.check_erasure(reader, actor.id)

        async def act(work: Work) -> None:
            today = await work.tx.row(ACCOUNT_BY_ID, id=actor.id)
            if today is None or today.state != "active":
                raise Unauthenticated("unauthenticated", "This account is not active.")
            runs_it = await work.tx.row(ADMINISTRATOR_BY_ID, id=actor.id) is not None
            if runs_it and not await other_administrators(work.tx, actor.id):
                raise Conflict("last_administrator", "This is the last administrator; make somebody else one first.")
            await erase_account(work, today)

        await self._streams.change(account_stream(actor.id), actor.id, act)
        await self._streams.change(INSTANCE, actor.id, lambda work: directory.settle(work, actor.id))
        return self._cookies.signed_out()
