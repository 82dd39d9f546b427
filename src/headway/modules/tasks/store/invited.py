"""Invitations as whoever holds a link sees them."""

from datetime import datetime

from headway.modules.tasks.domain.invitation_link import is_genuine, named_by
from headway.modules.tasks.store import invitations, workspaces
from headway.modules.tasks.store.invitations import InvitationRow
from headway.platform.db.port import Reader
from headway.platform.problems import Conflict, NotFound


async def by_token(reader: Reader, secret: bytes, token: str) -> InvitationRow:
    """The invitation whose present link has this token, in whatever state; NotFound."""
    named = named_by(token)
    if named is None:
        raise NotFound("invitation")
    row = await reader.row(invitations.INVITATION_BY_ID, workspace_id=named.workspace_id, id=named.invitation_id)
    if row is None or not is_genuine(secret, token, row.link):
        raise NotFound("invitation")
    workspace = await reader.row(workspaces.WORKSPACE_BY_ID, id=row.workspace_id)
    if workspace is None or workspace.deleted_at is not None:
        raise NotFound("invitation")
    return row


def check_open(row: InvitationRow, now: datetime) -> None:
    """Conflict unless the invitation can still be accepted."""
    if row.revoked_at is not None:
        raise Conflict("invitation_revoked", "This invitation was taken back. Ask for a new one.")
    if row.accepted_at is not None:
        raise Conflict("invitation_used", "This invitation was accepted already. Ask for a new one.")
    if now >= row.expires_at:
        raise Conflict("invitation_expired", "This invitation has expired. Ask for a new one.")
