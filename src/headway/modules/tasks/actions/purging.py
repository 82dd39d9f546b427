"""What has been in the trash for too long (a setting) goes for good: tasks, projects, and workspaces deleted as long.

A workspace that somebody who was erased leaves behind goes at once. Everything goes through the log, so that whoever
reads it (files, counters, notifications) lets go of it too.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import msgspec

from headway.changes.log import all_versions
from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.trash import delete_for_good
from headway.modules.tasks.store import purgeable, tasks, workspaces
from headway.modules.tasks.store.projects import PROJECT, ProjectRow
from headway.modules.tasks.store.task_lists import PROJECTS_SEEN
from headway.modules.tasks.store.tasks import TaskRow
from headway.modules.tasks.store.workspaces import WORKSPACE, stream_of
from headway.platform.db.port import Database, Transaction

AT_ONCE: Final = 20
"""Objects of one transaction, so that nobody waits long behind it."""

PURGE_JOB: Final = "tasks.purge_workspace"

Step = Callable[[Work], Awaitable[bool]]
"""Deletes some; whether there may be more."""


class PurgeWorkspace(msgspec.Struct, frozen=True):
    """Which deleted workspace goes at once."""

    workspace_id: str


async def purge_workspace(database: Database, workspace_id: str, now: datetime) -> None:
    """Delete all that a workspace has left, if it was deleted."""
    row = await database.reader.row(workspaces.WORKSPACE_BY_ID, id=workspace_id)
    if row is not None and row.deleted_at is not None:
        await _in_steps(database, workspace_id, now, _purge_workspace)


async def purge(database: Database, now: datetime, kept: timedelta) -> None:
    """Delete what was deleted for too long. It may be stopped anywhere and goes on with the next run."""
    before = now - kept
    for workspace in await database.reader.rows(purgeable.DELETED_WORKSPACES, before=before):
        await _in_steps(database, workspace.id, now, _purge_workspace)
    for stream in await all_versions(database.reader):
        if stream.kind == "workspace":
            where = {"workspace_id": stream.owner, "before": before}
            for project in await database.reader.rows(purgeable.TRASHED_PROJECTS_BEFORE, **where):
                await _in_steps(database, stream.owner, now, _purging(project))
            await _empty_trash(database, stream.owner, now, before)


async def _empty_trash(database: Database, workspace_id: str, now: datetime, before: datetime) -> None:
    for project_id, _key, _access in await database.reader.rows(PROJECTS_SEEN, workspace_id=workspace_id):
        where = {"workspace_id": workspace_id, "project_id": project_id, "before": before, "limit": AT_ONCE}
        if await database.reader.rows(tasks.TRASHED_BEFORE, **where):
            await _in_steps(database, workspace_id, now, partial(_delete_trashed, where))


async def _delete_trashed(where: Mapping[str, object], work: Work) -> bool:
    found = await work.tx.rows(tasks.TRASHED_BEFORE, **where)
    await _delete_each(work, found)
    return bool(found)


async def _delete_each(work: Work, found: Sequence[TaskRow]) -> None:
    for row in found:
        # a subtask may have gone with its parent a moment ago
        if await work.tx.row(tasks.TASK_BY_ID, workspace_id=row.workspace_id, id=row.id) is not None:
            await delete_for_good(work, row)


async def _in_steps(database: Database, workspace_id: str, now: datetime, step: Step) -> None:
    async def act(tx: Transaction) -> bool:
        work = Work(tx, stream_of(workspace_id), None, now, origin="system")
        more = await step(work)
        await work.finish()
        return more

    while await database.write(act):
        pass


async def _purge_workspace(work: Work) -> bool:
    workspace_id = work.stream.owner
    for kind in purgeable.OF_WORKSPACE:
        rows = await work.tx.rows(purgeable.some_of(kind), workspace_id=workspace_id, limit=AT_ONCE)
        for row in rows:
            await work.delete(kind, row)
        if rows:
            return True
    for table in purgeable.SIDE_TABLES:
        await work.tx.execute(purgeable.forget_all(table), of_workspace=workspace_id)
    row = await work.tx.row(workspaces.WORKSPACE_BY_ID, id=workspace_id)
    if row is not None:
        await work.delete(WORKSPACE, row)
    return False


def _purging(project: ProjectRow) -> Step:
    where = {"workspace_id": project.workspace_id, "project_id": project.id}

    async def step(work: Work) -> bool:
        found = await work.tx.rows(purgeable.TASKS_IN, limit=AT_ONCE, **where)
        await _delete_each(work, found)
        if found:
            return True
        for kind in purgeable.OF_PROJECT:
            for row in await work.tx.rows(purgeable.of_project(kind), **where):
                await work.delete(kind, row)
        await work.tx.execute(purgeable.FORGET_PROJECT_KEYS, of_workspace=project.workspace_id, of_project=project.id)
        await work.delete(PROJECT, project)
        return False

    return step
