"""Somebody leaves for good."""

from collections.abc import Sequence

from headway.changes.work import Work
from headway.modules.auth.actions import addresses as directory
from headway.modules.auth.actions.administration import other_administrators
from headway.modules.auth.actions.erasure import erase_account
from headway.modules.auth.actions.own import Own
from headway.modules.auth.contracts.erasure import ErasureGuard
from headway.modules.auth.contracts.messages import Proof
from headway.modules.auth.service.confirmation import Confirmation
from headway.modules.auth.service.cookies import Cookies
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.directory import ADMINISTRATOR_BY_ID
from headway.modules.auth.store.schema import INSTANCE
from headway.platform.problems import Conflict
from headway.platform.web.routes import Asked


class AccountErasure:
    """`Erasure` of the contract. The address is freed by the saga's second step, here or from the log."""

    def __init__(
        self, streams: Streams, confirmation: Confirmation, cookies: Cookies, guards: Sequence[ErasureGuard] = ()
    ) -> None:
        self._streams = streams
        self._confirmation = confirmation
        self._cookies = cookies
        self._guards = guards

    async def erase(self, asked: Asked, proof: Proof) -> tuple[str, ...]:
        """Erase the account of whoever asks, once they prove to be its person."""
        await self._confirmation.with_password(asked, "erasure", proof, self._erase)
        user_id = asked.actor.id
        await self._streams.change(INSTANCE, user_id, lambda work: directory.settle(work, user_id))
        return self._cookies.signed_out()

    async def _erase(self, work: Work, own: Own) -> None:
        user_id = own.account.id
        for guard in self._guards:
            await guard.check_erasure(work.tx, user_id)
        runs_it = await work.tx.row(ADMINISTRATOR_BY_ID, id=user_id) is not None
        if runs_it and not await other_administrators(work.tx, user_id):
            raise Conflict("last_administrator", "This is the last administrator; make somebody else one first.")
        await erase_account(work, own.account)
