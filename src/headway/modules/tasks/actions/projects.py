"""Projects come with the five default statuses; their maker is listed when they are private."""

from typing import Final, Literal

from headway.changes.work import Work
from headway.modules.tasks.contracts import NewProject, Project
from headway.modules.tasks.domain import defaults
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.position import between, spread
from headway.modules.tasks.store import projects
from headway.modules.tasks.store.projects import (
    PROJECT,
    PROJECT_MEMBER,
    STATUS,
    NewProjectRow,
    ProjectMemberRow,
    ProjectRow,
    StatusRow,
)
from headway.modules.tasks.views import project_view
from headway.platform.ids import new_id
from headway.platform.problems import Conflict

AT_MOST: Final = 2_000
"""Projects of one workspace, whose members' sight is made of all of them."""


async def create_project(work: Work, member: Member, body: NewProject) -> Project:
    """Make a project. Guests may not."""
    member.require_role("member")
    if len(await work.tx.rows(projects.ACCESS_OF_PROJECTS, workspace_id=work.stream.owner)) >= AT_MOST:
        raise Conflict("too_many_projects", f"A workspace has at most {AT_MOST} projects.")
    row = await add_project(work, member, body)
    return project_view(row, "edit")


async def check_free_key(work: Work, key: str) -> None:
    """Conflict when a project of the workspace has that key."""
    await work.lock()
    if await work.tx.row(projects.PROJECT_BY_KEY, workspace_id=work.stream.owner, key=key) is not None:
        raise Conflict("key_taken", f"The key {key} belongs to another project of this workspace.")


async def add_project(
    work: Work, member: Member, body: NewProject, kind: Literal["inbox", "project"] = "project"
) -> ProjectRow:
    """Insert a project with its statuses and, when private, its maker."""
    workspace_id = work.stream.owner
    await check_free_key(work, body.key)
    last = await work.tx.row(projects.LAST_PROJECT_POSITION, workspace_id=workspace_id)
    row = NewProjectRow(
        workspace_id=workspace_id,
        id=body.id or new_id(),
        key=body.key,
        name=body.name,
        description=body.description,
        color=body.color,
        icon=body.icon,
        kind=kind,
        access=body.access,
        position=between(last, None),
        archived_at=None,
        trashed_at=None,
        created_by=member.user_id,
        created_at=work.now,
        updated_at=work.now,
        version=1,
    )
    await work.insert(PROJECT, row)
    if body.access == "private":
        listed = ProjectMemberRow(workspace_id, new_id(), row.id, member.user_id, "edit", 1)
        await work.insert(PROJECT_MEMBER, listed)
    for status, position in zip(defaults.STATUSES, spread(None, None, len(defaults.STATUSES)), strict=True):
        await work.insert(
            STATUS,
            StatusRow(workspace_id, row.id, new_id(), status.category, status.name, status.category, position, 1),
        )
    return row
