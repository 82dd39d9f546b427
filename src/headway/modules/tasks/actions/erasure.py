"""Whose account is erased leaves every workspace; what was theirs alone is deleted."""

from collections.abc import Sequence

from headway.changes.work import Work
from headway.modules.tasks.actions.membership import depart
from headway.modules.tasks.domain.access import ROLES
from headway.modules.tasks.store import workspaces
from headway.modules.tasks.store.workspaces import MEMBER, WORKSPACE, MemberRow
from headway.platform.problems import NotFound


async def leave_for_good(work: Work, user_id: str) -> None:
    """Leave the stream's workspace. The last owner is followed by whoever has the highest role, longest.

    A workspace in which nobody but guests would remain, such as one's personal one, is deleted.
    """
    await work.lock()
    people = await work.tx.rows(workspaces.MEMBERS_OF, workspace_id=work.stream.owner)
    leaver = next((row for row in people if row.id == user_id), None)
    if leaver is None:
        return
    heir = _heir([row for row in people if row.id != user_id and row.role != "guest"])
    if heir is None:
        await _delete_workspace(work, people)
        return
    if leaver.role == "owner" and heir.role != "owner":
        await work.update(MEMBER, heir, role="owner")
    await depart(work, leaver, heir.id)


def _heir(others: Sequence[MemberRow]) -> MemberRow | None:
    return min(others, key=lambda row: (-ROLES.index(row.role), row.joined_at, row.id), default=None)


async def _delete_workspace(work: Work, people: Sequence[MemberRow]) -> None:
    row = await work.tx.row(workspaces.WORKSPACE_BY_ID, id=work.stream.owner)
    if row is None:
        raise NotFound("workspace")
    await work.update(WORKSPACE, row, deleted_at=work.now)
    for each in people:
        await work.delete(MEMBER, each)
