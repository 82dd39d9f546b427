"""A task is completed or canceled, and opened again."""

from typing import Any

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.places import first_of, position_at_end, statuses_of
from headway.modules.tasks.actions.tasks.succession import succeed, take_back
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts import Closing, Task
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.defaults import CLOSED
from headway.modules.tasks.store.projects import ProjectRow, StatusRow
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.views import task_view
from headway.platform.problems import Invalid


async def close_task(work: Work, member: Member, body: Closing, *, task_id: str) -> Task:
    """Complete a task, or cancel it with the status `canceled`. A recurring task that is completed has a successor."""
    row, project = await live_task(work, member, task_id)
    if row.status_category in CLOSED and body.status in {None, row.status, row.status_category}:
        return task_view(row, project.key)
    status = _closing_status(await statuses_of(work, project), body.status, project)
    return task_view(await _to(work, row, project, status), project.key)


async def reopen_task(work: Work, member: Member, _body: None, *, task_id: str) -> Task:
    """Open a task again. A successor that nobody touched goes."""
    row, project = await live_task(work, member, task_id)
    if row.status_category in CLOSED:
        status = first_of(await statuses_of(work, project), "todo", "backlog", "in_progress")
        row = await _to(work, row, project, status)
    return task_view(row, project.key)


# Any: values of the row's fields.
async def status_changes(work: Work, row: TaskRow, project: ProjectRow, status: StatusRow) -> dict[str, Any]:
    """What changes in a task with its status: it goes to the end of the new column."""
    if status.key == row.status and project.id == row.project_id:
        return {}
    completed = (row.completed_at or work.now) if status.category == "completed" else None
    return {
        "status": status.key,
        "status_category": status.category,
        "completed_at": completed,
        "position": await position_at_end(work, project, status),
    }


async def after_status(work: Work, before: TaskRow, after: TaskRow, project: ProjectRow) -> None:
    """What follows from a change of status: successors come and go."""
    if after.recurrence is None or before.status_category == after.status_category:
        return
    if after.status_category == "completed":
        await succeed(work, before, after, project)
    elif before.status_category == "completed" and after.status_category not in CLOSED:
        await take_back(work, before, after)


async def _to(work: Work, row: TaskRow, project: ProjectRow, status: StatusRow) -> TaskRow:
    after = await work.update(TASK, row, **await status_changes(work, row, project, status))
    await after_status(work, row, after, project)
    return after


def _closing_status(statuses: list[StatusRow], wanted: str | None, project: ProjectRow) -> StatusRow:
    """The closed status of that key, else the first of that category."""
    closed = [status for status in statuses if status.category in CLOSED]
    by_key = [status for status in closed if status.key == wanted]
    by_category = [status for status in closed if status.category == (wanted or "completed")]
    for status in (*by_key, *by_category):
        return status
    raise Invalid.field("status", "not_closed", f"the project {project.key} has no such status that ends a task")
