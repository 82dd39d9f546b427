"""Accepting an invitation: whoever is signed in and holds the link becomes a member."""

from dataclasses import dataclass

from headway.changes.work import Work
from headway.modules.tasks.actions.membership import add_member
from headway.modules.tasks.contracts.invitations import InvitationProof
from headway.modules.tasks.contracts.workspaces import Workspace
from headway.modules.tasks.domain.access import Role
from headway.modules.tasks.store import invited, projects, scoped
from headway.modules.tasks.store.invitations import INVITATION, InvitationRow
from headway.modules.tasks.store.projects import PROJECT_MEMBER, ProjectMemberRow
from headway.modules.tasks.views import workspace_view
from headway.platform.ids import new_id


@dataclass(frozen=True)
class Accepting:
    """What accepting needs: the secret that links are made with."""

    secret: bytes

    async def accept(self, work: Work, user_id: str, body: InvitationProof) -> Workspace:
        """Accept an invitation. For somebody who is a member already nothing changes."""
        await work.lock()
        row = await invited.by_token(work.tx, self.secret, body.token)
        member = await scoped.find_member(work.tx, user_id, row.workspace_id)
        if member is not None:
            return await _workspace(work, member.role)
        invited.check_open(row, work.now)
        await add_member(work, user_id, row.role)
        await _share_projects(work, user_id, row)
        await work.update(INVITATION, row, accepted_at=work.now, accepted_by=user_id)
        return await _workspace(work, row.role)


async def _share_projects(work: Work, user_id: str, row: InvitationRow) -> None:
    for project_id in row.project_ids:
        project = await work.tx.row(projects.PROJECT_BY_ID, workspace_id=row.workspace_id, id=project_id)
        if project is not None:
            listed = ProjectMemberRow(row.workspace_id, new_id(), project_id, user_id, row.level, 1)
            await work.insert(PROJECT_MEMBER, listed)


async def _workspace(work: Work, role: Role) -> Workspace:
    return workspace_view(await scoped.workspace(work.tx, work.stream.owner), role)
