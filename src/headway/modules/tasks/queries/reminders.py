"""The reader's reminders of a task."""

from headway.modules.tasks.contracts.reminders import Reminder, ReminderList
from headway.modules.tasks.store import reminders, scoped
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.views import same
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


async def list_reminders(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> ReminderList:
    """List your reminders of a task, the next first."""
    member = await member_for(reader, actor, "task", task_id)
    await scoped.task(reader, member, task_id)
    of_person = {"workspace_id": member.workspace_id, "task_id": task_id, "user_id": actor.id}
    rows = await reader.rows(reminders.REMINDERS_OF, **of_person)
    ordered = sorted(rows, key=lambda row: (row.fires_at is None, row.fires_at or row.created_at, row.id))
    return ReminderList([same(row, Reminder) for row in ordered])
