"""Links that administrators hand over where no mail goes out."""

from headway.changes.work import Work
from headway.modules.auth.actions import invitations, passwords
from headway.modules.auth.actions.administration import Administrator, person
from headway.modules.auth.actions.outgoing import Invite, queue
from headway.modules.auth.contracts.administration import HandedLink, MadeInvitation, NewInvitation
from headway.modules.auth.domain import addresses
from headway.modules.auth.domain.public_links import PublicLinks
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID
from headway.modules.auth.store.instance import InvitationRow
from headway.platform.problems import Conflict


class HandedLinks:
    """The writes that answer a link."""

    def __init__(self, public: PublicLinks, link_key: bytes) -> None:
        self._public = public
        self._key = link_key

    async def reset(self, work: Work, administrator: Administrator, _body: None, *, user_id: str) -> HandedLink:
        """A link with which somebody else can set the password anew, to hand over to them.

        One's own password is changed with the present one: whoever finds a browser unlocked gets no lasting way in.
        """
        if user_id == administrator.user_id:
            raise Conflict("own_password", "Change your own password in your settings.")
        account = await person(work, user_id)
        if account.state != "active":
            raise Conflict("not_active", "This account is suspended; reinstate it first.")
        link, token = await passwords.make_link(work, "password", account.email)
        return HandedLink(self._public.new_password(token), link.expires_at)

    async def invite(self, work: Work, administrator: Administrator, body: NewInvitation) -> MadeInvitation:
        """Invite somebody to register. The link is answered, and sent when there is an address."""
        email = None if body.email is None else addresses.check(body.email)
        row = await invitations.invite(work, self._key, email, body.id)
        if email is not None:
            account = await work.tx.row(ACCOUNT_BY_ID, id=administrator.user_id)
            if account is not None:
                await queue(work, Invite(row.id, account.language, account.name))
        return self._made(row)

    async def renew(
        self, work: Work, _administrator: Administrator, _body: None, *, invitation_id: str
    ) -> MadeInvitation:
        """Another link for an invitation, to copy; the former one stops working."""
        return self._made(await invitations.renew(work, self._key, invitation_id))

    def _made(self, row: InvitationRow) -> MadeInvitation:
        link = self._public.register(invitations.token_of(self._key, row))
        return MadeInvitation(row.id, row.email, link, row.expires_at)
