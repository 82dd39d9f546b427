"""The days on which a rule falls, found with bounded work.

A rule is expanded period by period (day, week, month or year), from the period that is asked for and not from the
start of the series, so a task that was completed years late costs no more than another. python-dateutil, whose answers
the tests compare with these, cannot be told to give up: a rule that never occurs keeps it busy until the year 9999.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from headway.modules.tasks.domain.limits import LAST_YEAR
from headway.modules.tasks.domain.recurrence.rule import Frequency, Rule

MAX_EMPTY_PERIODS: Final = {
    Frequency.DAILY: 15_000,
    Frequency.WEEKLY: 2_200,
    Frequency.MONTHLY: 500,
    Frequency.YEARLY: 42,
}
"""So many periods in a row without a day end the search: the 28 years after which weekdays and leap years come again,
which any INTERVAL goes through in as many steps or fewer, and 12 for the leap day that 2100 lacks."""

_LAST: Final = date(LAST_YEAR, 12, 31)


def days_after(rule: Rule, start: date, after: date) -> Iterator[date]:
    """The days later than `after` of the series from `start` on, in order; `after` may be the day before `start`.

    `start` gives what the rule leaves open (the phase of INTERVAL, the weekday, the day of the month) and is not itself
    a day of the series unless the rule says so. COUNT and UNTIL are left to the caller. Ends with the year 2200.
    """
    first = _period_of(rule, start)
    skipped = max(0, (_period_of(rule, after) - first) // rule.interval)
    period = first + skipped * rule.interval
    last = _period_of(rule, _LAST)
    empty = 0
    while period <= last and empty < MAX_EMPTY_PERIODS[rule.frequency]:
        empty += 1
        for day in _chosen(rule, _days_in(rule, period, start)):
            if after < day <= _LAST:
                empty = 0
                yield day
        period += rule.interval


def _period_of(rule: Rule, day: date) -> int:
    """The number of the period that `day` lies in: consecutive for consecutive days, weeks, months or years."""
    match rule.frequency:
        case Frequency.DAILY:
            return day.toordinal()
        case Frequency.WEEKLY:
            return (day.toordinal() - 1 - rule.week_start) // 7
        case Frequency.MONTHLY:
            return day.year * 12 + day.month - 1
        case Frequency.YEARLY:
            return day.year


def _days_in(rule: Rule, period: int, start: date) -> list[date]:
    """The days that the rule names in a period, in order."""
    match rule.frequency:
        case Frequency.DAILY:
            day = date.fromordinal(period)
            return [day] if _allowed(rule, day) else []
        case Frequency.WEEKLY:
            return _days_in_week(rule, date.fromordinal(period * 7 + 1 + rule.week_start), start)
        case Frequency.MONTHLY:
            year, month = divmod(period, 12)
            return _days_in_month(rule, year, month + 1, start)
        case Frequency.YEARLY:
            return _days_in_year(rule, period, start)


def _allowed(rule: Rule, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_day and all(named.weekday != day.weekday() for named in rule.by_day):
        return False
    return not rule.by_month_day or day.day in _month_days(rule, day.year, day.month)


def _days_in_week(rule: Rule, first: date, start: date) -> list[date]:
    weekdays = {named.weekday for named in rule.by_day} or {start.weekday()}
    week = (first + timedelta(days=number) for number in range(7))
    return [day for day in week if day.weekday() in weekdays and (not rule.by_month or day.month in rule.by_month)]


def _days_in_month(rule: Rule, year: int, month: int, start: date) -> list[date]:
    if rule.by_month and month not in rule.by_month:
        return []
    length = monthrange(year, month)[1]
    if not rule.by_month_day and not rule.by_day:
        return [date(year, month, start.day)] if start.day <= length else []
    days = _month_days(rule, year, month) if rule.by_month_day else set(range(1, length + 1))
    if rule.by_day:
        days &= {day.day for day in _weekdays(rule, date(year, month, 1), length)}
    return [date(year, month, day) for day in sorted(days)]


def _days_in_year(rule: Rule, year: int, start: date) -> list[date]:
    if rule.by_day and not rule.by_month:
        days = _weekdays(rule, date(year, 1, 1), date(year, 12, 31).timetuple().tm_yday)
        return sorted(day for day in days if not rule.by_month_day or day.day in _month_days(rule, year, day.month))
    months = rule.by_month or (range(1, 13) if rule.by_month_day else (start.month,))
    return [day for month in months for day in _days_in_month(rule, year, month, start)]


def _month_days(rule: Rule, year: int, month: int) -> set[int]:
    """The days of a month that BYMONTHDAY names, counted from its end where negative."""
    length = monthrange(year, month)[1]
    days = {day if day > 0 else length + 1 + day for day in rule.by_month_day}
    return {day for day in days if 1 <= day <= length}


def _weekdays(rule: Rule, first: date, length: int) -> set[date]:
    """The days that BYDAY names in a month or year of `length` days from `first` on."""
    found: set[date] = set()
    for named in rule.by_day:
        offsets = range((named.weekday - first.weekday()) % 7, length, 7)
        if named.ordinal:
            offsets = _nth(offsets, named.ordinal)
        found.update(first + timedelta(days=offset) for offset in offsets)
    return found


def _nth(offsets: range, ordinal: int) -> range:
    index = ordinal - 1 if ordinal > 0 else len(offsets) + ordinal
    return offsets[index : index + 1] if index >= 0 else offsets[:0]


def _chosen(rule: Rule, days: list[date]) -> list[date]:
    if not rule.by_set_pos:
        return days
    indexes = {number - 1 if number > 0 else len(days) + number for number in rule.by_set_pos}
    return [day for index, day in enumerate(days) if index in indexes]
