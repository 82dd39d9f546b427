"""Subtasks: a tree of at most ten levels within one project."""

from typing import Final

from headway.changes.work import Work
from headway.modules.tasks.store import tasks
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TaskRow
from headway.platform.problems import Conflict, Invalid

MAX_LEVELS: Final = 10


async def check_parent(work: Work, project: ProjectRow, parent_id: str, row: TaskRow | None = None) -> None:
    """Refuse a parent for `row` (None for a new task) that is not there, stands elsewhere, or closes a circle."""
    await work.lock()
    parent = await _task(work, parent_id)
    if parent is None or parent.trashed_at is not None:
        raise Invalid.field("parent_id", "unknown_parent", "there is no such task in this project")
    if parent.project_id != project.id:
        raise Invalid.field("parent_id", "other_project", "a subtask stands in the project of its parent")
    lineage = [parent.id, *[each.id for each in await ancestors(work, parent)]]
    if row is not None and row.id in lineage:
        raise Conflict("parent_cycle", "A task cannot be a subtask of itself or of one of its subtasks.")
    if len(lineage) + (1 if row is None else await _height(work, row)) > MAX_LEVELS:
        raise Conflict("too_deep", f"Subtasks go at most {MAX_LEVELS} levels deep.")


async def ancestors(work: Work, row: TaskRow) -> list[TaskRow]:
    """Parent, grandparent and so on."""
    found: list[TaskRow] = []
    while row.parent_id is not None and len(found) < MAX_LEVELS:
        parent = await _task(work, row.parent_id)
        if parent is None:
            break
        found.append(parent)
        row = parent
    return found


async def descendants(work: Work, row: TaskRow) -> list[TaskRow]:
    """Subtasks and theirs, parents before children, those in the trash too."""
    found: list[TaskRow] = []
    for child in await children(work, row):
        found.append(child)
        found.extend(await descendants(work, child))
    return found


async def children(work: Work, row: TaskRow) -> list[TaskRow]:
    """Subtasks in manual order."""
    return await work.tx.rows(tasks.SUBTASKS_OF, workspace_id=row.workspace_id, parent_id=row.id)


async def _height(work: Work, row: TaskRow) -> int:
    return 1 + max([await _height(work, child) for child in await children(work, row)], default=0)


async def _task(work: Work, task_id: str) -> TaskRow | None:
    return await work.tx.row(tasks.TASK_BY_ID, workspace_id=work.stream.owner, id=task_id)
