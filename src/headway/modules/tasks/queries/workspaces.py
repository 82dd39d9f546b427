"""Workspaces and projects that the reader sees."""

import msgspec

from headway.modules.tasks.contracts import Project, ProjectList, Workspace, WorkspaceList
from headway.modules.tasks.contracts.workspaces import WorkspaceUsage
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import projects, scoped, workspaces
from headway.modules.tasks.store.attachments import USAGE_OF_WORKSPACE
from headway.modules.tasks.views import project_view, workspace_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.web.fields import IdText


class ProjectQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which projects: of one workspace, or of all of the reader's."""

    workspace_id: IdText | None = None


async def list_workspaces(reader: Reader, actor: Actor, _query: None) -> WorkspaceList:
    """List the workspaces that you belong to."""
    roles = {member.workspace_id: member.role for member in await scoped.members_of_person(reader, actor.id)}
    rows = await reader.rows(workspaces.WORKSPACES_OF, user_id=actor.id)
    return WorkspaceList([workspace_view(row, roles[row.id]) for row in rows if row.id in roles])


async def get_workspace(reader: Reader, actor: Actor, _query: None, *, workspace_id: str) -> Workspace:
    """Read one workspace."""
    member = await scoped.member(reader, actor.id, workspace_id)
    return workspace_view(await scoped.workspace(reader, workspace_id), member.role)


async def get_usage(reader: Reader, actor: Actor, _query: None, *, workspace_id: str) -> WorkspaceUsage:
    """How many files a workspace holds, and how much room they take. For owners and admins."""
    member = await scoped.member(reader, actor.id, workspace_id)
    member.require_role("admin")
    return await reader.row(USAGE_OF_WORKSPACE, workspace_id=workspace_id) or WorkspaceUsage(0, 0)


async def list_projects(reader: Reader, actor: Actor, query: ProjectQuery) -> ProjectList:
    """List the projects that you see."""
    members = await scoped.members_of_person(reader, actor.id)
    if query.workspace_id is not None:
        members = [await scoped.member(reader, actor.id, query.workspace_id)]
    found: list[Project] = []
    for member in members:
        found.extend(await _projects_of(reader, member))
    return ProjectList(found)


async def _projects_of(reader: Reader, member: Member) -> list[Project]:
    access = await scoped.access(reader, member)
    rows = await reader.rows(projects.PROJECTS_OF, workspace_id=member.workspace_id)
    return [project_view(row, access.levels[row.id]) for row in rows if access.sees(row.id)]
