"""Somebody erases their own account."""

from headway.modules.auth.contracts.erasure import Erasure
from headway.modules.auth.contracts.messages import Proof
from headway.platform.web.routes import Asked, Reply


class Leaving:
    """The route; what follows from it is read out of the log by every module that keeps something of the person."""

    def __init__(self, erasure: Erasure) -> None:
        self._erasure = erasure

    async def leave(self, asked: Asked, body: Proof) -> Reply:
        """Erase one's account for good: sessions and tokens end, and nothing personal stays here or in the log.

        Tasks and comments stay in the workspaces that they belong to, as those of somebody who has left.
        """
        cookies = await self._erasure.erase(asked, body)
        return Reply(status=204, cookies=cookies)
