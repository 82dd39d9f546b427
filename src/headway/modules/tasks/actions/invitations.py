"""Inviting people into a workspace: by mail, and by a link that can be copied."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import msgspec
from msgspec.structs import asdict

from headway.changes.work import Work
from headway.modules.auth.contracts import Accounts
from headway.modules.tasks.contracts.invitations import InvitationLink, NewInvitation
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.invitation_link import token_of
from headway.modules.tasks.domain.membership import check_may_invite
from headway.modules.tasks.store import invitations, scoped, workspaces
from headway.modules.tasks.store.invitations import INVITATION, InvitationRow
from headway.modules.tasks.views import invitation_view
from headway.platform.ids import new_id
from headway.platform.jobs import enqueue
from headway.platform.problems import Conflict, Invalid, NotFound
from headway.platform.text import BadText, check_address, email_key

LIFETIME: Final = timedelta(days=7)
OPEN_AT_ONCE: Final = 500
MAILS_A_DAY: Final = 10
"""Invitations by mail from one workspace to one address: more would be a way to fill somebody's mailbox."""
MAIL_JOB: Final = "tasks.invitation_mail"


class InvitationMail(msgspec.Struct, frozen=True):
    """Which mail to send: nothing is sent when the invitation has another link by then."""

    workspace_id: str
    invitation_id: str
    link: int


@dataclass(frozen=True)
class Inviting:
    """What inviting needs: `secret` makes the links, `public_url` is where they lead."""

    accounts: Accounts
    secret: bytes
    public_url: str

    async def invite(self, work: Work, member: Member, body: NewInvitation, *, workspace_id: str) -> InvitationLink:
        """Invite somebody: a mail is sent, and the answer holds the link, once. It is valid for 7 days."""
        check_may_invite(member, body.role)
        email = _address(body.email)
        await work.lock()
        await self._check_room(work, workspace_id, email)
        for project_id in body.project_ids:
            await scoped.project(work.tx, member, project_id, "edit")
        row = InvitationRow(
            workspace_id=workspace_id,
            id=body.id or new_id(),
            email=email,
            role=body.role,
            project_ids=tuple(dict.fromkeys(body.project_ids)),
            level=body.level,
            link=1,
            invited_by=member.user_id,
            created_at=work.now,
            expires_at=work.now + LIFETIME,
            revoked_at=None,
            accepted_at=None,
            accepted_by=None,
            version=1,
        )
        await work.insert(INVITATION, row)
        return await self._send(work, row)

    async def renew(
        self, work: Work, member: Member, _body: None, *, workspace_id: str, invitation_id: str
    ) -> InvitationLink:
        """Send an invitation again, with a new link for another 7 days. The former link is valid no longer."""
        row = await _open_invitation(work, member, workspace_id, invitation_id)
        work.check_version(row)
        check_may_invite(member, row.role)
        await self._check_mails(work, row.email)
        renewed = await work.update(INVITATION, row, link=row.link + 1, expires_at=work.now + LIFETIME)
        return await self._send(work, renewed)

    async def _check_room(self, work: Work, workspace_id: str, email: str) -> None:
        workspace = await work.tx.row(workspaces.WORKSPACE_BY_ID, id=workspace_id)
        if workspace is None or workspace.kind == "personal":
            raise Conflict("personal_workspace", "A personal workspace is for one person. Make a team workspace.")
        account = await self.accounts.by_email(work.tx, email)
        if account is not None and await scoped.find_member(work.tx, account.id, workspace_id) is not None:
            raise Conflict("already_member", "This person is in the workspace already.")
        waiting = await work.tx.rows(invitations.OPEN_INVITATIONS, workspace_id=workspace_id)
        if len(waiting) >= OPEN_AT_ONCE:
            raise Conflict("too_many_invitations", f"At most {OPEN_AT_ONCE} invitations may be open at once.")
        if any(email_key(row.email) == email_key(email) and work.now < row.expires_at for row in waiting):
            raise Conflict("already_invited", "This person has an open invitation; send it again instead.")
        await self._check_mails(work, email)

    async def _check_mails(self, work: Work, email: str) -> None:
        rows = await work.tx.rows(invitations.INVITATIONS_OF, workspace_id=work.stream.owner)
        to_them = [row for row in rows if email_key(row.email) == email_key(email)]
        lately = [row for row in to_them if work.now - (row.expires_at - LIFETIME) < timedelta(days=1)]
        if sum(row.link for row in lately) >= MAILS_A_DAY:
            raise Conflict("too_many_links", "So many mails were sent to this address already; try again tomorrow.")

    async def _send(self, work: Work, row: InvitationRow) -> InvitationLink:
        mail = InvitationMail(row.workspace_id, row.id, row.link)
        await enqueue(work.tx, MAIL_JOB, mail, work.now, key=f"{row.id}:{row.link}")
        token = token_of(self.secret, row.workspace_id, row.id, row.link)
        return InvitationLink(
            **asdict(invitation_view(row, work.now)), url=link_to(self.public_url, token), token=token
        )


async def revoke_invitation(work: Work, member: Member, _body: None, *, workspace_id: str, invitation_id: str) -> None:
    """Take an invitation back: its link is valid no longer."""
    row = await _open_invitation(work, member, workspace_id, invitation_id)
    work.check_version(row)
    await work.update(INVITATION, row, revoked_at=work.now)


def link_to(public_url: str, token: str) -> str:
    """The address of an invitation in the web client. What stands behind # reaches no server's log."""
    return f"{public_url.rstrip('/')}/invitations#{token}"


async def _open_invitation(work: Work, member: Member, workspace_id: str, invitation_id: str) -> InvitationRow:
    member.require_role("admin")
    row = await work.tx.row(invitations.INVITATION_BY_ID, workspace_id=workspace_id, id=invitation_id)
    if row is None or row.revoked_at is not None:
        raise NotFound("invitation")
    if row.accepted_at is not None:
        raise Conflict("invitation_used", "This invitation was accepted already.")
    return row


def _address(email: str) -> str:
    try:
        return check_address(email)
    except BadText as bad:
        raise Invalid.field("email", bad.code, bad.message) from None
