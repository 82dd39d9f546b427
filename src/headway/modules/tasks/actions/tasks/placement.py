"""A task is put somewhere else: among the others of its column, in another column, in another project."""

from typing import Any

from msgspec.structs import replace

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.closure import after_status, status_changes
from headway.modules.tasks.actions.tasks.moving import Move, begin_move
from headway.modules.tasks.actions.tasks.places import check_position, position_beside, status_of
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts import Placement, Task
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import tasks
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.views import task_view
from headway.platform.problems import Invalid


async def place_task(work: Work, member: Member, body: Placement, *, task_id: str) -> Task:
    """Move a task to a place in manual order, and with it into another status or project if so asked."""
    row, project = await live_task(work, member, task_id)
    changes: dict[str, Any] = {}  # Any: values of the row's fields
    move: Move | None = None
    if body.project_id not in {None, row.project_id}:
        move = await begin_move(work, member, row, str(body.project_id))
        project = move.target
        changes = {**await move.changes(row), "parent_id": None}
    if body.status is not None:
        changes |= await status_changes(work, row, project, await status_of(work, project, body.status))
    changes["position"] = await _position(work, replace(row, **changes), body)
    after = await work.update(TASK, row, **changes)
    if move is not None:
        await move.follow(row, after)
    await after_status(work, row, after, project)
    return task_view(after, project.key)


async def _position(work: Work, row: TaskRow, body: Placement) -> str:
    if body.position is not None:
        if body.before_id is not None or body.after_id is not None:
            raise Invalid.field("position", "ambiguous", "goes without before_id and after_id")
        return check_position(body.position)
    before = await _neighbour(work, row, "before_id", body.before_id)
    after = await _neighbour(work, row, "after_id", body.after_id)
    return await position_beside(work, row, before, after)


async def _neighbour(work: Work, row: TaskRow, field: str, task_id: str | None) -> TaskRow | None:
    if task_id is None:
        return None
    found = await work.tx.row(tasks.TASK_BY_ID, workspace_id=row.workspace_id, id=task_id)
    if found is None or found.id == row.id or found.trashed_at is not None:
        raise Invalid.field(field, "unknown_task", "there is no such other task")
    if (found.project_id, found.status) != (row.project_id, row.status):
        raise Invalid.field(field, "other_column", "that task stands in another column")
    return found
