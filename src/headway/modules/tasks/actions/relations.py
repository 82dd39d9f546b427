"""Relations between tasks of one workspace: not to itself, not twice, and none that blocks itself by detours."""

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts.relations import NewRelation, Relation
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.defaults import CLOSED
from headway.modules.tasks.domain.limits import RELATIONS_PER_TASK
from headway.modules.tasks.domain.relations import Directed, directed
from headway.modules.tasks.store import relations, scoped
from headway.modules.tasks.store.relations import RELATION, RelationRow
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Forbidden, Invalid, NotFound


async def create_relation(work: Work, member: Member, body: NewRelation, *, task_id: str) -> Relation:
    """Relate a task to another of the workspace that you see."""
    if body.task_id == task_id:
        raise Invalid.field("task_id", "same_task", "must be another task")
    task, _ = await live_task(work, member, task_id)
    other, other_project = await scoped.task(work.tx, member, body.task_id)
    await work.lock()
    wanted = directed(body.kind, task_id, other.id)
    await _check_new(work, wanted, task_id)
    projects = {task.id: task.project_id, other.id: other.project_id}
    row = RelationRow(
        workspace_id=task.workspace_id,
        id=body.id or new_id(),
        kind=wanted.kind,
        task_id=wanted.task_id,
        project_id=projects[wanted.task_id],
        other_task_id=wanted.other_id,
        other_project_id=projects[wanted.other_id],
        created_by=member.user_id,
        created_at=work.now,
        version=1,
    )
    await work.insert(RELATION, row)
    key, is_closed = f"{other_project.key}-{other.number}", other.status_category in CLOSED
    return Relation(
        row.id, body.kind, other.id, key, other.title, is_closed, row.created_by, row.created_at, row.version
    )


async def delete_relation(work: Work, member: Member, _body: None, *, relation_id: str) -> None:
    """End a relation. You must see both tasks and may edit one of them."""
    row = await work.tx.row(relations.RELATION_BY_ID, workspace_id=member.workspace_id, id=relation_id)
    if row is None:
        raise NotFound("relation")
    await check_may_end(work, member, row)
    work.check_version(row)
    await work.delete(RELATION, row)


async def check_may_end(work: Work, member: Member, row: RelationRow) -> None:
    """NotFound or Forbidden unless the member sees both tasks and may edit one of them."""
    levels = []
    for project_id in (row.project_id, row.other_project_id):
        project = await scoped.project(work.tx, member, project_id, "view", "relation")
        levels.append(await scoped.level_in(work.tx, member, project))
    if "edit" not in levels:
        raise Forbidden("level_too_low", "You may edit neither of the two tasks.")


async def _check_new(work: Work, wanted: Directed, asked: str) -> None:
    there = await work.tx.rows(relations.RELATIONS_OF, workspace_id=work.stream.owner, task_id=asked)
    if len(there) >= RELATIONS_PER_TASK:
        raise Conflict("too_many_relations", f"A task has at most {RELATIONS_PER_TASK} relations.")
    for row in there:
        if row.kind == wanted.kind and {row.task_id, row.other_task_id} == {wanted.task_id, wanted.other_id}:
            if row.task_id == wanted.task_id:
                raise Conflict("already_related", "The two tasks relate like that already.")
            raise Conflict("blocks_itself", "The two tasks relate the other way round already.")
    if wanted.kind == "blocks" and await _is_blocked_by(work, wanted.task_id, wanted.other_id):
        raise Conflict("blocks_itself", "Each of the two tasks would wait for the other.")


async def _is_blocked_by(work: Work, task_id: str, blocker_id: str) -> bool:
    """Whether a task waits for another, directly or through others."""
    reached, front = {blocker_id}, [blocker_id]
    while front:
        further = await work.tx.rows(relations.BLOCKED_BY, workspace_id=work.stream.owner, task_ids=front)
        front = list(set(further) - reached)
        reached.update(front)
    return task_id in reached
