"""Invitations, for administrators and for who holds a link."""

from dataclasses import dataclass

from headway.modules.tasks.contracts.invitations import InvitationList, InvitationPreview
from headway.modules.tasks.store import invitations, invited, scoped, workspaces
from headway.modules.tasks.views import invitation_view
from headway.modules.users.contracts import People
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound, Problem
from headway.platform.text import email_key


@dataclass(frozen=True)
class ReadInvitations:
    """Reads invitations; `secret` tells true links from false ones."""

    people: People
    clock: Clock
    secret: bytes

    async def list_invitations(
        self, reader: Reader, actor: Actor, _query: None, *, workspace_id: str
    ) -> InvitationList:
        """List the invitations that nobody has accepted yet."""
        member = await scoped.member(reader, actor.id, workspace_id)
        member.require_role("admin")
        rows = await reader.rows(invitations.OPEN_INVITATIONS, workspace_id=workspace_id)
        return InvitationList([invitation_view(row, self.clock.now()) for row in rows])

    async def preview(self, reader: Reader, token: str) -> InvitationPreview:
        """What an invitation's link invites to."""
        row = await invited.by_token(reader, self.secret, token)
        invited.check_open(row, self.clock.now())
        workspace = await reader.row(workspaces.WORKSPACE_BY_ID, id=row.workspace_id)
        if workspace is None:
            raise NotFound("invitation")
        inviter = (await self.people.by_ids(reader, [row.invited_by])).get(row.invited_by)
        return InvitationPreview(workspace.name, inviter.name if inviter else "", row.email, row.role, row.expires_at)


@dataclass(frozen=True)
class InvitationAdmission:
    """Lets somebody register whom a workspace has invited (auth's `Admission`)."""

    clock: Clock
    secret: bytes

    async def admits(self, reader: Reader, token: str, email: str) -> bool:
        """Whether the token belongs to an invitation that is open to that address."""
        try:
            row = await invited.by_token(reader, self.secret, token)
            invited.check_open(row, self.clock.now())
        except Problem:
            return False
        return email_key(row.email) == email_key(email)
