"""Making a task."""

from datetime import date, datetime, time
from typing import Any

import msgspec

from headway.changes.work import Work
from headway.modules.tasks.contracts import NewTask, RecurrenceInput, Task
from headway.modules.tasks.domain import due as due_rules
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.defaults import INBOX_KEY
from headway.modules.tasks.domain.errors import BadValue
from headway.modules.tasks.domain.position import between
from headway.modules.tasks.store import projects, scoped, tasks
from headway.modules.tasks.store.projects import ProjectRow, StatusRow
from headway.modules.tasks.store.columns import LAST_POSITION
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.views import task_view
from headway.platform.db.port import DuplicateKey
from headway.platform.db.statement import insert_into
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Invalid, NotFound


async def create_task(work: Work, member: Member, body: NewTask) -> Task:
    """Make a task; without a project in the caller's Inbox, without a status as *To do*."""
    project = await _project(work, member, body)
    status = await status_of(work, project, body.status)
    row = TaskRow(
        workspace_id=project.workspace_id,
        id=body.id or new_id(),
        project_id=project.id,
        number=await take_number(work, project),
        parent_id=body.parent_id,
        title=body.title,
        description=body.description,
        status=status.key,
        status_category=status.category,
        priority=body.priority,
        start_date=body.start_date,
        due_date=body.due_date,
        due_time=body.due_time,
        due_zone=body.due_zone,
        due_at=due_instant(body.due_date, body.due_time, body.due_zone),
        estimate_minutes=body.estimate_minutes,
        position=body.position or await position_at_end(work, project, status),
        recurrence=recurrence_of(body.recurrence),
        occurrence=1,
        assignee_ids=tuple(dict.fromkeys(body.assignee_ids)),
        label_ids=tuple(dict.fromkeys(body.label_ids)),
        watcher_ids=(member.user_id,),
        completed_at=work.now if status.category == "completed" else None,
        trashed_at=None,
        created_by=member.user_id,
        created_at=work.now,
        updated_at=work.now,
        version=1,
    )
    await insert_task(work, row)
    return task_view(row, project.key)


async def insert_task(work: Work, row: TaskRow) -> None:
    """Insert a task with its links; Conflict when its id is taken."""
    try:
        await work.insert(TASK, row)
    except DuplicateKey:
        raise Conflict("id_taken", "There is an object with this id already.") from None
    for user_id in row.assignee_ids:
        await work.tx.execute(
            insert_into(tasks.task_assignees), workspace_id=row.workspace_id, user_id=user_id, task_id=row.id
        )
    for label_id in row.label_ids:
        await work.tx.execute(
            insert_into(tasks.task_labels), workspace_id=row.workspace_id, label_id=label_id, task_id=row.id
        )


async def status_of(work: Work, project: ProjectRow, key: str | None) -> StatusRow:
    """The project's status of that key; without one its first to-do status."""
    found = await work.tx.rows(projects.STATUSES_OF, workspace_id=project.workspace_id, project_id=project.id)
    if key is None:
        return next((status for status in found if status.category == "todo"), found[0])
    for status in found:
        if status.key == key:
            return status
    raise Invalid.field("status", "unknown_status", f"the project {project.key} has no such status")


async def take_number(work: Work, project: ProjectRow) -> int:
    """The next number for a task's key."""
    where = {"workspace_id": project.workspace_id, "project": project.id}
    await work.tx.execute(projects.TAKE_NUMBERS, count=1, **where)
    number = await work.tx.row(projects.LAST_NUMBER, **where)
    if number is None:
        raise NotFound("project")
    return number


async def position_at_end(work: Work, project: ProjectRow, status: StatusRow) -> str:
    """The position after the last task of a column."""
    last = await work.tx.row(
        LAST_POSITION, workspace_id=project.workspace_id, project_id=project.id, state="open"
    )
    return between(last, None)


def due_instant(day: date | None, at: str | None, zone: str | None) -> datetime | None:
    """The instant at which a due time falls; None for a due date alone. Invalid when the parts do not fit."""
    try:
        due = due_rules.due(day, time.fromisoformat(at) if at else None, zone)
    except BadValue as bad:
        raise Invalid.field(bad.field, bad.code, bad.message) from None
    if due is None or due.at is None or due.zone is None:
        return None
    return due_rules.instant(due.day, due.at, due.zone)


def recurrence_of(body: RecurrenceInput | None) -> dict[str, Any] | None:  # Any: see contracts.Task
    """A recurrence as it is kept."""
    return None if body is None else msgspec.to_builtins(body)


async def _project(work: Work, member: Member, body: NewTask) -> ProjectRow:
    if body.project_id is not None:
        return await scoped.project(work.tx, member, body.project_id, "edit")
    inbox = await work.tx.row(projects.PROJECT_BY_KEY, workspace_id=member.workspace_id, key=INBOX_KEY)
    if inbox is None or inbox.kind != "inbox":
        raise Invalid.field("project_id", "missing_field", "is required in a team workspace")
    return inbox
