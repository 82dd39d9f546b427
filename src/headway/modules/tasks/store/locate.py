"""Whose workspace an id belongs to, among those that the actor is a member of."""

from typing import Final

from headway.modules.tasks.domain.access import Access, Member
from headway.modules.tasks.store import projects, scoped, tasks
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.db.statement import Statement
from headway.platform.problems import NotFound

_OWNERS: Final[dict[str, Statement[str]]] = {
    "task": tasks.TASK_OWNER,
    "project": projects.PROJECT_OWNER,
}


async def locate(reader: Reader, actor: Actor, what: str, object_id: str) -> str:
    """The workspace of a bare id, among those that the actor belongs to; NotFound."""
    workspace_ids = [member.workspace_id for member in await scoped.members_of_person(reader, actor.id)]
    found = await reader.row(_OWNERS[what], workspace_ids=workspace_ids, id=object_id)
    if found is None:
        raise NotFound(what)
    return found


async def member_for(reader: Reader, actor: Actor, what: str, object_id: str) -> Member:
    """The actor's place in the workspace that a bare id belongs to; NotFound."""
    return await scoped.member(reader, actor.id, await locate(reader, actor, what, object_id))


async def accesses_of(reader: Reader, actor: Actor) -> list[Access]:
    """What the actor sees in each of the actor's workspaces."""
    return [await scoped.access(reader, member) for member in await scoped.members_of_person(reader, actor.id)]
