"""One project: itself, its statuses, and who sees it."""

from dataclasses import dataclass
from typing import Literal

from headway.modules.tasks.contracts.projects import Project, ProjectList
from headway.modules.tasks.contracts.sharing import ProjectPeople, ProjectPerson
from headway.modules.tasks.contracts.statuses import Status, StatusList
from headway.modules.tasks.domain.access import Member, require_level
from headway.modules.tasks.store import projects, scoped, workspaces
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.views import project_view, same
from headway.modules.users.contracts import People
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


async def get_project(reader: Reader, actor: Actor, _query: None, *, project_id: str) -> Project:
    """Read one project."""
    member = await member_for(reader, actor, "project", project_id)
    row = await scoped.project(reader, member, project_id)
    return project_view(row, require_level(await scoped.level_in(reader, member, row), "view", "project"))


async def list_statuses(reader: Reader, actor: Actor, _query: None, *, project_id: str) -> StatusList:
    """List a project's statuses in order."""
    member = await member_for(reader, actor, "project", project_id)
    row = await scoped.project(reader, member, project_id)
    found = await reader.rows(projects.STATUSES_OF, workspace_id=row.workspace_id, project_id=project_id)
    return StatusList([same(status, Status) for status in found])


async def list_trashed(reader: Reader, actor: Actor, _query: None, *, workspace_id: str) -> ProjectList:
    """List the projects in the trash that you could take out of it."""
    member = await scoped.member(reader, actor.id, workspace_id)
    member.require_role("admin")
    rows = await reader.rows(projects.TRASHED_PROJECTS_OF, workspace_id=workspace_id)
    seen = [row for row in rows if await scoped.level_in(reader, member, row) == "edit"]
    return ProjectList([project_view(row, "edit") for row in seen])


@dataclass(frozen=True)
class Sight:
    """Who sees a project; names come from users."""

    people: People

    async def list_people(self, reader: Reader, actor: Actor, _query: None, *, project_id: str) -> ProjectPeople:
        """List who sees a project, and why: through a role in the workspace, or because the project is shared."""
        viewer = await member_for(reader, actor, "project", project_id)
        project = await scoped.project(reader, viewer, project_id)
        where = {"workspace_id": project.workspace_id, "project_id": project_id}
        listed = {row.user_id: row.level for row in await reader.rows(projects.PEOPLE_OF, **where)}
        members = await reader.rows(workspaces.MEMBERS_OF, workspace_id=project.workspace_id)
        names = await self.people.by_ids(reader, [row.id for row in members])
        found: list[ProjectPerson] = []
        for row in members:
            own = listed.get(row.id)
            by_role = Member(row.id, row.workspace_id, row.role).level(project.access, None)
            level = by_role or own
            if level is not None:
                person = names.get(row.id)
                name, avatar = (person.name, person.avatar_url) if person else ("", None)
                why: Literal["role", "listed"] = "role" if by_role else "listed"
                found.append(ProjectPerson(row.id, name, avatar, row.role, level, why, own))
        return ProjectPeople(sorted(found, key=lambda each: (each.name.casefold(), each.user_id)))
