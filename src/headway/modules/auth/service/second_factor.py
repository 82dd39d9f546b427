"""The second factor is taken away, with the password as proof."""

from headway.changes.work import Work
from headway.modules.auth.actions.second_factor import take_away
from headway.modules.auth.contracts.messages import PasswordProof
from headway.modules.auth.service.passwords import Passwords, own_account
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.schema import account_stream
from headway.platform.web.routes import Asked, Reply


class SecondFactorRoutes:
    """What of /auth/totp needs the password."""

    def __init__(self, streams: Streams, passwords: Passwords) -> None:
        self._streams = streams
        self._passwords = passwords

    async def take_away(self, asked: Asked, body: PasswordProof) -> Reply:
        """Take the second factor away, and its recovery codes. Fine also when there is none."""
        account = await own_account(self._streams, asked)
        await self._passwords.prove(account, body.password, asked.address)

        async def act(work: Work) -> None:
            await take_away(work, account.id)

        await self._streams.change(account_stream(account.id), account.id, act)
        return Reply(status=204)
