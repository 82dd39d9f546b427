"""Who hears of what happens to a task: whoever watches it."""

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.people import check_see_project, together
from headway.modules.tasks.contracts import Task
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.tasks import TASK
from headway.modules.tasks.views import task_view


async def watch(work: Work, member: Member, _body: None, *, task_id: str, user_id: str) -> Task:
    """Let somebody who sees a task watch it: oneself, or with the right to edit anybody."""
    own = user_id == member.user_id
    row, project = await scoped.task(work.tx, member, task_id, "view" if own else "edit")
    work.check_version(row)
    await check_see_project(work, project, [user_id])
    row = await work.update(TASK, row, watcher_ids=together(row.watcher_ids, [user_id]))
    return task_view(row, project.key)


async def unwatch(work: Work, member: Member, _body: None, *, task_id: str, user_id: str) -> Task:
    """Let somebody watch a task no longer."""
    own = user_id == member.user_id
    row, project = await scoped.task(work.tx, member, task_id, "view" if own else "edit")
    work.check_version(row)
    left = tuple(each for each in row.watcher_ids if each != user_id)
    return task_view(await work.update(TASK, row, watcher_ids=left), project.key)
