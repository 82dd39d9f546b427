"""What happened, newest first, as far as the reader sees it: read from the log."""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final

import msgspec
from msgspec.structs import replace

from headway.changes.contracts import Recorded, project_scope
from headway.changes.log import NEWEST, about, newest
from headway.changes.module import Scopes
from headway.modules.tasks.contracts.activity import Activity, ActivityPage
from headway.modules.tasks.queries.cursors import read_cursor, write_cursor
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.store.relations import BETWEEN_PROJECTS
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.ids import NIL_ID
from headway.platform.problems import NotFound

NOT_SHOWN: Final = frozenset({"reminder", "view"})
LONG: Final = 280
PAGE: Final = 200
PAGES_AT_MOST: Final = 10
_VERSION: Final = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)

Older = Callable[[int, int], Awaitable[list[Recorded]]]
"""Entries below a version, newest first, so many at most."""


class ActivityQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of activity; `cursor` is the last page's `next_cursor`."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=300)] | None = None


async def of_workspace(reader: Reader, actor: Actor, query: ActivityQuery, *, workspace_id: str) -> ActivityPage:
    """List what happened in a workspace."""
    member = await scoped.member(reader, actor.id, workspace_id)
    scopes = (await scoped.access(reader, member)).scopes()
    stream = stream_of(workspace_id)
    return await _page(query, workspace_id, scopes, lambda before, limit: newest(reader, stream, before, limit))


async def of_project(reader: Reader, actor: Actor, query: ActivityQuery, *, project_id: str) -> ActivityPage:
    """List what happened in a project."""
    member = await member_for(reader, actor, "project", project_id)
    await scoped.project(reader, member, project_id)
    scopes = (await scoped.access(reader, member)).scopes()
    own = frozenset({project_scope(project_id)})
    stream = stream_of(member.workspace_id)
    return await _page(query, project_id, scopes, lambda before, limit: newest(reader, stream, before, limit), own)


async def of_task(reader: Reader, actor: Actor, query: ActivityQuery, *, task_id: str) -> ActivityPage:
    """List what happened to a task and to what hangs on it."""
    member = await member_for(reader, actor, "task", task_id)
    await scoped.task(reader, member, task_id)
    scopes = (await scoped.access(reader, member)).scopes()
    stream = stream_of(member.workspace_id)
    return await _page(query, task_id, scopes, lambda before, limit: about(reader, stream, task_id, before, limit))


async def one_of_task(reader: Reader, actor: Actor, _query: None, *, task_id: str, version: str) -> Activity:
    """Read one change of a task whole, by its `version`: long text too, so that versions of it can be compared."""
    member = await member_for(reader, actor, "task", task_id)
    await scoped.task(reader, member, task_id)
    scopes = (await scoped.access(reader, member)).scopes()
    wanted = int(version) if _VERSION.fullmatch(version) else 0
    found = await about(reader, stream_of(member.workspace_id), task_id, wanted + 1, 1)
    if not found or found[0].entry.version != wanted or not _is_shown(found[0], scopes):
        raise NotFound("change")
    return _whole(found[0])


async def _page(
    query: ActivityQuery, of: str, scopes: Scopes, older: Older, only: Scopes | None = None
) -> ActivityPage:
    """Look at so many entries at most: a page may be short when few of them are the reader's."""
    before = NEWEST if query.cursor is None else int(read_cursor(query.cursor, of, int).value)
    found: list[Activity] = []
    for _ in range(PAGES_AT_MOST):
        entries = await older(before, PAGE)
        for recorded in entries:
            before = recorded.entry.version
            if (only is None or recorded.entry.scope in only) and _is_shown(recorded, scopes):
                found.append(_shown(recorded))
            if len(found) == query.limit:
                return ActivityPage(found, write_cursor(of, before, NIL_ID))
        if len(entries) < PAGE:
            return ActivityPage(found)
    return ActivityPage(found, write_cursor(of, before, NIL_ID))


def _is_shown(recorded: Recorded, scopes: Scopes) -> bool:
    return recorded.entry.kind not in NOT_SHOWN and _sees(recorded, scopes)


def _sees(recorded: Recorded, scopes: Scopes) -> bool:
    """Whether the reader has the entry's scope, or for a relation between two projects sees both."""
    if recorded.entry.scope != BETWEEN_PROJECTS:
        return recorded.entry.scope in scopes
    told = {**recorded.before, **recorded.entry.fields}
    sides = [told.get("project_id"), told.get("other_project_id")]
    return all(side is not None and project_scope(side) in scopes for side in sides)


def _shown(recorded: Recorded) -> Activity:
    whole = _whole(recorded)
    return replace(whole, fields=_cut(whole.fields), before=_cut(whole.before))


def _whole(recorded: Recorded) -> Activity:
    """What entered a scope had its former values in another one, which the reader may not see."""
    entry = recorded.entry
    return Activity(
        entry.version,
        entry.action_id,
        entry.actor,
        entry.at,
        entry.kind,
        entry.id,
        recorded.subject,
        entry.op,
        entry.fields,
        recorded.before if entry.op != "enter" else {},
    )


def _cut(fields: dict[str, Any]) -> dict[str, Any]:  # Any: as in Entry.fields
    return {name: _short(value) for name, value in fields.items()}


def _short(value: object) -> object:
    return f"{value[:LONG]}…" if isinstance(value, str) and len(value) > LONG else value
