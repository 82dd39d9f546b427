"""What this module does in the background."""

from dataclasses import dataclass

from headway.modules.auth.contracts import Mailer
from headway.modules.tasks.actions.invitations import LIFETIME, MAIL_JOB, InvitationMail, link_to
from headway.modules.tasks.domain.invitation_link import token_of
from headway.modules.tasks.store import invitations, workspaces
from headway.modules.users.contracts import People
from headway.platform.db.port import Database
from headway.platform.jobs import JobType, Running


@dataclass(frozen=True)
class InvitationMails:
    """Sends the mail of an invitation: at least once, and not for a link that is valid no longer."""

    database: Database
    people: People
    mailer: Mailer
    secret: bytes
    public_url: str

    def job(self) -> JobType[InvitationMail]:
        """The job type."""
        return JobType(name=MAIL_JOB, payload=InvitationMail, run=self._send)

    async def _send(self, mail: InvitationMail, _running: Running) -> None:
        reader = self.database.reader
        row = await reader.row(invitations.INVITATION_BY_ID, workspace_id=mail.workspace_id, id=mail.invitation_id)
        workspace = await reader.row(workspaces.WORKSPACE_BY_ID, id=mail.workspace_id)
        if row is None or workspace is None or row.link != mail.link or row.revoked_at or row.accepted_at:
            return
        inviter = await self.people.profile(reader, row.invited_by)
        values = {
            "key": f"invitation-{row.id}-{row.link}",
            "link": link_to(self.public_url, token_of(self.secret, row.workspace_id, row.id, row.link)),
            "from_name": inviter.name if inviter else "",
            "workspace_name": workspace.name,
            "days": str(LIFETIME.days),
        }
        await self.mailer.send(row.email, "workspace_invitation", inviter.language if inviter else "en", values)
