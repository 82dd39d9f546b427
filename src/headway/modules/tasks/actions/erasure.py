"""Whose account is erased leaves every workspace; what was theirs alone is deleted."""

from collections.abc import Sequence

from headway.changes.work import Work
from headway.modules.tasks.actions.membership import depart
from headway.modules.tasks.actions.purging import PURGE_JOB, PurgeWorkspace
from headway.modules.tasks.actions.workspace_settings import put_away
from headway.modules.tasks.domain.access import ROLES
from headway.modules.tasks.store import scoped, workspaces
from headway.modules.tasks.store.assignments import ALL_OPEN_TASKS
from headway.modules.tasks.store.invitations import INVITATION, INVITATIONS_OF
from headway.modules.tasks.store.tasks import TASK
from headway.modules.tasks.store.workspaces import MEMBER, MemberRow
from headway.platform.jobs import enqueue
from headway.platform.text import email_key


async def leave_for_good(work: Work, user_id: str) -> list[str]:
    """Leave the stream's workspace: open tasks are nobody's, invitations by the person are taken back.

    Nobody is erased while being the last owner of others (`LastOwners`); should another owner have gone at the same
    moment, whoever has the highest role, longest, follows. A workspace in which nobody but guests would remain, such as
    one's personal one, is deleted and purged. Gives the ids of invitations to the person, which are gone.
    """
    await work.lock()
    people = await work.tx.rows(workspaces.MEMBERS_OF, workspace_id=work.stream.owner)
    leaver = next((row for row in people if row.id == user_id), None)
    if leaver is None:
        return []
    heir = _heir([row for row in people if row.id != user_id and row.role != "guest"])
    if heir is None:
        await put_away(work, await scoped.workspace(work.tx, work.stream.owner))
        purged = PurgeWorkspace(work.stream.owner)
        await enqueue(work.tx, PURGE_JOB, purged, work.now, key=purged.workspace_id)
        return []
    if leaver.role == "owner" and heir.role != "owner":
        await work.update(MEMBER, heir, role="owner")
    await _unassign(work, user_id)
    await depart(work, leaver, heir.id)
    return await _withdraw_invitations(work, user_id)


def _heir(others: Sequence[MemberRow]) -> MemberRow | None:
    return min(others, key=lambda row: (-ROLES.index(row.role), row.joined_at, row.id), default=None)


async def _unassign(work: Work, user_id: str) -> None:
    for task in await work.tx.rows(ALL_OPEN_TASKS, workspace_id=work.stream.owner, user_id=user_id):
        assignees = tuple(each for each in task.assignee_ids if each != user_id)
        watchers = tuple(each for each in task.watcher_ids if each != user_id)
        await work.update(TASK, task, assignee_ids=assignees, watcher_ids=watchers)


async def _withdraw_invitations(work: Work, user_id: str) -> list[str]:
    """Take back those by the person; delete those to the person, whose address they hold. The ids of the latter."""
    rows = await work.tx.rows(INVITATIONS_OF, workspace_id=work.stream.owner)
    addresses = {email_key(row.email) for row in rows if row.accepted_by == user_id}
    received = [row for row in rows if email_key(row.email) in addresses]
    for row in received:
        await work.delete(INVITATION, row)
    for row in rows:
        if row.invited_by == user_id and row.accepted_at is None and row.revoked_at is None and row not in received:
            await work.update(INVITATION, row, revoked_at=work.now)
    return [row.id for row in received]
