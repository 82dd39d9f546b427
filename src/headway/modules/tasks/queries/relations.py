"""Relations of a task, as far as the reader sees the other side."""

from headway.modules.tasks.contracts.relations import Relation, RelationList
from headway.modules.tasks.domain.defaults import CLOSED
from headway.modules.tasks.domain.relations import word_for
from headway.modules.tasks.queries.sight import sight_of
from headway.modules.tasks.store import relations, scoped, tasks
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.store.relations import RelationRow
from headway.modules.tasks.store.tasks import TaskRow
from headway.platform.actor import Actor
from headway.platform.db.port import Reader


async def list_relations(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> RelationList:
    """List a task's relations to tasks that you see."""
    member = await member_for(reader, actor, "task", task_id)
    await scoped.task(reader, member, task_id)
    sight = await sight_of(reader, member)
    rows = await reader.rows(relations.RELATIONS_OF, workspace_id=member.workspace_id, task_id=task_id)
    ids = [_other_id(row, task_id) for row in rows]
    found = {task.id: task for task in await reader.rows(tasks.TASKS_BY_ID, workspace_id=member.workspace_id, ids=ids)}
    shown: list[Relation] = []
    for row in sorted(rows, key=lambda row: (row.created_at, row.id)):
        other = found.get(_other_id(row, task_id))
        if other is not None and other.trashed_at is None and other.project_id in sight.keys:
            shown.append(_shown(row, task_id, other, sight.keys[other.project_id]))
    return RelationList(shown)


def _other_id(row: RelationRow, task_id: str) -> str:
    return row.other_task_id if row.task_id == task_id else row.task_id


def _shown(row: RelationRow, task_id: str, other: TaskRow, project_key: str) -> Relation:
    return Relation(
        row.id,
        word_for(row.kind, from_other_side=row.task_id != task_id),
        other.id,
        f"{project_key}-{other.number}",
        other.title,
        other.status_category in CLOSED,
        row.created_by,
        row.created_at,
        row.version,
    )
