"""Shapes of activity: what happened, newest first."""

from datetime import datetime
from typing import Any

import msgspec

from headway.changes.contracts import Op


class Activity(msgspec.Struct, frozen=True):
    """One change of one object. `subject_id` is the task (or other object) that it is about.

    `fields` are the new values and `before` the former ones; long text is cut.
    """

    version: int
    action_id: str
    actor: str | None
    at: datetime
    kind: str
    id: str
    subject_id: str
    op: Op
    fields: dict[str, Any]  # Any: as in Entry.fields
    before: dict[str, Any]


class ActivityPage(msgspec.Struct, frozen=True):
    """Activity, newest first. A page may be short, or empty, and yet not be the last: `next_cursor` says."""

    items: list[Activity]
    next_cursor: str | None = None
