"""Statistics as a reader in a time zone sees them, from counters."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from headway.modules.analytics.contracts import CycleTime, DayCount, PersonCount, Stats
from headway.modules.analytics.domain.facts import (
    CLASSES,
    UNASSIGNED,
    hours_of,
    minute_start,
    quarter_of,
    quarter_start,
)

DAYS: Final = 30
PRIORITIES: Final = ("none", "low", "medium", "high", "urgent")
CATEGORIES: Final = ("backlog", "todo", "in_progress", "completed", "canceled")

Counts = Counter[tuple[str, int]]
"""How many, by measure and bucket."""


def window(now: datetime, zone: ZoneInfo) -> tuple[date, int, int]:
    """The first of the last 30 days, and the buckets at which the counters of instants and of cycle times begin."""
    first = now.astimezone(zone).date() - timedelta(days=DAYS - 1)
    start = quarter_of(datetime(first.year, first.month, first.day, tzinfo=zone))
    return first, start, start // 96 * CLASSES


def next_change(now: datetime, zone: ZoneInfo, counts: Counts) -> datetime:
    """The next moment at which time itself changes the statistics: midnight, or when a due time has passed."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)
    due = (minute_start(bucket) for measure, bucket in counts if measure == "due_at")
    return min([midnight, *(at for at in due if at >= now)])


def statistics(counts: Counts, now: datetime, zone: ZoneInfo, week_start: int) -> Stats:
    """What the dashboard shows. `week_start`: 0 for Monday to 6 for Sunday."""
    today = now.astimezone(zone).date()
    week_end = today + timedelta(days=(week_start - today.weekday() - 1) % 7)
    timeless = {measure: count for (measure, _), count in counts.items() if "/" in measure}
    total = sum(count for measure, count in timeless.items() if measure.startswith("category/"))
    return Stats(
        by_status=_named("status", timeless, CATEGORIES),
        by_category=_named("category", timeless, CATEGORIES),
        by_priority=_named("priority", timeless, PRIORITIES),
        by_person=_by_person(timeless),
        total=total,
        completed=timeless.get("category/completed", 0),
        overdue=_overdue(counts, now, today),
        due_this_week=_due_between(counts, today, week_end, zone),
        created_per_day=_per_day(counts, "created", today, zone),
        completed_per_day=_per_day(counts, "completed", today, zone),
        cycle_time_hours=_cycle_time(counts),
    )


def _named(group: str, timeless: dict[str, int], always: tuple[str, ...]) -> dict[str, int]:
    found = {measure.partition("/")[2]: count for measure, count in timeless.items() if measure.startswith(f"{group}/")}
    return {name: found.get(name, 0) for name in always} | {name: count for name, count in found.items() if count}


def _by_person(timeless: dict[str, int]) -> list[PersonCount]:
    of_open, of_completed = (_named(state, timeless, ()) for state in ("open", "completed"))
    found = [
        PersonCount(None if person == UNASSIGNED else person, of_open.get(person, 0), of_completed.get(person, 0))
        for person in of_open.keys() | of_completed.keys()
    ]
    return sorted(found, key=lambda each: (-each.open - each.completed, each.user_id or ""))


def _overdue(counts: Counts, now: datetime, today: date) -> int:
    return sum(
        count
        for (measure, bucket), count in counts.items()
        if (measure == "due_date" and bucket < today.toordinal())
        or (measure == "due_at" and minute_start(bucket) < now)
    )


def _due_between(counts: Counts, first: date, last: date, zone: ZoneInfo) -> int:
    return sum(
        count
        for (measure, bucket), count in counts.items()
        if (measure == "due_date" and first.toordinal() <= bucket <= last.toordinal())
        or (measure == "due_at" and first <= minute_start(bucket).astimezone(zone).date() <= last)
    )


def _per_day(counts: Counts, name: str, today: date, zone: ZoneInfo) -> list[DayCount]:
    days: Counter[date] = Counter()
    for (measure, bucket), count in counts.items():
        if measure == name:
            days[quarter_start(bucket).astimezone(zone).date()] += count
    span = (today - timedelta(days=back) for back in reversed(range(DAYS)))
    return [DayCount(day, days[day]) for day in span]


def _cycle_time(counts: Counts) -> CycleTime:
    classes: Counter[int] = Counter()
    for (measure, bucket), count in counts.items():
        if measure == "cycle":
            classes[bucket % CLASSES] += count
    return CycleTime(median=_percentile(classes, 0.5), p90=_percentile(classes, 0.9))


def _percentile(classes: Counter[int], share: float) -> float | None:
    wanted = share * classes.total()
    reached = 0
    for number in sorted(classes):
        reached += classes[number]
        if reached >= wanted and classes[number]:
            return round(hours_of(number), 2)
    return None
