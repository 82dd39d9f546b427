"""One task, whole: by its id or by a key that it has or had."""

import re
from contextlib import suppress
from typing import Final

from headway.modules.tasks.contracts import Task
from headway.modules.tasks.contracts.task_query import ByKey
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.queries.transfers import forward_of_id, forward_of_key
from headway.modules.tasks.store import former_keys, former_project_keys, projects, scoped, tasks
from headway.modules.tasks.store.locate import locate, member_for
from headway.modules.tasks.store.workspaces import stream_of
from headway.modules.tasks.views import task_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound
from headway.platform.web.routes import Dependency

_KEY: Final = re.compile(r"(?P<project>[A-Za-z][A-Za-z0-9]{0,9})-(?P<number>[0-9]{1,15})")


async def get_task(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> Task:
    """Read one task. The old id of one that moved to another workspace answers 308 `moved` with the new place."""
    try:
        return await _view(reader, await member_for(reader, actor, "task", task_id), task_id)
    except NotFound:
        forward = await forward_of_id(reader, await scoped.members_of_person(reader, actor.id), task_id)
        raise forward or NotFound("task") from None


async def task_depends(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> Dependency | None:
    """A task follows from its workspace; where there is none, nothing is kept."""
    try:
        return Dependency((str(stream_of(await locate(reader, actor, "task", task_id))),))
    except NotFound:
        return None


async def get_task_by_key(reader: Reader, actor: Actor, query: ByKey, *, key: str) -> Task:
    """Read the task of a key such as OPS-142; a key that it had in another project leads to it still.

    The key of one that moved to another workspace answers 308 `moved` with the new place.
    """
    everywhere = await scoped.members_of_person(reader, actor.id)
    members = everywhere
    if query.workspace_id is not None:
        members = [await scoped.member(reader, actor.id, query.workspace_id)]
    for member in members:
        task_id = await find_by_key(reader, member, key)
        if task_id is not None:
            with suppress(NotFound):
                return await _view(reader, member, task_id)
    left = [member.workspace_id for member in members]
    raise await forward_of_key(reader, everywhere, left, key.strip().upper()) or NotFound("task")


async def find_by_key(reader: Reader, member: Member, key: str) -> str | None:
    """The task that has a key or had it, whether the member sees it or not; None without one."""
    parts = _KEY.fullmatch(key.strip())
    if parts is None:
        return None
    workspace_id, project_key, number = member.workspace_id, parts["project"].upper(), int(parts["number"])
    project = await reader.row(projects.PROJECT_BY_KEY, workspace_id=workspace_id, key=project_key)
    project_id = project.id if project else await former_project_keys.project_of(reader, workspace_id, project_key)
    if project_id is None:
        return None
    where = {"workspace_id": workspace_id, "project_id": project_id, "number": number}
    row = await reader.row(tasks.TASK_BY_NUMBER, **where)
    former = {"workspace": workspace_id, "project": project_id, "number": number}
    if row is not None:
        return row.id
    return await reader.row(former_keys.TASK_OF_FORMER_KEY, **former)


async def _view(reader: Reader, member: Member, task_id: str) -> Task:
    row, project = await scoped.task(reader, member, task_id)
    return task_view(row, project.key)
