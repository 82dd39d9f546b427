"""Personal API tokens are made, with the password as proof."""

from headway.modules.auth.actions.tokens import make_token
from headway.modules.auth.contracts.messages import ProvenToken
from headway.modules.auth.service.confirmation import Confirmation
from headway.modules.auth.service.once import Once
from headway.modules.auth.store.schema import account_stream
from headway.platform.web.routes import Asked, Reply


class TokenRoutes:
    """What of /auth/tokens needs the password."""

    def __init__(self, once: Once, confirmation: Confirmation) -> None:
        self._once = once
        self._confirmation = confirmation

    async def make(self, asked: Asked, body: ProvenToken) -> Reply:
        """Make a token for a program. The token itself is shown this once."""
        await self._once.refuse_repeat(asked, account_stream(asked.actor.id), "token", body)
        made = await self._confirmation.with_password(
            asked, "token", body, lambda work, own: make_token(work, own, body)
        )
        return Reply(made)
