"""Where a task has gone that moved to another workspace."""

from collections.abc import Sequence

from headway.modules.tasks.contracts.transfers import Transfer
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import scoped, tasks, transfers
from headway.modules.tasks.store.transfers import TransferRow
from headway.modules.tasks.views import transfer_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import Moved, NotFound


async def get_transfer(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> Transfer:
    """Read how the move of a task to another workspace stands.

    Whoever sees the place where it went, and whoever asked for it, finds it by the task's old id.
    """
    members = {member.workspace_id: member for member in await scoped.members_of_person(reader, actor.id)}
    for row in await reader.rows(transfers.TRANSFERS_OF, workspace_ids=list(members), task_id=task_id):
        if row.requested_by == actor.id:
            return transfer_view(row)
        target = members.get(row.target_workspace_id)
        if row.state == "done" and target is not None and await _sees(reader, target, row):
            return transfer_view(row)
    raise NotFound("move")


async def forward_of_id(reader: Reader, members: Sequence[Member], task_id: str) -> Moved | None:
    """Where the task of an old id has gone, as far as one of these members sees it there."""
    workspace_ids = [member.workspace_id for member in members]
    rows = await reader.rows(transfers.TRANSFERS_OF, workspace_ids=workspace_ids, task_id=task_id)
    return await _forward(reader, rows, members, "")


async def forward_of_key(
    reader: Reader, members: Sequence[Member], workspace_ids: Sequence[str], key: str
) -> Moved | None:
    """Where the task has gone that had a key in one of those workspaces, as far as one of these members sees it."""
    rows = await reader.rows(transfers.TRANSFERS_OF_KEY, workspace_ids=list(workspace_ids), task_key=key)
    return await _forward(reader, rows, members, "../")


async def _forward(
    reader: Reader, rows: Sequence[TransferRow], members: Sequence[Member], to_tasks: str
) -> Moved | None:
    """`to_tasks`: the way from the address that was asked for to /tasks/."""
    by_workspace = {member.workspace_id: member for member in members}
    for row in rows:
        target = by_workspace.get(row.target_workspace_id)
        if row.state == "done" and target is not None and await _sees(reader, target, row):
            return Moved(
                "This task has moved to another workspace.",
                f"{to_tasks}{row.new_task_id}",
                task_id=row.new_task_id,
                workspace_id=row.target_workspace_id,
            )
    return None


async def _sees(reader: Reader, member: Member, row: TransferRow) -> bool:
    """Whether somebody sees it where it stands now, or the place where it arrived when it has gone from there, too."""
    task = await reader.row(tasks.TASK_BY_ID, workspace_id=member.workspace_id, id=row.new_task_id)
    try:
        await scoped.project(reader, member, row.target_project_id if task is None else task.project_id)
    except NotFound:
        return False
    return True
