"""What an inbox keeps of a person, for the person's own export."""

from collections.abc import AsyncIterator
from typing import Any, Final

import msgspec

from headway.changes.work import Kind
from headway.modules.notifications.queries.inbox import NEWEST
from headway.modules.notifications.store import notifications
from headway.modules.notifications.store.notifications import NOTIFICATION
from headway.modules.notifications.store.preferences import MUTE, MUTES_OF, PREFERENCES, PREFERENCES_OF
from headway.modules.users.contracts import PersonalFile
from headway.platform.db.port import Reader

PAGE: Final = 500
_encode: Final = msgspec.json.Encoder().encode


class InboxData:
    """`PersonalData` of this module."""

    async def files_of(self, reader: Reader, user_id: str) -> AsyncIterator[PersonalFile]:
        """A line of JSON for each notification, the newest first; what is muted, and the preferences."""
        yield PersonalFile("notifications/notification.ndjson", _notifications(reader, user_id))
        mutes = await reader.rows(MUTES_OF, user_id=user_id)
        yield PersonalFile("notifications/mute.ndjson", b"".join(_line(MUTE, row) for row in mutes))
        preferences = await reader.rows(PREFERENCES_OF, user_id=user_id)
        yield PersonalFile("notifications/preferences.ndjson", b"".join(_line(PREFERENCES, row) for row in preferences))


async def _notifications(reader: Reader, user_id: str) -> AsyncIterator[bytes]:
    place = {"at": NEWEST.at, "last": NEWEST.id}
    while page := await reader.rows(notifications.PAGE, user_id=user_id, limit=PAGE, **place):
        yield b"".join(_line(NOTIFICATION, row) for row in page)
        place = {"at": page[-1].created_at, "last": page[-1].id}


def _line(kind: Kind[Any], row: Any) -> bytes:  # Any: a row of any kind
    return _encode({"id": row.id, **kind.fields(row)}) + b"\n"
