"""The first administrator of an installation that others can reach."""

from headway.changes.work import Work
from headway.modules.auth.actions.invitations import invite_administrator, token_of
from headway.modules.auth.domain.public_links import PublicLinks
from headway.modules.auth.service.registration import Door
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.directory import ADMINISTRATORS
from headway.modules.auth.store.schema import INSTANCE


class FirstAdministrator:
    """Makes the link that is printed at the start."""

    def __init__(self, streams: Streams, door: Door, public: PublicLinks, link_key: bytes) -> None:
        self._streams = streams
        self._door = door
        self._public = public
        self._key = link_key

    async def link(self, *, several: bool = False) -> str | None:
        """A link that makes whoever registers by it the administrator; it works once, for a week, until the next start.

        `several` instances that start within an hour give the same one.

        None when there is an administrator already, or when only this machine can reach the installation, where the
        first to register becomes the administrator.
        """
        reader = self._streams.database.reader
        if await reader.rows(ADMINISTRATORS) or await self._door.is_claimable(reader):
            return None

        async def act(work: Work) -> str:
            row = await invite_administrator(work, self._key, several=several)
            return self._public.register(token_of(self._key, row))

        return await self._streams.change(INSTANCE, None, act)
