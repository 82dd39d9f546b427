"""What other modules ask: which projects and tasks somebody sees."""

from typing import Literal

from headway.modules.tasks.store import scoped, tasks, workspaces
from headway.modules.tasks.store.locate import locate
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound


class ProjectsSeenInTables:
    """Answers from the member rows."""

    async def projects_seen(self, reader: Reader, actor: Actor) -> dict[str, frozenset[str]]:
        """The ids of the projects that a person sees, by workspace."""
        return {
            member.workspace_id: frozenset((await scoped.access(reader, member)).levels)
            for member in await scoped.members_of_person(reader, actor.id)
        }


class SightInTables:
    """What people see now, from the member rows."""

    async def project_of(self, reader: Reader, user_id: str, workspace_id: str, task_id: str) -> str | None:
        """The project of a task that a person sees now; None when it is not seen, or in the trash."""
        row = await reader.row(tasks.TASK_BY_ID, workspace_id=workspace_id, id=task_id)
        if row is None or row.trashed_at is not None:
            return None
        seen = await self._sees(reader, user_id, workspace_id, "project", row.project_id)
        return row.project_id if seen else None

    async def workspace_of(
        self, reader: Reader, user_id: str, what: Literal["task", "project", "workspace"], object_id: str
    ) -> str | None:
        """The workspace of something that a person sees; None when it is not seen."""
        try:
            workspace_id = object_id if what == "workspace" else await locate(reader, Actor(user_id), what, object_id)
        except NotFound:
            return None
        return workspace_id if await self._sees(reader, user_id, workspace_id, what, object_id) else None

    async def workspace_name(self, reader: Reader, workspace_id: str) -> str:
        """What a workspace is called; empty when it is gone."""
        row = await reader.row(workspaces.WORKSPACE_BY_ID, id=workspace_id)
        return row.name if row else ""

    async def _sees(
        self,
        reader: Reader,
        user_id: str,
        workspace_id: str,
        what: Literal["task", "project", "workspace"],
        object_id: str,
    ) -> bool:
        member = await scoped.find_member(reader, user_id, workspace_id)
        if member is None:
            return False
        try:
            if what == "task":
                await scoped.task(reader, member, object_id)
            elif what == "project":
                await scoped.project(reader, member, object_id)
        except NotFound:
            return False
        return True
