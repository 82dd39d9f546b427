"""Changing a project, its place in the list, archiving it, and the trash."""

from typing import Any

from headway.changes.work import Work
from headway.modules.tasks.actions.inheritance import list_editor
from headway.modules.tasks.actions.projects import check_free_key
from headway.modules.tasks.actions.tasks.places import check_position
from headway.modules.tasks.contracts.projects import Project
from headway.modules.tasks.contracts.sharing import ChangedProject, ProjectDeletion, ProjectPatch, ProjectPosition
from headway.modules.tasks.domain.access import Member, ProjectAccess, require_level
from headway.modules.tasks.store import former_project_keys, projects, scoped, workspaces
from headway.modules.tasks.store.project_tasks import ANY_TASK
from headway.modules.tasks.store.projects import PROJECT, ProjectRow
from headway.modules.tasks.views import changed_project_view, project_view
from headway.platform.problems import Conflict, NotFound
from headway.platform.web.patches import given


async def change_project(work: Work, member: Member, body: ProjectPatch, *, project_id: str) -> ChangedProject:
    """Change a project. When it becomes private, the answer says who sees it no longer; you are listed."""
    row = await _project(work, member, project_id)
    changes = given(body)
    _check_inbox(row, changes)
    if changes.get("key", row.key) != row.key:
        await check_free_key(work, changes["key"])
        await former_project_keys.remember(work.tx, row.workspace_id, row.key, row.id)
    lost_sight: tuple[str, ...] = ()
    if changes.get("access", row.access) != row.access:
        lost_sight = await _change_sight(work, member, row, changes["access"])
    return changed_project_view(await work.update(PROJECT, row, **changes), "edit", lost_sight)


async def place_project(work: Work, member: Member, body: ProjectPosition, *, project_id: str) -> Project:
    """Give a project another place in the list."""
    row = await _project(work, member, project_id)
    return project_view(await work.update(PROJECT, row, position=check_position(body.position)), "edit")


async def archive_project(work: Work, member: Member, _body: None, *, project_id: str) -> Project:
    """Archive a project: it stays as it is, out of the way, and nothing in it can be changed."""
    row = await _project_archived_or_not(work, member, project_id)
    if row.kind == "inbox":
        raise _inbox_stays()
    return project_view(await work.update(PROJECT, row, archived_at=row.archived_at or work.now), "edit")


async def unarchive_project(work: Work, member: Member, _body: None, *, project_id: str) -> Project:
    """Take a project out of the archive."""
    row = await _project_archived_or_not(work, member, project_id)
    return project_view(await work.update(PROJECT, row, archived_at=None), "edit")


async def delete_project(work: Work, member: Member, body: ProjectDeletion, *, project_id: str) -> None:
    """Put a project with all its tasks into the trash: nobody sees them there. Owners and admins who see it may."""
    row = await _project_archived_or_not(work, member, project_id)
    member.require_role("admin")
    if row.kind == "inbox":
        raise _inbox_stays()
    where = {"workspace_id": row.workspace_id, "project_id": project_id}
    if not body.with_tasks and await work.tx.row(ANY_TASK, **where) is not None:
        raise Conflict("has_tasks", "There are tasks in this project; say `with_tasks` to put them into the trash too.")
    await work.update(PROJECT, row, trashed_at=work.now)


async def restore_project(work: Work, member: Member, _body: None, *, project_id: str) -> Project:
    """Take a project with its tasks out of the trash."""
    row = await work.tx.row(projects.TRASHED_PROJECT, workspace_id=member.workspace_id, id=project_id)
    if row is None:
        raise NotFound("project")
    level = require_level(await scoped.level_in(work.tx, member, row), "edit", "project")
    member.require_role("admin")
    work.check_version(row)
    return project_view(await work.update(PROJECT, row, trashed_at=None), level)


async def _project(work: Work, member: Member, project_id: str) -> ProjectRow:
    """A project that the member may change."""
    row = await scoped.project(work.tx, member, project_id, "edit")
    member.require_role("member")
    work.check_version(row)
    return row


async def _project_archived_or_not(work: Work, member: Member, project_id: str) -> ProjectRow:
    """A project that the member may change, archived or not."""
    row = await scoped.project(work.tx, member, project_id)
    require_level(await scoped.level_in(work.tx, member, row), "edit", "project")
    member.require_role("member")
    work.check_version(row)
    return row


def _check_inbox(row: ProjectRow, changes: dict[str, Any]) -> None:  # Any: values of the row's fields
    if row.kind == "inbox" and {"key", "access"} & changes.keys():
        raise _inbox_stays()


def _inbox_stays() -> Conflict:
    return Conflict("inbox_stays", "The Inbox keeps its key, is open to you alone, and cannot go.")


async def _change_sight(work: Work, member: Member, row: ProjectRow, access: ProjectAccess) -> tuple[str, ...]:
    """List the actor when the project becomes private; who sees it no longer."""
    if access == "open":
        return ()
    await list_editor(work, row.id, member.user_id)
    where = {"workspace_id": row.workspace_id, "project_id": row.id}
    keep = {each.user_id for each in await work.tx.rows(projects.PEOPLE_OF, **where)}
    people = await work.tx.rows(workspaces.MEMBERS_OF, workspace_id=row.workspace_id)
    return tuple(sorted(person.id for person in people if person.role != "guest" and person.id not in keep))
