"""GET /api/v1/sync."""

from typing import Annotated

import msgspec

from headway.gateway.sync.cursor import LONGEST, Cursor
from headway.gateway.sync.lines import MEDIA_TYPE, Begin, End, EntryLine, Leave, Object, Progress, Reset
from headway.gateway.sync.reading import Reading
from headway.gateway.sync.turns import Turns, within
from headway.gateway.visibility import Sources
from headway.platform.db.port import Database
from headway.platform.web.routes import Asked, Endpoint, Reply


class SyncQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`cursor`: from the last line of an earlier answer. Without it everything is sent."""

    cursor: Annotated[str, msgspec.Meta(max_length=LONGEST)] | None = None


def sync_route(database: Database, sources: Sources) -> Endpoint:
    """The route over these sources."""
    turns = Turns()

    async def sync(asked: Asked, query: SyncQuery) -> Reply:
        """Bring a client up to date.

        Answers one JSON object a line. Without a cursor: a snapshot of everything that the caller sees, resumable from
        the cursor of any `progress` line. With one: the entries since, the objects of scopes that have become visible,
        and `leave` for scopes that are not any more. A cursor that is too old gets `reset` and a snapshot.
        One person is sent two snapshots at a time; a third is answered 429 `too_many_snapshots`.
        """
        cursor = None if query.cursor is None else Cursor.decode(query.cursor)
        reading = Reading(database, sources, asked.actor)
        plan = await reading.plan(cursor)
        lines = reading.lines(plan)
        if plan.is_snapshot:
            lines = within(turns.take(asked.actor.id), lines)
        return Reply(lines, media_type=MEDIA_TYPE)

    return Endpoint(
        method="GET",
        path="/sync",
        act=sync,
        needs="self",
        tag="sync",
        query=SyncQuery,
        answer=Begin | Reset | Object | EntryLine | Leave | Progress | End,
        media_type=MEDIA_TYPE,
        codes=("too_many_snapshots",),
    )
