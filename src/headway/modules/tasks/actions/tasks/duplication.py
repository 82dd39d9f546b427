"""Another task just like this one."""

from msgspec.structs import replace

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.copying import Copier
from headway.modules.tasks.actions.tasks.people import together
from headway.modules.tasks.actions.tasks.places import first_of, position_beside, statuses_of
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts import Duplicate, Task
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.defaults import CLOSED
from headway.modules.tasks.views import task_view
from headway.platform.ids import new_id


async def duplicate_task(work: Work, member: Member, body: Duplicate, *, task_id: str) -> Task:
    """Copy a task, open again, with labels, assignees, checklist, attachments and subtasks, right after the original.

    Comments, relations, reminders and watchers stay with the original.
    """
    row, project = await live_task(work, member, task_id)
    statuses = await statuses_of(work, project)
    todo = first_of(statuses, "todo", "backlog")
    status = todo
    if row.status_category not in CLOSED:
        status = next((each for each in statuses if each.key == row.status), todo)
    copy_id = body.id or new_id()
    place = replace(row, id=copy_id, status=status.key, status_category=status.category)
    beside = row if status.key == row.status else None
    copier = Copier(
        work, project, todo, "duplication", member.user_id, lambda part: body.part_ids.get(part) or new_id()
    )
    copy = await copier.copy(
        row,
        id=copy_id,
        status=status.key,
        status_category=status.category,
        position=await position_beside(work, place, None, beside),
        watcher_ids=together([member.user_id], row.assignee_ids),
        occurrence=1,
    )
    return task_view(copy, project.key)
