"""Changing a workspace, and deleting it."""

from msgspec import UNSET

from headway.changes.work import Work
from headway.modules.tasks.contracts.members import WorkspaceDeletion, WorkspacePatch
from headway.modules.tasks.contracts.workspaces import Workspace
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.slugs import RESERVED
from headway.modules.tasks.store import scoped, workspaces
from headway.modules.tasks.store.workspaces import MEMBER, WORKSPACE, WorkspaceRow
from headway.modules.tasks.views import workspace_view
from headway.platform.problems import Conflict, Invalid
from headway.platform.web.patches import given


async def change_workspace(work: Work, member: Member, body: WorkspacePatch, *, workspace_id: str) -> Workspace:
    """Change a workspace's name or address."""
    member.require_role("admin")
    row = await scoped.workspace(work.tx, workspace_id)
    work.check_version(row)
    if body.slug is not UNSET and body.slug in RESERVED:
        raise Invalid.field("slug", "reserved", "is an address of Headway itself")
    changes = given(body)
    return workspace_view(await work.update(WORKSPACE, row, **changes), member.role)


async def delete_workspace(work: Work, member: Member, body: WorkspaceDeletion, *, workspace_id: str) -> None:
    """Delete a team workspace with all that is in it: nobody sees it any more. `name` must be written out."""
    member.require_role("owner")
    await work.lock()
    row = await scoped.workspace(work.tx, workspace_id)
    work.check_version(row)
    if row.kind == "personal":
        raise Conflict("personal_workspace", "A personal workspace goes with its owner's account only.")
    if body.name != row.name:
        raise Invalid.field("name", "wrong_name", "must be the workspace's name, to be sure")
    await put_away(work, row)


async def put_away(work: Work, row: WorkspaceRow) -> None:
    """Take a workspace out of everybody's sight; a job deletes for good what is in it."""
    await work.update(WORKSPACE, row, deleted_at=work.now)
    for each in await work.tx.rows(workspaces.MEMBERS_OF, workspace_id=row.id):
        await work.delete(MEMBER, each)
