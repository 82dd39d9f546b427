"""The second factor is set up, renewed and taken away, with the password as proof."""

from collections.abc import Awaitable, Callable

from headway.changes.work import Work
from headway.modules.auth.actions.own import Own
from headway.modules.auth.actions.second_factor import SecondFactorActions, take_away
from headway.modules.auth.contracts.messages import Proof, RecoveryCodes, SecondFactorSetup, TotpCode
from headway.modules.auth.service.confirmation import Confirmation
from headway.modules.auth.service.once import Once
from headway.modules.auth.store.schema import account_stream
from headway.platform.web.routes import Asked, Reply


class SecondFactorRoutes:
    """What /auth/totp does."""

    def __init__(self, once: Once, confirmation: Confirmation, actions: SecondFactorActions) -> None:
        self._once = once
        self._confirmation = confirmation
        self._actions = actions

    async def begin(self, asked: Asked, body: Proof) -> Reply:
        """Begin to set up a second factor: what an authenticator app needs. It counts once it is confirmed."""
        return await self._secret(asked, "begin of a second factor", body, self._actions.begin)

    async def confirm(self, asked: Asked, body: TotpCode) -> Reply:
        """Confirm the second factor by a first code. The recovery codes are shown this once."""
        what = "confirmation of a second factor"
        await self._once.refuse_repeat(asked, account_stream(asked.actor.id), what, body)
        return Reply(
            await self._confirmation.with_code(
                asked, what, body, lambda work, own: self._actions.confirm(work, own, body)
            )
        )

    async def renew_codes(self, asked: Asked, body: Proof) -> Reply:
        """New recovery codes in place of all former ones."""
        return await self._secret(asked, "recovery codes", body, self._actions.renew_codes)

    async def _secret(
        self,
        asked: Asked,
        what: str,
        body: Proof,
        action: Callable[[Work, Own], Awaitable[SecondFactorSetup | RecoveryCodes]],
    ) -> Reply:
        await self._once.refuse_repeat(asked, account_stream(asked.actor.id), what, body)
        return Reply(await self._confirmation.with_password(asked, what, body, action))

    async def take_away(self, asked: Asked, body: Proof) -> Reply:
        """Take the second factor away, and its recovery codes. Fine also when there is none."""
        what = "end of a second factor"
        if not await self._once.was_done(asked, account_stream(asked.actor.id), what, body):
            await self._confirmation.with_password(asked, what, body, lambda work, own: take_away(work, own.account.id))
        return Reply(status=204)
