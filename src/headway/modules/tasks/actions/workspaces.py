"""Workspaces are made with their first member; a personal one also with its Inbox."""

from typing import Final

from headway.changes.work import Work
from headway.modules.tasks.actions.projects import add_project
from headway.modules.tasks.contracts import NewProject, NewWorkspace, Workspace
from headway.modules.tasks.domain import defaults
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.slugs import slug_of
from headway.modules.tasks.store import workspaces
from headway.modules.tasks.store.workspaces import MEMBER, WORKSPACE, MemberRow, WorkspaceRow
from headway.modules.tasks.views import workspace_view
from headway.platform.problems import Conflict

AT_MOST: Final = 200
"""Workspaces of one person, who looks through all of them with every list."""


async def make_personal_workspace(work: Work) -> Member:
    """The personal workspace of the actor: its id is the person's, its first project the Inbox."""
    user_id = work.stream.owner
    row = WorkspaceRow(user_id, defaults.PERSONAL_NAME, "personal", "personal", user_id, work.now, work.now, None, 1)
    owner = await _found(work, row, user_id)
    inbox = NewProject(key=defaults.INBOX_KEY, name=defaults.INBOX_NAME)
    await add_project(work, owner, inbox, kind="inbox")
    return owner


async def create_workspace(work: Work, creator: str, body: NewWorkspace) -> Workspace:
    """Make a team workspace. Its maker is its owner."""
    user_id = creator
    if len(await work.tx.rows(workspaces.MEMBERSHIPS, user_id=user_id)) >= AT_MOST:
        raise Conflict("too_many_workspaces", f"One person is in at most {AT_MOST} workspaces.")
    row = WorkspaceRow(work.stream.owner, body.name, slug_of(body.name), "team", user_id, work.now, work.now, None, 1)
    await _found(work, row, user_id)
    return workspace_view(row, "owner")


async def _found(work: Work, row: WorkspaceRow, owner_id: str) -> Member:
    await work.insert(WORKSPACE, row)
    await work.insert(MEMBER, MemberRow(row.id, owner_id, "owner", work.now, 1))
    return Member(owner_id, row.id, "owner")


async def exists(work: Work) -> bool:
    """Whether the stream's workspace has been made."""
    return await work.tx.row(workspaces.WORKSPACE_BY_ID, id=work.stream.owner) is not None
