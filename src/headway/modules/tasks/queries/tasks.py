"""One task, whole."""

from headway.modules.tasks.contracts import Task
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.store import scoped
from headway.modules.tasks.views import task_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


async def get_task(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> Task:
    """Read one task."""
    member = await member_for(reader, actor, "task", task_id)
    row, project = await scoped.task(reader, member, task_id)
    return task_view(row, project.key)
