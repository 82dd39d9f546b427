"""The next task of a recurrence: made when one is completed, taken back when that is reopened before it is touched."""

from datetime import time
from typing import Final

from headway.changes.log import NEWEST, about
from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.copying import Copier
from headway.modules.tasks.actions.tasks.hierarchy import descendants
from headway.modules.tasks.actions.tasks.places import first_of, statuses_of
from headway.modules.tasks.actions.tasks.schedule import check_dates, zone_of
from headway.modules.tasks.actions.tasks.trash import delete_for_good
from headway.modules.tasks.domain.recurrence import NextDue, next_due, read_recurrence
from headway.modules.tasks.store import tasks
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TASK, TaskRow, state_of
from headway.platform.ids import derived_id

_LOOK_BACK: Final = 500


def successor_id(object_id: str, occurrence: int) -> str:
    """The id of what follows `object_id`, a recurring task of that occurrence or something that hangs on it.

    Everybody who completes the same task, on whatever device, comes to the same id, so that one successor is made.
    """
    return derived_id("successor", object_id, str(occurrence))


async def succeed(work: Work, before: TaskRow, after: TaskRow, project: ProjectRow) -> None:
    """Make the successor of a task that has been completed, unless its series ends or it was made before.

    It stands where the completed task stood, with its labels, assignees, reminders, checklist and subtasks, all open
    again; the subtasks that were still open end with the completed task. Its version begins at the completed task's,
    so that it is higher than that of a successor taken back earlier.
    """
    following = _next_due(work, after)
    if following is None or await _successor(work, after) is not None:
        return
    start = after.start_date
    if start is not None and after.due_date is not None:
        start += following.due_date - after.due_date
    at = f"{following.due_time:%H:%M}" if following.due_time else None
    copier = Copier(
        work,
        project,
        first_of(await statuses_of(work, project), "todo", "backlog"),
        "succession",
        work.actor or after.created_by,
        lambda object_id: successor_id(object_id, after.occurrence),
    )
    await copier.copy(
        after,
        start_date=start,
        due_date=following.due_date,
        due_at=check_dates(start, following.due_date, at, after.due_zone),
        occurrence=following.occurrence,
        position=before.position,
        version=after.version,
    )
    for subtask in await descendants(work, after):
        if state_of(subtask) == "open":
            await work.update(
                TASK,
                subtask,
                status=after.status,
                status_category=after.status_category,
                completed_at=after.completed_at,
            )


async def take_back(work: Work, before: TaskRow, after: TaskRow) -> None:
    """Delete the successor of a task that is open again, if nobody touched it; what ended with the task opens too."""
    successor = await _successor(work, after)
    if successor is None:
        return
    family = [successor, *await descendants(work, successor)]
    if not all([await _untouched(work, each) for each in family]):
        return
    await delete_for_good(work, successor)
    for subtask in await descendants(work, after):
        if subtask.completed_at is not None and subtask.completed_at == before.completed_at:
            status = {"status": after.status, "status_category": after.status_category}
            await work.update(TASK, subtask, completed_at=None, **status)


async def _successor(work: Work, row: TaskRow) -> TaskRow | None:
    expected = successor_id(row.id, row.occurrence)
    return await work.tx.row(tasks.TASK_BY_ID, workspace_id=row.workspace_id, id=expected)


def _next_due(work: Work, row: TaskRow) -> NextDue | None:
    if row.recurrence is None:
        return None
    return next_due(
        read_recurrence(row.recurrence),
        row.due_date,
        time.fromisoformat(row.due_time) if row.due_time else None,
        zone_of(row.recurrence, row.due_zone),
        work.now,
        row.occurrence,
    )


async def _untouched(work: Work, row: TaskRow) -> bool:
    """Whether the log tells of nothing that somebody did since the row was made."""
    entries = await about(work.tx, work.stream, row.id, NEWEST, _LOOK_BACK)
    made = [each.entry.action_id for each in entries if each.entry.id == row.id and each.entry.op == "create"]
    others = [each for each in entries if each.entry.action_id not in made]
    return bool(made) and all(each.origin == "system" for each in others)
