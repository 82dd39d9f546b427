"""Objects through the actor's eyes: what a person may not see is not found."""

from typing import Protocol, TypeVar

from headway.modules.tasks.domain.access import Access, Level, Member, require_level
from headway.modules.tasks.store import projects, tasks, views, workspaces
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TaskRow
from headway.modules.tasks.store.views import VIEW, ViewRow
from headway.modules.tasks.store.workspaces import WorkspaceRow
from headway.platform.db.port import Reader
from headway.platform.db.statement import Statement
from headway.platform.problems import Conflict, NotFound


class InProject(Protocol):
    """A row of something that a project's people see."""

    @property
    def project_id(self) -> str: ...


P = TypeVar("P", bound=InProject)


async def find_member(reader: Reader, user_id: str, workspace_id: str) -> Member | None:
    """A person's place in a workspace; None for strangers."""
    row = await reader.row(workspaces.MEMBER_OF, workspace_id=workspace_id, user_id=user_id)
    return None if row is None else Member(user_id, workspace_id, row.role)


async def member(reader: Reader, user_id: str, workspace_id: str) -> Member:
    """A person's place in a workspace; NotFound for strangers."""
    found = await find_member(reader, user_id, workspace_id)
    if found is None:
        raise NotFound("workspace")
    return found


async def workspace(reader: Reader, workspace_id: str) -> WorkspaceRow:
    """The workspace in which somebody is a member; NotFound when it is gone."""
    row = await reader.row(workspaces.WORKSPACE_BY_ID, id=workspace_id)
    if row is None:
        raise NotFound("workspace")
    return row


async def members_of_person(reader: Reader, user_id: str) -> list[Member]:
    """A person's place in each of the person's workspaces."""
    rows = await reader.rows(workspaces.MEMBERSHIPS, user_id=user_id)
    return [Member(row.id, row.workspace_id, row.role) for row in rows]


async def access(reader: Reader, person: Member) -> Access:
    """Every project of the workspace that the person sees, with the person's level."""
    workspace_id = person.workspace_id
    of_person = {"workspace_id": workspace_id, "user_id": person.user_id}
    listed: dict[str, Level] = dict(await reader.rows(projects.LEVELS_OF, **of_person))
    levels: dict[str, Level] = {}
    for project_id, openness in await reader.rows(projects.ACCESS_OF_PROJECTS, workspace_id=workspace_id):
        level = person.level(openness, listed.get(project_id))
        if level is not None:
            levels[project_id] = level
    return Access(person, levels)


async def level_in(reader: Reader, person: Member, project: ProjectRow) -> Level | None:
    """What the person may do in a project; None when it is not seen."""
    level = person.level(project.access, None)
    if level is not None:
        return level
    return await reader.row(
        projects.LEVEL_IN, workspace_id=person.workspace_id, project_id=project.id, user_id=person.user_id
    )


async def sees(reader: Reader, user_id: str, project: ProjectRow) -> bool:
    """Whether a person sees a project."""
    person = await find_member(reader, user_id, project.workspace_id)
    return person is not None and await level_in(reader, person, project) is not None


async def project(
    reader: Reader, person: Member, project_id: str, least: Level = "view", what: str = "project"
) -> ProjectRow:
    """A project in which the person has at least that level; NotFound, Forbidden.

    Conflict when it is archived and more than looking is meant: it stays as it is until it is taken out of the archive.
    """
    row = await reader.row(projects.PROJECT_BY_ID, workspace_id=person.workspace_id, id=project_id)
    if row is None:
        raise NotFound(what)
    require_level(await level_in(reader, person, row), least, what)
    if least != "view":
        check_in_use(row)
    return row


def check_in_use(row: ProjectRow) -> None:
    """Conflict when a project is archived."""
    if row.archived_at is not None:
        raise Conflict("project_archived", "This project is archived. Take it out of the archive first.")


async def task(reader: Reader, person: Member, task_id: str, least: Level = "view") -> tuple[TaskRow, ProjectRow]:
    """A task and its project, in which the person has at least that level; NotFound, Forbidden."""
    row = await reader.row(tasks.TASK_BY_ID, workspace_id=person.workspace_id, id=task_id)
    if row is None:
        raise NotFound("task")
    return row, await project(reader, person, row.project_id, least, "task")


async def within(reader: Reader, person: Member, by_id: Statement[P], object_id: str, least: Level, what: str) -> P:
    """Something in a project in which the person has at least that level; NotFound, Forbidden."""
    row = await reader.row(by_id, workspace_id=person.workspace_id, id=object_id)
    if row is None:
        raise NotFound(what)
    await project(reader, person, row.project_id, least, what)
    return row


async def view(reader: Reader, person: Member, view_id: str) -> ViewRow:
    """A saved view that the person sees; NotFound."""
    row = await reader.row(views.VIEW_BY_ID, workspace_id=person.workspace_id, id=view_id)
    if row is None or VIEW.scope(row) not in (await access(reader, person)).scopes():
        raise NotFound("view")
    return row
