"""When a task is due: wall time in a zone, or a day, which ends where the reader is.

A due time is kept as wall time plus IANA zone, and its instant is derived, so that it stays right when a zone's rules
change. Where clocks go forward and the wall time does not occur, the offset from before the change is used (RFC 5545
section 3.3.5: 02:30 becomes 03:30); where it occurs twice, the first counts.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from headway.modules.tasks.domain.errors import BadValue
from headway.modules.tasks.domain.limits import FIRST_YEAR, LAST_YEAR
from headway.platform.time_zones import zone_names


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
    if name not in zone_names():
        raise BadValue(field, "unknown_zone", "A time zone is an IANA name such as Europe/Berlin.")
    return name


def instant(day: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show `at` on `day`."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def local_day(now: datetime, zone: str) -> date:
    """The date in `zone` at the instant `now`: what "today" means there."""
    return now.astimezone(ZoneInfo(zone)).date()
