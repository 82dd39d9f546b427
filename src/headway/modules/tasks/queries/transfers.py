"""Where a task has gone that moved to another workspace."""

from headway.modules.tasks.contracts.transfers import Transfer
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import scoped, transfers
from headway.modules.tasks.views import transfer_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound


async def get_transfer(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> Transfer:
    """Read how the move of a task to another workspace stands.

    Whoever sees the place where it went, and whoever asked for it, finds it by the task's old id.
    """
    members = {member.workspace_id: member for member in await scoped.members_of_person(reader, actor.id)}
    for row in await reader.rows(transfers.TRANSFERS_OF, workspace_ids=list(members), task_id=task_id):
        if row.requested_by == actor.id:
            return transfer_view(row)
        target = members.get(row.target_workspace_id)
        if row.state == "done" and target is not None and await _sees(reader, target, row.target_project_id):
            return transfer_view(row)
    raise NotFound("move")


async def _sees(reader: Reader, member: Member, project_id: str) -> bool:
    try:
        await scoped.project(reader, member, project_id)
    except NotFound:
        return False
    return True
