"""The address is changed: a link proves the new one, then a saga moves the account to it."""

from headway.changes.work import Work
from headway.modules.auth.actions import addresses as directory
from headway.modules.auth.actions import passwords as links
from headway.modules.auth.actions.outgoing import ConfirmAddress, Notice, queue
from headway.modules.auth.contracts.messages import AddressChange, LinkProof
from headway.modules.auth.domain import addresses, link_token
from headway.modules.auth.service.confirmation import Confirmation
from headway.modules.auth.service.once import Once
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import ACCOUNT, ACCOUNT_BY_ID, search_text
from headway.modules.auth.store.links import LinkRow
from headway.modules.auth.store.schema import INSTANCE, account_stream
from headway.platform.problems import NotFound
from headway.platform.web.routes import Asked, Reply


class AddressRoutes:
    """What /auth/email does."""

    def __init__(self, streams: Streams, once: Once, confirmation: Confirmation) -> None:
        self._streams = streams
        self._once = once
        self._confirmation = confirmation

    async def request(self, asked: Asked, body: AddressChange) -> Reply:
        """Ask for another address. It holds once the link that is sent there has been opened."""
        email = addresses.check(body.email)
        wanted = ConfirmAddress(asked.actor.id, email, self._streams.clock.now())
        what = "request of an address"
        if not await self._once.was_done(asked, account_stream(asked.actor.id), what, body):
            await self._confirmation.with_password(asked, what, body, lambda work, _: queue(work, wanted))
        return Reply(status=204)

    async def confirm(self, asked: Asked, body: LinkProof) -> Reply:
        """Confirm another address by the token of the link. Conflict when it has become somebody else's."""
        token = link_token.parse(body.token)
        if token is None:
            raise NotFound("link that still works")
        proof, stream = token, account_stream(token.owner_id)
        if await self._once.was_done(asked, stream, "proof of an address", body):
            return Reply(status=204)
        link = await self._streams.change(stream, None, lambda work: links.find_link(work, "address", proof))
        await self._streams.change(
            INSTANCE, link.user_id, lambda work: directory.reserve(work, link.email, link.user_id, link.id)
        )
        await self._once.change(asked, stream, "proof of an address", body, lambda work: _move(work, proof))
        await self._streams.change(INSTANCE, link.user_id, lambda work: directory.settle(work, link.user_id))
        return Reply(status=204)


async def _move(work: Work, proof: link_token.LinkToken) -> None:
    """The account has the new address from now on; the former one is told."""
    link: LinkRow = await links.find_link(work, "address", proof)
    account = await work.tx.row(ACCOUNT_BY_ID, id=link.user_id)
    if account is None or account.state != "active":
        raise NotFound("link that still works")
    await work.update(ACCOUNT, account, email=link.email, search_text=search_text(account.name, link.email))
    await links.discard_links(work, "address")
    await links.discard_links(work, "password")
    await queue(work, Notice("address_changed", account.email, account.language, account.name, link.email))
