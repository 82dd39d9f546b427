"""Whose workspace an id belongs to, among those that the actor is a member of."""

from typing import Final

from sqlalchemy import Table, bindparam, select

from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.kinds import KINDS
from headway.modules.tasks.store.workspaces import WORKSPACE
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.db.statement import Statement
from headway.platform.problems import NotFound


def _owner_of(table: Table) -> Statement[str]:
    """Clients choose ids, so somebody might take one that is used elsewhere: the oldest object of an id is meant."""
    found = select(table.c.workspace_id).where(
        table.c.workspace_id.in_(bindparam("workspace_ids", expanding=True)), table.c.id == bindparam("id")
    )
    return Statement(found.order_by(table.c.created_at) if "created_at" in table.c else found, str)


_OWNERS: Final = {name: _owner_of(kind.table) for name, kind in KINDS.items() if name != WORKSPACE.name}


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
