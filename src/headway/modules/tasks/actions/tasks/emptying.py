"""What has been in the trash for too long (a setting) is deleted for good."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from headway.changes.log import all_versions
from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.trash import delete_for_good
from headway.modules.tasks.store import tasks
from headway.modules.tasks.store.task_lists import PROJECTS_SEEN
from headway.modules.tasks.store.tasks import TRASHED_BEFORE
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.db.port import Database, Transaction

AT_ONCE: Final = 20
"""Tasks of one transaction, so that nobody waits long behind it."""


async def empty_trash(database: Database, now: Callable[[], datetime], kept: timedelta) -> int:
    """Delete what has been in the trash for too long, in every workspace; how many tasks were asked for by name."""
    deleted = 0
    for stream in await all_versions(database.reader):
        if stream.kind != "workspace":
            continue
        for project_id, _key, _access in await database.reader.rows(PROJECTS_SEEN, workspace_id=stream.owner):
            while count := await _empty(database, stream.owner, project_id, now(), kept):
                deleted += count
    return deleted


async def _empty(database: Database, workspace_id: str, project_id: str, now: datetime, kept: timedelta) -> int:
    """Delete some tasks of a project; how many there were to delete."""
    where = {"workspace_id": workspace_id, "project_id": project_id, "before": now - kept, "limit": AT_ONCE}
    if not await database.reader.rows(TRASHED_BEFORE, **where):
        return 0

    async def act(tx: Transaction) -> int:
        work = Work(tx, stream_of(workspace_id), None, now, origin="system")
        found = await tx.rows(TRASHED_BEFORE, **where)
        for row in found:
            # a subtask may have gone with its parent a moment ago
            if await tx.row(tasks.TASK_BY_ID, workspace_id=workspace_id, id=row.id) is not None:
                await delete_for_good(work, row)
        await work.finish()
        return len(found)

    return await database.write(act)
