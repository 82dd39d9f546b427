"""A private project is never left without anybody who could edit it."""

from headway.changes.work import Work
from headway.modules.tasks.store import projects
from headway.modules.tasks.store.projects import PROJECT_MEMBER, ProjectMemberRow
from headway.platform.ids import new_id


async def give_up_projects(work: Work, user_id: str, heir_id: str) -> list[str]:
    """Take somebody off every project; those private ones that nobody else could edit go to the heir. Their ids."""
    inherited: list[str] = []
    of_person = {"workspace_id": work.stream.owner, "user_id": user_id}
    for listed in await work.tx.rows(projects.LISTINGS_OF_PERSON, **of_person):
        people = await work.tx.rows(projects.PEOPLE_OF, workspace_id=listed.workspace_id, project_id=listed.project_id)
        others = [row for row in people if row.user_id != user_id]
        await work.delete(PROJECT_MEMBER, listed)
        if await _is_private(work, listed.project_id) and not any(row.level == "edit" for row in others):
            await _hand_over(work, listed.project_id, heir_id, others)
            inherited.append(listed.project_id)
    return inherited


async def list_editor(work: Work, project_id: str, user_id: str) -> None:
    """See to it that somebody is listed as who may edit a project: whoever makes it private."""
    listed = await work.tx.rows(projects.PEOPLE_OF, workspace_id=work.stream.owner, project_id=project_id)
    await _hand_over(work, project_id, user_id, listed)


async def _is_private(work: Work, project_id: str) -> bool:
    where = {"workspace_id": work.stream.owner, "id": project_id}
    row = await work.tx.row(projects.PROJECT_BY_ID, **where)
    if row is None:
        row = await work.tx.row(projects.TRASHED_PROJECT, **where)
    return row is not None and row.access == "private"


async def _hand_over(work: Work, project_id: str, heir_id: str, listed: list[ProjectMemberRow]) -> None:
    for row in listed:
        if row.user_id == heir_id:
            await work.update(PROJECT_MEMBER, row, level="edit")
            return
    await work.insert(PROJECT_MEMBER, ProjectMemberRow(work.stream.owner, new_id(), project_id, heir_id, "edit", 1))
