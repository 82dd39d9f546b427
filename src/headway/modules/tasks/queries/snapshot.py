"""What a client that begins anew is given of a workspace: structure, open tasks, recent ones, then what hangs on them.

So its first screens can be drawn long before the rest has come.

Descriptions, comments and tasks closed for longer than 14 days are left out; clients ask for them when needed.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, bindparam, not_, select

from headway.changes.contracts import Stream, person_scope
from headway.changes.module import Scopes, SyncObject
from headway.changes.work import Kind
from headway.modules.tasks.domain.defaults import CLOSED
from headway.modules.tasks.store import grants, scoped
from headway.modules.tasks.store.kinds import KINDS
from headway.modules.tasks.store.tasks import TASK, tasks
from headway.modules.tasks.store.workspaces import WORKSPACE, stream_of
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Reader
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.ids import NIL_ID

PAGE: Final = 500
RECENT: Final = timedelta(days=14)
ON_DEMAND: Final = frozenset({"comment", "transfer"})
LARGE: Final = frozenset({"description"})


@dataclass(frozen=True, eq=False)
class Section:
    """Part of a snapshot: rows of a kind, in the order of their ids. Its name is in cursors. Any: of any kind."""

    name: str
    kind: Kind[Any]
    only: tuple[ColumnElement[bool], ...] = ()


_LIVE: Final = tasks.c.trashed_at.is_(None)
_CLOSED: Final = tasks.c.status_category.in_(sorted(CLOSED))
OPEN_TASKS: Final = Section(TASK.name, TASK, (_LIVE, not_(_CLOSED)))
CLOSED_TASKS: Final = Section("closed_task", TASK, (_LIVE, _CLOSED, tasks.c.updated_at > bindparam("since")))


def _sections() -> Iterator[Section]:
    for kind in KINDS.values():
        if kind is TASK:
            yield OPEN_TASKS
            yield CLOSED_TASKS
        elif kind.name not in ON_DEMAND:
            yield Section(kind.name, kind)


SECTIONS: Final = tuple(_sections())


class TaskSyncSource:
    """The workspace and access streams of a person."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def visible(self, reader: Reader, actor: Actor) -> dict[Stream, Scopes]:
        """One's workspaces with the scopes that one may see, and one's own access stream."""
        found: dict[Stream, Scopes] = {grants.access_stream(actor.id): frozenset({person_scope(actor.id)})}
        for member in await scoped.members_of_person(reader, actor.id):
            found[stream_of(member.workspace_id)] = (await scoped.access(reader, member)).scopes()
        return found

    async def snapshot(
        self, reader: Reader, actor: Actor, stream: Stream, scopes: Scopes, after: str
    ) -> AsyncIterator[tuple[SyncObject, str]]:
        """Objects of those scopes; a resume point is `<section>:<last id>`, in an access stream the last id alone."""
        if stream.kind == "access":
            for grant in await reader.rows(grants.ALL_GRANTS_OF, user_id=actor.id, after=after or NIL_ID):
                yield _told(grants.GRANT, grant, person_scope(actor.id)), grant.id
            return
        name, _, last = after.partition(":")
        first = next((index for index, section in enumerate(SECTIONS) if section.name == name), 0)
        for index, section in enumerate(SECTIONS[first:]):
            start = last if index == 0 and last else NIL_ID
            async for row in self._rows(reader, section, stream.owner, start):
                scope = section.kind.scope(row)
                if scope in scopes:
                    yield _told(section.kind, row, scope), f"{section.name}:{row.id}"

    # Any: rows of different kinds
    async def _rows(self, reader: Reader, section: Section, workspace_id: str, after: str) -> AsyncIterator[Any]:
        if section.kind is WORKSPACE:
            for row in await reader.rows(_page(section), workspace_id=workspace_id):
                yield row
            return
        times = {"since": self._clock.now() - RECENT} if section is CLOSED_TASKS else {}
        while True:
            page = await reader.rows(_page(section), workspace_id=workspace_id, after=after, limit=PAGE, **times)
            for row in page:
                yield row
            if len(page) < PAGE:
                return
            after = page[-1].id


@cache
def _page(section: Section) -> Statement[Any]:  # Any: rows of different kinds
    kind = section.kind
    table = kind.table
    if kind is WORKSPACE:
        return rows_of(table, kind.row, table.c.id == bindparam("workspace_id"))
    whole: type[msgspec.Struct] = kind.row
    listed = _without_large(whole)
    wanted = select(*columns_of(table, listed)).where(
        table.c.workspace_id == bindparam("workspace_id"), table.c.id > bindparam("after"), *section.only
    )
    return Statement(wanted.order_by(table.c.id).limit(bindparam("limit")), listed)


@cache
def _without_large(row: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """The same row without its large text."""
    fields = [(field.name, field.type) for field in msgspec.structs.fields(row) if field.name not in LARGE]
    return msgspec.defstruct(f"{row.__name__}Listed", fields, frozen=True)


def _told(kind: Kind[Any], row: Any, scope: str) -> SyncObject:  # Any: a row of any kind
    return SyncObject(scope, kind.name, row.id, row.version, kind.fields(row))
