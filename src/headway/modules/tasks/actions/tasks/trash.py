"""Into the trash, out of it again, and out of it for good. Subtasks go along."""

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.hierarchy import descendants
from headway.modules.tasks.contracts import Removal, Task
from headway.modules.tasks.domain.access import Level, Member
from headway.modules.tasks.store import former_keys, scoped, tasks
from headway.modules.tasks.store.children import CHILDREN
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.views import task_view
from headway.platform.problems import Conflict, Forbidden


async def live_task(work: Work, member: Member, task_id: str, least: Level = "edit") -> tuple[TaskRow, ProjectRow]:
    """The task that a request is about to change, with its project. NotFound, Forbidden, PreconditionFailed, Conflict.

    `least` is what the member must be allowed in the project.
    """
    row, project = await scoped.task(work.tx, member, task_id, least)
    work.check_version(row)
    if row.trashed_at is not None:
        raise Conflict("in_trash", "This task is in the trash. Restore it first.")
    return row, project


async def remove_task(work: Work, member: Member, body: Removal | None, *, task_id: str) -> None:
    """Move a task with its subtasks into the trash; with `permanently`, delete it from there for good.

    Only its maker and admins may delete for good. What is in the trash for 30 days is deleted by itself.
    """
    row, _project = await scoped.task(work.tx, member, task_id, "edit")
    work.check_version(row)
    if body is None or not body.permanently:
        await _trash(work, row)
        return
    if row.trashed_at is None:
        raise Conflict("not_in_trash", "Only what is in the trash can be deleted for good.")
    if row.created_by != member.user_id and not member.has_role("admin"):
        raise Forbidden("not_yours", "Only who made a task, and admins of the workspace, may delete it for good.")
    await delete_for_good(work, row)


async def restore_task(work: Work, member: Member, _body: None, *, task_id: str) -> Task:
    """Take a task out of the trash, with the subtasks that went there with it."""
    row, project = await scoped.task(work.tx, member, task_id, "edit")
    work.check_version(row)
    if row.trashed_at is None:
        return task_view(row, project.key)
    below = [each for each in await descendants(work, row) if each.trashed_at == row.trashed_at]
    row = await work.update(TASK, row, trashed_at=None, parent_id=await _parent_in_use(work, row))
    for each in below:
        await work.update(TASK, each, trashed_at=None)
    return task_view(row, project.key)


async def delete_for_good(work: Work, row: TaskRow) -> None:
    """Delete a task, its subtasks and all that hangs on them."""
    for each in [*reversed(await descendants(work, row)), row]:
        of_task = {"workspace_id": each.workspace_id, "task_id": each.id}
        for child in CHILDREN:
            for hanging in await work.tx.rows(child.of_task, **of_task):
                await work.delete(child.kind, hanging)
        await work.tx.execute(former_keys.FORGET_KEYS, workspace=each.workspace_id, task=each.id)
        await work.delete(TASK, each)


async def _trash(work: Work, row: TaskRow) -> None:
    if row.trashed_at is not None:
        return
    for each in [row, *await descendants(work, row)]:
        if each.trashed_at is None:
            await work.update(TASK, each, trashed_at=work.now)


async def _parent_in_use(work: Work, row: TaskRow) -> str | None:
    """The parent, unless it is in the trash itself."""
    if row.parent_id is None:
        return None
    parent = await work.tx.row(tasks.TASK_BY_ID, workspace_id=row.workspace_id, id=row.parent_id)
    return None if parent is None or parent.trashed_at is not None else parent.id
