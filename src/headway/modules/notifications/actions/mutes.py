"""People mute tasks, projects and workspaces."""

from dataclasses import dataclass
from typing import Final

from headway.changes.work import Work
from headway.modules.notifications.contracts import Mute, Sight
from headway.modules.notifications.store.preferences import MUTE, MUTE_OF, MUTES_OF, Muted, MuteRow
from headway.modules.notifications.views import mute_view
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, NotFound

MOST: Final = 2_000


@dataclass(frozen=True)
class Muting:
    """What muting needs: only what somebody sees can be muted."""

    sight: Sight

    async def mute_task(self, work: Work, user_id: str, _body: None, *, task_id: str) -> Mute:
        """Hear nothing of a task any more but one's own reminders."""
        return await self._mute(work, user_id, "task", task_id)

    async def mute_project(self, work: Work, user_id: str, _body: None, *, project_id: str) -> Mute:
        """Hear nothing of a project's tasks any more but one's own reminders."""
        return await self._mute(work, user_id, "project", project_id)

    async def mute_workspace(self, work: Work, user_id: str, _body: None, *, workspace_id: str) -> Mute:
        """Hear nothing of a workspace's tasks any more but one's own reminders."""
        return await self._mute(work, user_id, "workspace", workspace_id)

    async def _mute(self, work: Work, user_id: str, what: Muted, object_id: str) -> Mute:
        held = await work.tx.row(MUTE_OF, user_id=user_id, object_id=object_id)
        if held is not None:
            return mute_view(held)
        workspace_id = await self.sight.workspace_of(work.tx, user_id, what, object_id)
        if workspace_id is None:
            raise NotFound(what)
        if len(await work.tx.rows(MUTES_OF, user_id=user_id)) >= MOST:
            raise Conflict(
                "too_many_mutes", f"At most {MOST} things can be muted. Mute a project or workspace instead."
            )
        row = MuteRow(user_id, new_id(), object_id, what, workspace_id, work.now, 1)
        return mute_view(await work.insert(MUTE, row))


async def unmute_task(work: Work, user_id: str, _body: None, *, task_id: str) -> None:
    """Hear of a task again."""
    await _unmute(work, user_id, task_id)


async def unmute_project(work: Work, user_id: str, _body: None, *, project_id: str) -> None:
    """Hear of a project again."""
    await _unmute(work, user_id, project_id)


async def unmute_workspace(work: Work, user_id: str, _body: None, *, workspace_id: str) -> None:
    """Hear of a workspace again."""
    await _unmute(work, user_id, workspace_id)


async def _unmute(work: Work, user_id: str, object_id: str) -> None:
    held = await work.tx.row(MUTE_OF, user_id=user_id, object_id=object_id)
    if held is None:
        raise NotFound("mute")
    await work.delete(MUTE, held)
