"""A task's checklist."""

from headway.modules.tasks.contracts.checklist import Checklist, ChecklistItem
from headway.modules.tasks.store import checklist, scoped
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.views import same
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


async def list_items(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> Checklist:
    """List a task's steps in order."""
    member = await member_for(reader, actor, "task", task_id)
    await scoped.task(reader, member, task_id)
    rows = await reader.rows(checklist.ITEMS_OF, workspace_id=member.workspace_id, task_id=task_id)
    return Checklist([same(row, ChecklistItem) for row in rows])
