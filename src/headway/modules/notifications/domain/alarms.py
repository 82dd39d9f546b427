"""When somebody is told that a task is due: in the morning of the day, where that person is."""

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from headway.modules.notifications.domain.followed import Followed

MORNING: Final = time(9)


def people_of(task: Followed) -> tuple[str, ...]:
    """Whom a due task concerns: its assignees, and where it has none, the owner of a personal workspace.

    A personal workspace has its owner's id; the id of another workspace is nobody's.
    """
    return task.assignee_ids or (task.workspace_id,)


def occurrence_of(task: Followed) -> str | None:
    """What the task is due at, as text; None when it is not due at any time or need not be done any more."""
    if not task.is_open:
        return None
    moment = task.due_at or task.due_date
    return None if moment is None else moment.isoformat()


def due_morning(day: date | None, at: datetime | None, zone: str) -> datetime | None:
    """9 o'clock in `zone` on the day that the task is due there, or its due time if that is earlier (UTC)."""
    if at is not None:
        day = at.astimezone(ZoneInfo(zone)).date()
    if day is None:
        return None
    morning = datetime.combine(day, MORNING, ZoneInfo(zone)).astimezone(UTC)
    return morning if at is None else min(morning, at)
