"""Sharing a project with people of its workspace."""

from headway.changes.work import Work
from headway.modules.tasks.contracts.sharing import Listing, ProjectMember
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import projects, scoped
from headway.modules.tasks.store.projects import PROJECT_MEMBER, ProjectMemberRow, ProjectRow
from headway.modules.tasks.views import same
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, NotFound


async def share_project(work: Work, member: Member, body: Listing, *, project_id: str, user_id: str) -> ProjectMember:
    """Share a project with somebody of the workspace, or change what the person may do in it."""
    project = await scoped.project(work.tx, member, project_id, "edit")
    member.require_role("member")
    await work.lock()
    if await scoped.find_member(work.tx, user_id, member.workspace_id) is None:
        raise NotFound("member")
    row = await _listing(work, project_id, user_id)
    if row is None:
        fresh = ProjectMemberRow(member.workspace_id, new_id(), project_id, user_id, body.level, 1)
        return same(await work.insert(PROJECT_MEMBER, fresh), ProjectMember)
    if body.level != "edit":
        await _check_editor_remains(work, project, user_id)
    return same(await work.update(PROJECT_MEMBER, row, level=body.level), ProjectMember)


async def unshare_project(work: Work, member: Member, _body: None, *, project_id: str, user_id: str) -> None:
    """Take somebody off a project; everybody may leave one."""
    own = user_id == member.user_id
    project = await scoped.project(work.tx, member, project_id, "view" if own else "edit")
    if not own:
        member.require_role("member")
    await work.lock()
    row = await _listing(work, project_id, user_id)
    if row is None:
        raise NotFound("member")
    await _check_editor_remains(work, project, user_id)
    await work.delete(PROJECT_MEMBER, row)


async def _listing(work: Work, project_id: str, user_id: str) -> ProjectMemberRow | None:
    where = {"workspace_id": work.stream.owner, "project_id": project_id, "user_id": user_id}
    return await work.tx.row(projects.LISTING_OF, **where)


async def _check_editor_remains(work: Work, project: ProjectRow, user_id: str) -> None:
    if project.access == "open":
        return
    people = await work.tx.rows(projects.PEOPLE_OF, workspace_id=project.workspace_id, project_id=project.id)
    if not any(row.level == "edit" and row.user_id != user_id for row in people):
        raise Conflict("last_editor", "A private project needs somebody who may edit it. Share it with somebody first.")
