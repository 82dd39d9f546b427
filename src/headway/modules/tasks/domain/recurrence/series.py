"""From one task of a series to the next.

The next task is due on the first day of the rule that lies strictly after the current due date and not before the day
(in the task's zone) on which the current one was completed: completing early moves on by one occurrence, completing
late skips what has been missed, and what is due today is still offered today. Days are found on the calendar and the
wall time is kept as it is, so a series at 02:30 stays at 02:30 after a night in which clocks skipped it; `due.instant`
says which moment a wall time is. The current due date anchors the rule: a task moved by hand moves what the rule leaves
open (the weekday of a plain FREQ=WEEKLY, the weeks of INTERVAL=2). Days that a month lacks are skipped, as RFC 5545
says; BYMONTHDAY=-1 is the last day of every month.

With COUNT the caller keeps the number of each task in its series, 1 for the first; occurrences that were skipped count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from headway.modules.tasks.domain.due import check_zone, local_day
from headway.modules.tasks.domain.errors import BadValue
from headway.modules.tasks.domain.limits import LAST_YEAR
from headway.modules.tasks.domain.recurrence.occurrences import days_after
from headway.modules.tasks.domain.recurrence.rule import FIELD, Rule, Until, parse_rule

MAX_DAYS: Final = 3_650
MAX_PREVIEW: Final = 100
_DAY: Final = timedelta(days=1)
_ANY_START: Final = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class RuleRecurrence:
    """Comes again by a rule (canonical text); `zone` is where its days are counted when the task has no due time."""

    rule: str
    zone: str


@dataclass(frozen=True, slots=True)
class AfterCompletion:
    """Comes again so many days after the day of completion."""

    after_completion_days: int


Recurrence = RuleRecurrence | AfterCompletion


@dataclass(frozen=True, slots=True)
class NextDue:
    """When the successor is due, and its number in the series."""

    due_date: date
    due_time: time | None
    occurrence: int


def read_recurrence(value: Mapping[str, object]) -> Recurrence:
    """The recurrence that JSON spells: `{"rule": ..., "zone": ...}` or `{"after_completion_days": n}`.

    Raises `BadValue` for a rule that is wrong or never occurs, an unknown zone, or another shape.
    """
    match dict(value):
        case {"rule": str(text), "zone": str(zone), **rest} if not rest:
            rule = parse_rule(text)
            if next(days_after(replace(rule, interval=1), _ANY_START, _ANY_START), None) is None:
                raise BadValue(FIELD, "never", "No day fits this rule: the task would never come again.")
            return RuleRecurrence(str(rule), check_zone(zone, "recurrence.zone"))
        case {"after_completion_days": int(days), **rest} if not rest and not isinstance(days, bool):
            if not 1 <= days <= MAX_DAYS:
                message = f"A task comes again 1 to {MAX_DAYS} days after completion."
                raise BadValue("recurrence.after_completion_days", "out_of_range", message)
            return AfterCompletion(days)
    raise BadValue("recurrence", "bad_shape", "A recurrence has either a rule and a zone, or after_completion_days.")


def as_json(recurrence: Recurrence) -> dict[str, str | int]:
    """The opposite of `read_recurrence`."""
    if isinstance(recurrence, AfterCompletion):
        return {"after_completion_days": recurrence.after_completion_days}
    return {"rule": recurrence.rule, "zone": recurrence.zone}


def check_start(recurrence: Recurrence, due_date: date) -> None:
    """Refuses, by `BadValue`, a rule that has no day at or after the due date of its task."""
    if isinstance(recurrence, RuleRecurrence):
        rule = parse_rule(recurrence.rule)
        day = next(days_after(rule, due_date, due_date - _DAY), None)
        if day is None or not _within(rule.until, day, None, recurrence.zone):
            raise BadValue(FIELD, "never", "From the due date on, this rule has no occurrence.")


def next_due(
    recurrence: Recurrence,
    due_date: date | None,
    due_time: time | None,
    zone: str,
    completed_at: datetime,
    occurrence: int = 1,
) -> NextDue | None:
    """When the successor of a completed task is due; None when the series has ended.

    `zone` is the task's: its due_zone, else the recurrence's zone, else that of the person who completed it; days and
    `due_time` are counted there. `completed_at` is an aware instant. `occurrence` is the number of the completed task.
    """
    done = local_day(completed_at, zone)
    if isinstance(recurrence, AfterCompletion):
        day = done + timedelta(days=recurrence.after_completion_days)
        return NextDue(day, due_time, occurrence + 1) if day.year <= LAST_YEAR else None
    rule = parse_rule(recurrence.rule)
    current = due_date or done
    number, following = _following(rule, current, done, occurrence)
    if following is None or not _within(rule.until, following, due_time, zone):
        return None
    return NextDue(following, due_time, number)


def preview(recurrence: Recurrence, start: date, n: int) -> list[date]:
    """The next `n` (at most 100) days after `start`, the due date of the first task, if each is completed in time."""
    n = max(0, min(n, MAX_PREVIEW))
    if isinstance(recurrence, AfterCompletion):
        step = timedelta(days=recurrence.after_completion_days)
        return [day for day in (start + step * number for number in range(1, n + 1)) if day.year <= LAST_YEAR]
    rule = parse_rule(recurrence.rule)
    if rule.count is not None:
        n = min(n, rule.count - 1)
    days = islice(days_after(rule, start, start), n)
    return [day for day in days if _within(rule.until, day, None, recurrence.zone)]


def _following(rule: Rule, current: date, done: date, occurrence: int) -> tuple[int, date | None]:
    """Number and day of the first occurrence after `current` that is not before `done`."""
    if rule.count is None:
        return occurrence + 1, next(days_after(rule, current, max(current, done - _DAY)), None)
    for number, day in enumerate(days_after(rule, current, current), start=occurrence + 1):
        if number > rule.count:
            break
        if day >= done:
            return number, day
    return occurrence, None


def last_moment(until: Until, zone: str) -> tuple[date, time | None]:
    """UNTIL as the last day in `zone` and the last wall time on it; None where the whole day counts."""
    if until.utc and until.at is not None:
        last = datetime.combine(until.day, until.at, UTC).astimezone(ZoneInfo(zone))
        return last.date(), last.time()
    return until.day, until.at


def _within(until: Until | None, day: date, at: time | None, zone: str) -> bool:
    """Whether an occurrence is not after UNTIL; one without a time counts as long as UNTIL's day lasts."""
    if until is None:
        return True
    last_day, last_time = last_moment(until, zone)
    if day != last_day or at is None or last_time is None:
        return day <= last_day
    return at <= last_time
