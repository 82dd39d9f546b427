"""What a client that begins anew is given of an inbox: settings, and the newest notifications."""

from collections.abc import AsyncIterator
from typing import Any, Final

from headway.changes.contracts import Stream, person_scope
from headway.changes.module import Scopes, SyncObject
from headway.changes.work import Kind
from headway.modules.notifications.queries.inbox import NEWEST
from headway.modules.notifications.store import notifications
from headway.modules.notifications.store.notifications import NOTIFICATION
from headway.modules.notifications.store.preferences import MUTE, MUTES_OF, PREFERENCES, PREFERENCES_OF
from headway.modules.notifications.store.schema import inbox_stream
from headway.platform.actor import Actor
from headway.platform.db.port import Reader

NEWEST_TOLD: Final = 200


class InboxSyncSource:
    """A person's own inbox stream, which nobody else sees."""

    async def visible(self, _reader: Reader, actor: Actor) -> dict[Stream, Scopes]:
        """One's inbox."""
        return {inbox_stream(actor.id): frozenset({person_scope(actor.id)})}

    async def snapshot(
        self, reader: Reader, actor: Actor, stream: Stream, _scopes: Scopes, after: str
    ) -> AsyncIterator[tuple[SyncObject, str]]:
        """All objects; a resume point is the last id, and where that is gone it begins again."""
        if stream != inbox_stream(actor.id):
            return
        told = await _objects(reader, actor.id)
        ids = [each.id for each in told]
        for each in told[ids.index(after) + 1 if after in ids else 0 :]:
            yield each, each.id


async def _objects(reader: Reader, user_id: str) -> list[SyncObject]:
    newest = {"at": NEWEST.at, "last": NEWEST.id, "limit": NEWEST_TOLD}
    return [
        *[_told(PREFERENCES, row) for row in await reader.rows(PREFERENCES_OF, user_id=user_id)],
        *[_told(MUTE, row) for row in await reader.rows(MUTES_OF, user_id=user_id)],
        *[_told(NOTIFICATION, row) for row in await reader.rows(notifications.PAGE, user_id=user_id, **newest)],
    ]


def _told(kind: Kind[Any], row: Any) -> SyncObject:  # Any: a row of any kind
    return SyncObject(kind.scope(row), kind.name, row.id, row.version, kind.fields(row))
