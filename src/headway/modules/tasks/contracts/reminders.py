"""Shapes of reminders."""

from datetime import datetime
from typing import Annotated

import msgspec

from headway.platform.web.fields import IdText


class Reminder(msgspec.Struct, frozen=True):
    """A reminder of the reader's own. `fires_at` is None when the task is not due, or the moment had passed."""

    id: str
    task_id: str
    at: datetime | None
    minutes_before: int | None
    fires_at: datetime | None
    created_at: datetime
    version: int


class ReminderList(msgspec.Struct, frozen=True):
    """The reader's reminders about a task, the next first."""

    items: list[Reminder]
    next_cursor: str | None = None


class NewReminder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Either `at`, a moment with its offset, or `minutes_before` the task is due (on a day alone: at 9 o'clock)."""

    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    minutes_before: Annotated[int, msgspec.Meta(ge=0, le=525_600)] | None = None
    id: IdText | None = None
