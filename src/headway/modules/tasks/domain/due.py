"""When a task is due: wall time in a zone, or a day that ends where the reader is.

A due time is kept as wall time plus IANA zone, and its instant is derived, so that it stays right when a zone's rules
change. Where clocks go forward and the wall time does not occur, the offset from before the change is used (RFC 5545
section 3.3.5: 02:30 becomes 03:30); where it occurs twice, the first counts. A due date alone becomes overdue at the
next local midnight of the person who looks.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from headway.modules.tasks.domain.errors import BadValue
from headway.modules.tasks.domain.limits import FIRST_YEAR, LAST_YEAR

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A day, or a wall time in a zone; made by `due` so that time and zone are both there or neither is."""

    day: date
    at: time | None = None
    zone: str | None = None


def due(day: date | None, at: time | None, zone: str | None) -> Due | None:
    """The checked value of the fields due_date, due_time and due_zone; None when all are.

    Raises `BadValue` for a time without a day or a zone, a zone without a time, or what `check_day`, `check_time` and
    `check_zone` refuse.
    """
    if day is None:
        if at is not None or zone is not None:
            raise BadValue("due_date", "required", "A due time or zone needs a due date.")
        return None
    check_day(day, "due_date")
    if (at is None) != (zone is None):
        missing = "due_zone" if zone is None else "due_time"
        raise BadValue(missing, "required", "A due time and its time zone go together.")
    if at is None or zone is None:
        return Due(day)
    return Due(day, check_time(at, "due_time"), check_zone(zone, "due_zone"))


def parse_day(text: str, field: str) -> date:
    """A day written 2026-11-23. Raises `BadValue`."""
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise BadValue(field, "bad_date", "A date is written like 2026-11-23.")
    return check_day(day, field)


def parse_time(text: str, field: str) -> time:
    """A wall time written 09:30 or 09:30:00. Raises `BadValue`."""
    try:
        at = time.fromisoformat(text) if _TIME.fullmatch(text) else None
    except ValueError:
        at = None
    if at is None:
        raise BadValue(field, "bad_time", "A time is written like 09:30.")
    return at


def check_day(day: date, field: str) -> date:
    """`day` when its year is from 1970 to 2200. Raises `BadValue`."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadValue(field, "out_of_range", f"A date lies between {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def check_time(at: time, field: str) -> time:
    """`at` when it is a plain wall time in whole seconds. Raises `BadValue`."""
    if at.tzinfo is not None or at.microsecond:
        raise BadValue(field, "bad_time", "A time is written like 09:30, without a zone; the zone has its own field.")
    return at


def check_zone(name: str, field: str) -> str:
    """`name` when it is an IANA zone such as Europe/Berlin, written exactly so. Raises `BadValue`."""
    if name not in _zones():
        raise BadValue(field, "unknown_zone", "A time zone is an IANA name such as Europe/Berlin.")
    return name


def instant(day: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show `at` on `day`."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def local_day(now: datetime, zone: str) -> date:
    """The date in `zone` at the instant `now`: what "today" means there."""
    return now.astimezone(ZoneInfo(zone)).date()


def day_start(day: date, zone: str) -> datetime:
    """The first moment, in UTC, of `day` in `zone`: midnight, or later where midnight is skipped."""
    return instant(day, time(), zone)


def next_midnight(now: datetime, zone: str) -> datetime:
    """The moment after `now`, in UTC, at which the date changes in `zone`."""
    return day_start(local_day(now, zone) + _DAY, zone)


def today(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """Start (inclusive) and end (exclusive) of the reader's day, in UTC."""
    day = local_day(now, zone)
    return day_start(day, zone), day_start(day + _DAY, zone)


def week(day: date, first_day: int) -> tuple[date, date]:
    """The first day of the week that holds `day`, and the first day of the next one.

    `first_day` is an ISO weekday: 1 for Monday to 7 for Sunday.
    """
    if not 1 <= first_day <= 7:
        raise ValueError("an ISO weekday is 1 to 7")
    start = day - timedelta(days=(day.isoweekday() - first_day) % 7)
    return start, start + timedelta(days=7)


def overdue_at(due: Due, reader_zone: str) -> datetime:
    """The moment, in UTC, from which an open task counts as overdue for a reader in `reader_zone`."""
    if due.at is not None and due.zone is not None:
        return instant(due.day, due.at, due.zone)
    return day_start(due.day + _DAY, reader_zone)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"Factory", "localtime"})
