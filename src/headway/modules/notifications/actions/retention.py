"""Old notifications that were read go, and everything goes of somebody who was erased."""

from datetime import datetime, timedelta
from typing import Final

from headway.changes.contracts import Stream
from headway.changes.redaction import redact
from headway.changes.work import Work
from headway.modules.notifications.store import alarms, notifications, waiting_mail
from headway.modules.notifications.store.notifications import NOTIFICATION
from headway.modules.notifications.store.preferences import MUTE, MUTES_OF, PREFERENCES, PREFERENCES_OF
from headway.modules.notifications.store.schema import inbox_stream
from headway.platform.db.port import Transaction

AT_ONCE: Final = 500
RANG_KEPT: Final = timedelta(days=90)
"""How long it is remembered that an alarm rang: nobody sets a due date back to a day so long ago."""


async def remove_old(tx: Transaction, user_id: str, before: datetime, now: datetime) -> None:
    """Delete some of a person's notifications that were read before then."""
    work = Work(tx, inbox_stream(user_id), None, now, origin="system")
    for row in await tx.rows(notifications.OLD_OF, user_id=user_id, before=before, limit=AT_ONCE):
        await work.delete(NOTIFICATION, row)
    await work.finish()


async def forget_alarms(tx: Transaction, now: datetime) -> None:
    """Drop alarms that rang long ago."""
    await tx.execute(alarms.DROP_RANG_BEFORE, rang=True, before=now - RANG_KEPT)


async def erase(tx: Transaction, user_id: str, now: datetime) -> None:
    """Delete everything of a person, and what the log says of it."""
    stream: Stream = inbox_stream(user_id)
    work = Work(tx, stream, None, now, origin="system")
    for row in await tx.rows(notifications.ALL, user_id=user_id):
        await work.delete(NOTIFICATION, row)
    for mute in await tx.rows(MUTES_OF, user_id=user_id):
        await work.delete(MUTE, mute)
    chosen = await tx.row(PREFERENCES_OF, user_id=user_id)
    if chosen is not None:
        await work.delete(PREFERENCES, chosen)
    await tx.execute(waiting_mail.DROP_ALL, of_user=user_id)
    await tx.execute(alarms.DROP_OF_PERSON, of_user=user_id)
    await redact(tx, stream, until=(await work.finish()).version + 1)
