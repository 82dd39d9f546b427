"""Making a task."""

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.hierarchy import check_parent
from headway.modules.tasks.actions.tasks.labelling import check_labels
from headway.modules.tasks.actions.tasks.people import check_see_project, together
from headway.modules.tasks.actions.tasks.places import check_position, position_at_end, status_of, take_numbers
from headway.modules.tasks.actions.tasks.schedule import check_dates, recurrence_of
from headway.modules.tasks.contracts import NewTask, Task
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.defaults import INBOX_KEY
from headway.modules.tasks.store import projects, scoped
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.views import task_view
from headway.platform.ids import new_id
from headway.platform.problems import Invalid


async def create_task(work: Work, member: Member, body: NewTask) -> Task:
    """Make a task; without a project in its parent's or the caller's Inbox, without a status as *To do*.

    The maker and the assignees watch it.
    """
    project = await _project(work, member, body)
    status = await status_of(work, project, body.status)
    assignees, labels = together(body.assignee_ids, ()), together(body.label_ids, ())
    await check_see_project(work, project, assignees)
    await check_labels(work, labels)
    if body.parent_id is not None:
        await check_parent(work, project, body.parent_id)
    row = TaskRow(
        workspace_id=project.workspace_id,
        id=body.id or new_id(),
        project_id=project.id,
        number=await take_numbers(work, project),
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
        due_at=check_dates(body.start_date, body.due_date, body.due_time, body.due_zone),
        estimate_minutes=body.estimate_minutes,
        position=check_position(body.position) if body.position else await position_at_end(work, project, status),
        recurrence=recurrence_of(body.recurrence, body.due_date, body.due_zone),
        occurrence=1,
        assignee_ids=assignees,
        label_ids=labels,
        watcher_ids=together((member.user_id,), assignees),
        completed_at=work.now if status.category == "completed" else None,
        trashed_at=None,
        created_by=member.user_id,
        created_at=work.now,
        updated_at=work.now,
        version=1,
    )
    await work.insert(TASK, row)
    return task_view(row, project.key)


async def _project(work: Work, member: Member, body: NewTask) -> ProjectRow:
    if body.project_id is not None:
        return await scoped.project(work.tx, member, body.project_id, "edit")
    if body.parent_id is not None:
        parent, _ = await scoped.task(work.tx, member, body.parent_id, "edit")
        return await scoped.project(work.tx, member, parent.project_id, "edit")
    inbox = await work.tx.row(projects.PROJECT_BY_KEY, workspace_id=member.workspace_id, key=INBOX_KEY)
    if inbox is None or inbox.kind != "inbox":
        raise Invalid.field("project_id", "missing_field", "is required in a team workspace")
    return inbox
