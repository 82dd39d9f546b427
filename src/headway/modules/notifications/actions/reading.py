"""Notifications are read: on one device, and so on all."""

from headway.changes.work import Work
from headway.modules.notifications.contracts import Notification, Reading, ReadingAll, UnreadCount
from headway.modules.notifications.store import notifications, waiting_mail
from headway.modules.notifications.store.notifications import NOTIFICATION, NotificationRow
from headway.modules.notifications.views import notification_view
from headway.platform.problems import NotFound


async def read_one(work: Work, user_id: str, body: Reading, *, notification_id: str) -> Notification:
    """Mark a notification as read, or as unread again. What is read is not mailed."""
    row = await _own(work, user_id, notification_id)
    work.check_version(row)
    if body.read:
        return notification_view(await _read(work, row))
    return notification_view(await work.update(NOTIFICATION, row, read_at=None))


async def read_all(work: Work, user_id: str, body: ReadingAll) -> UnreadCount:
    """Mark all notifications as read, or those up to one; the answer says how many are left unread."""
    if body.up_to is None:
        rows = await work.tx.rows(notifications.UNREAD, user_id=user_id)
    else:
        last = await _own(work, user_id, body.up_to)
        where = {"user_id": user_id, "at": last.created_at, "last": last.id}
        rows = await work.tx.rows(notifications.UNREAD_UP_TO, **where)
    for row in rows:
        await _read(work, row)
    return UnreadCount(await work.tx.row(notifications.UNREAD_COUNT, user_id=user_id) or 0)


async def _own(work: Work, user_id: str, notification_id: str) -> NotificationRow:
    row = await work.tx.row(notifications.BY_ID, user_id=user_id, id=notification_id)
    if row is None:
        raise NotFound("notification")
    return row


async def _read(work: Work, row: NotificationRow) -> NotificationRow:
    await work.tx.execute(waiting_mail.DROP, of_user=row.user_id, ids=[row.id])
    return await work.update(NOTIFICATION, row, read_at=row.read_at or work.now)
