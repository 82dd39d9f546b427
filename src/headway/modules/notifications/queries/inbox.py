"""Somebody's notifications, preferences and mutes."""

from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec

from headway.modules.notifications.contracts import (
    MuteList,
    NotificationPage,
    NotificationQuery,
    Preferences,
    UnreadCount,
)
from headway.modules.notifications.store import notifications
from headway.modules.notifications.store.preferences import MUTES_OF, PREFERENCES_OF
from headway.modules.notifications.views import mute_view, notification_view, preferences_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.ids import NIL_ID
from headway.platform.web.cursors import read_place, write_place
from headway.platform.web.fields import IdText
from headway.platform.web.routes import Dependency


class Place(msgspec.Struct, frozen=True, array_like=True):
    """When the last notification of a page was made, and its id."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]
    id: IdText


NEWEST: Final = Place(datetime(9999, 1, 1, tzinfo=UTC), NIL_ID)
"""Later than every notification."""


async def list_notifications(reader: Reader, actor: Actor, query: NotificationQuery) -> NotificationPage:
    """List one's notifications, the newest first."""
    after = NEWEST if query.cursor is None else read_place(query.cursor, Place)
    statement = notifications.UNREAD_PAGE if query.unread else notifications.PAGE
    where = {"user_id": actor.id, "at": after.at, "last": after.id}
    rows = await reader.rows(statement, **where, limit=query.limit + 1)
    unread = await reader.row(notifications.UNREAD_COUNT, user_id=actor.id) or 0
    shown = rows[: query.limit]
    more = len(rows) > query.limit
    cursor = write_place(Place(shown[-1].created_at, shown[-1].id)) if more else None
    return NotificationPage([notification_view(row) for row in shown], unread, cursor)


async def count_unread(reader: Reader, actor: Actor, _query: None) -> UnreadCount:
    """Count one's unread notifications."""
    return UnreadCount(await reader.row(notifications.UNREAD_COUNT, user_id=actor.id) or 0)


async def get_preferences(reader: Reader, actor: Actor, _query: None) -> Preferences:
    """Read what one wants to hear of, and where."""
    row = await reader.row(PREFERENCES_OF, user_id=actor.id)
    return preferences_view(row)


async def list_mutes(reader: Reader, actor: Actor, _query: None) -> MuteList:
    """List the tasks, projects and workspaces that one has muted."""
    return MuteList([mute_view(row) for row in await reader.rows(MUTES_OF, user_id=actor.id)])


async def depends(_reader: Reader, actor: Actor, _query: object) -> Dependency:
    """All of these follow from one's own inbox alone."""
    return Dependency((f"inbox:{actor.id}",))
