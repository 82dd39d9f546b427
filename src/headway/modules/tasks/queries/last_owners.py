"""What stands against somebody's erasure: workspaces that would be left to others without an owner."""

from headway.modules.tasks.store import workspaces
from headway.modules.tasks.store.workspaces import WorkspaceRow
from headway.platform.db.port import Reader
from headway.platform.problems import Conflict


class LastOwners:
    """`ErasureGuard` of this module."""

    async def check_erasure(self, reader: Reader, user_id: str) -> None:
        """Conflict that names the workspaces in which the person is the only owner of several people."""
        rows = await reader.rows(workspaces.WORKSPACES_OF, user_id=user_id)
        left = [row for row in rows if await _needs_owner(reader, row, user_id)]
        if left:
            names = ", ".join(row.name for row in left)
            raise Conflict(
                "last_owner",
                f"You are the only owner of {names}. Make somebody else an owner there first, or delete it.",
                extra={"workspaces": [{"id": row.id, "name": row.name} for row in left]},
            )


async def _needs_owner(reader: Reader, workspace: WorkspaceRow, user_id: str) -> bool:
    people = {row.id: row.role for row in await reader.rows(workspaces.MEMBERS_OF, workspace_id=workspace.id)}
    own = people.pop(user_id)
    return own == "owner" and bool(people) and "owner" not in people.values()
