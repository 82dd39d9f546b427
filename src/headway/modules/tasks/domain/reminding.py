"""When a reminder fires."""

from datetime import date, datetime, time, timedelta
from typing import Final

from headway.modules.tasks.domain.due import instant

MORNING: Final = time(9)
"""When, in the person's zone, a task that is due on a day counts as due for reminders."""


def due_moment(day: date | None, due_at: datetime | None, zone: str) -> datetime | None:
    """The moment that reminders count back from; None for a task that is not due."""
    if due_at is not None or day is None:
        return due_at
    return instant(day, MORNING, zone)


def fires_at(at: datetime | None, minutes_before: int | None, due: datetime | None, now: datetime) -> datetime | None:
    """When a reminder fires; None when there is no such moment, or it has passed."""
    moment = at
    if minutes_before is not None and due is not None:
        moment = due - timedelta(minutes=minutes_before)
    return moment if moment is not None and moment > now else None
