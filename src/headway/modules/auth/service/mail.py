"""Sends what was queued: makes the links and hands them to the mailer."""

from headway.changes.work import Work
from headway.modules.auth.actions import invitations, passwords
from headway.modules.auth.actions.outgoing import ConfirmAddress, Invite, Notice, ResetPassword
from headway.modules.auth.contracts import Mailer
from headway.modules.auth.domain.public_links import PublicLinks
from headway.modules.auth.queries.accounts import account_by_email
from headway.modules.auth.service.streams import Streams
from headway.modules.auth.store.accounts import ACCOUNT_BY_ID, AccountRow
from headway.modules.auth.store.instance import INVITATION_BY_ID
from headway.modules.auth.store.links import Purpose
from headway.modules.auth.store.schema import account_stream
from headway.platform.problems import Conflict


class AuthMail:
    """What the jobs of auth do. What has become pointless meanwhile is not sent."""

    def __init__(self, streams: Streams, mailer: Mailer, public: PublicLinks, link_key: bytes) -> None:
        self._streams = streams
        self._mailer = mailer
        self._public = public
        self._link_key = link_key

    async def reset_password(self, wanted: ResetPassword, _running: object) -> None:
        """To a known address, a link that sets the password anew."""
        account = await account_by_email(self._streams.database.reader, wanted.email)
        token = await self._link(account, "password", wanted.email)
        if account is not None and token is not None:
            values = {"link": self._public.new_password(token), "name": account.name, "hours": _HOURS}
            await self._mailer.send(account.email, "password_reset", account.language, values)

    async def confirm_address(self, wanted: ConfirmAddress, _running: object) -> None:
        """To the address that is wanted, a link that proves it; not when it is somebody else's."""
        reader = self._streams.database.reader
        holder = await account_by_email(reader, wanted.email)
        if holder is not None and holder.id != wanted.user_id:
            return
        account = await reader.row(ACCOUNT_BY_ID, id=wanted.user_id)
        if account is not None and account.password_changed_at > wanted.asked_at:
            return
        token = await self._link(account, "address", wanted.email)
        if account is not None and token is not None:
            values = {"link": self._public.confirm_address(token), "name": account.name, "hours": _HOURS}
            await self._mailer.send(wanted.email, "confirm_address", account.language, values)

    async def notice(self, wanted: Notice, _running: object) -> None:
        """Word of a change."""
        values = {"name": wanted.name, "email": wanted.email}
        await self._mailer.send(wanted.to, wanted.kind, wanted.language, values)

    async def invite(self, wanted: Invite, _running: object) -> None:
        """The link of an invitation that is still open."""
        row = await self._streams.database.reader.row(INVITATION_BY_ID, id=wanted.invitation_id)
        if row is None or row.email is None or row.used_by is not None:
            return
        link = self._public.register(invitations.token_of(self._link_key, row))
        values = {"link": link, "from_name": wanted.from_name, "days": str(invitations.GOOD_FOR.days)}
        await self._mailer.send(row.email, "invitation", wanted.language, values)

    async def _link(self, account: AccountRow | None, purpose: Purpose, email: str) -> str | None:
        if account is None or account.state != "active":
            return None

        async def act(work: Work) -> str | None:
            try:
                return (await passwords.make_link(work, purpose, email))[1]
            except Conflict:  # so many are under way that one more would only be a nuisance
                return None

        return await self._streams.change(account_stream(account.id), None, act)


_HOURS = str(int(passwords.GOOD_FOR.total_seconds()) // 3600)
