"""Who works on a task: only people who see its project. Whoever assigns is told who does not, and may share."""

from collections.abc import Iterable

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts import Task
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.limits import ASSIGNEES_PER_TASK
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TASK, Ids
from headway.modules.tasks.views import task_view
from headway.platform.problems import Conflict, Invalid


async def assign(work: Work, member: Member, _body: None, *, task_id: str, user_id: str) -> Task:
    """Make somebody an assignee of a task. They watch it from then on."""
    row, project = await live_task(work, member, task_id)
    if user_id not in row.assignee_ids:
        if len(row.assignee_ids) == ASSIGNEES_PER_TASK:
            raise Invalid.field("user_id", "too_many", f"A task has at most {ASSIGNEES_PER_TASK} assignees.")
        await check_see_project(work, project, [user_id])
        watchers = together(row.watcher_ids, [user_id])
        row = await work.update(TASK, row, assignee_ids=(*row.assignee_ids, user_id), watcher_ids=watchers)
    return task_view(row, project.key)


async def unassign(work: Work, member: Member, _body: None, *, task_id: str, user_id: str) -> Task:
    """Take somebody off a task's assignees."""
    row, project = await live_task(work, member, task_id)
    left = tuple(each for each in row.assignee_ids if each != user_id)
    return task_view(await work.update(TASK, row, assignee_ids=left), project.key)


async def check_see_project(work: Work, project: ProjectRow, user_ids: Iterable[str]) -> None:
    """Conflict that lists the people who do not see the project, so that the client can offer to share it."""
    blind = [user_id for user_id in user_ids if not await scoped.sees(work.tx, user_id, project)]
    if blind:
        raise Conflict(
            "no_access",
            f"Not everybody here sees the project {project.key}. Share it with them first.",
            extra={"people": blind, "project_id": project.id},
        )


def together(first: Iterable[str], second: Iterable[str]) -> Ids:
    """Both, each once, in order."""
    return tuple(dict.fromkeys((*first, *second)))
