"""Which day a phrase means. Days are counted from 1970-01-01, so that they can be added to."""

import calendar as months
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from headway.modules.tasks.domain.limits import LAST_YEAR
from headway.modules.tasks.domain.quickadd.grammar import Value

_EPOCH: Final = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where and when somebody writes; `minutes` since midnight, `week_start` 0 (Sunday) to 6."""

    today: int
    minutes: int
    week_start: int
    month_first: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the minute of it where the phrase says it."""

    day: int
    minutes: int | None = None


def to_date(day: int) -> date:
    """The date that is so many days after 1970-01-01."""
    return date.fromordinal(day + _EPOCH)


def from_date(day: date) -> int:
    """The opposite of `to_date`."""
    return day.toordinal() - _EPOCH


def weekday_of(day: int) -> int:
    """0 Sunday to 6 Saturday."""
    return (day + 4) % 7


def days_in_month(day: int) -> int:
    """How many days the month of that day has."""
    found = to_date(day)
    return months.monthrange(found.year, found.month)[1]


def later(day: int, count: int, unit: str) -> int:
    """So many days, weeks, months, quarters or years later; a month that is too short gives its last day."""
    if unit in {"d", "w"}:
        return day + count * (7 if unit == "w" else 1)
    first = _first_of_month(day, count * {"m": 1, "q": 3, "y": 12}[unit])
    return first + min(to_date(day).day, days_in_month(first)) - 1


def moment_of(action: str, values: Sequence[Value], calendar: Calendar) -> Moment | None:
    """The day that a phrase means on this calendar; None when there is none."""
    found = _ACTIONS[action](calendar, *values)
    moment = Moment(found) if isinstance(found, int) else found
    return moment if moment is not None and to_date(moment.day).year <= LAST_YEAR else None


def _first_of_month(day: int, more: int) -> int:
    """The first of the month that lies so many months after the one of `day`."""
    found = to_date(day)
    years, month = divmod(found.month - 1 + more, 12)
    return from_date(date(found.year + years, month + 1, 1))


def _exact(year: int, month: int, day: int) -> int | None:
    """None when there is no such day."""
    valid = 1 <= month <= 12 and 1 <= day <= months.monthrange(year, month)[1]
    return from_date(date(year, month, day)) if valid else None


def _ahead(calendar: Calendar, year: int | None, month: int, day: int) -> int | None:
    """That day of that year, or of the first year in which it still lies ahead. What has been is no plan."""
    this_year = to_date(calendar.today).year
    years = range(this_year, this_year + 9) if year is None else [2000 + year if year < 100 else year]
    found = (_exact(one, month, day) for one in years)
    return next((one for one in found if one is not None and one >= calendar.today), None)


def _weekday_in(calendar: Calendar, weeks: int, weekday: int) -> int:
    """In the week that lies so many weeks after this one."""
    return _start_of_week(calendar) + 7 * weeks + (weekday - calendar.week_start) % 7


def _start_of_week(calendar: Calendar) -> int:
    return calendar.today - (weekday_of(calendar.today) - calendar.week_start) % 7


def _coming(calendar: Calendar, weekday: int, first: int) -> int:
    """The next such weekday, `first` days from now or later."""
    start = calendar.today + first
    return start + (weekday - weekday_of(start)) % 7


def _start_of_next(calendar: Calendar, unit: str) -> int:
    if unit == "w":
        return _start_of_week(calendar) + 7
    passed = to_date(calendar.today).month - 1
    return _first_of_month(calendar.today, {"m": 1, "q": 3 - passed % 3, "y": 12 - passed}[unit])


def _in_month(calendar: Calendar, part: int, month: int, year: int | None = None) -> int | None:
    if part != -1:
        return _ahead(calendar, year, month, part)
    this_year = to_date(calendar.today).year
    years = [this_year, this_year + 1] if year is None else [year]
    found = (from_date(date(one, month, months.monthrange(one, month)[1])) for one in years)
    return next((one for one in found if one >= calendar.today), None)


def _day_of_month(calendar: Calendar, day: int) -> int | None:
    for month in range(12):
        first = _first_of_month(calendar.today, month)
        if first + day - 1 >= calendar.today and day <= days_in_month(first):
            return first + day - 1
    return None


def _soon(calendar: Calendar, count: int, unit: int) -> Moment:
    days, minutes = divmod(calendar.minutes + count * unit, 1440)
    return Moment(calendar.today + days, minutes)


def _weekend(calendar: Calendar) -> int:
    return calendar.today if weekday_of(calendar.today) == 0 else _coming(calendar, 6, 0)


def _end_of(calendar: Calendar, unit: str) -> int:
    return _coming(calendar, 5, 0) if unit == "w" else _start_of_next(calendar, unit) - 1


def _in_next_period(calendar: Calendar, part: int, unit: str) -> int:
    """Its first day, a day about its middle, or its last; of a week Monday, Wednesday or Friday."""
    if unit == "w":
        return _weekday_in(calendar, 1, {1: 1, 15: 3}.get(part, 5))
    start = _start_of_next(calendar, unit)
    if part == -1:
        return later(start, 1, unit) - 1
    return start if part == 1 else _middle(start, unit)


def _middle(start: int, unit: str) -> int:
    months = {"m": 0, "q": 1, "y": 6}[unit]
    return _first_of_month(start, months) + (0 if unit == "y" else 14)


def _middle_of(calendar: Calendar, unit: str) -> int:
    """Of this week, month, quarter or year, or of the next when it has passed."""
    if unit == "w":
        return _coming(calendar, 3, 0)
    next_start = _start_of_next(calendar, unit)
    middle = _middle(later(next_start, -1, unit), unit)
    return middle if middle >= calendar.today else _middle(next_start, unit)


def _month(calendar: Calendar, month: int, year: int | None = None) -> int | None:
    """Its first day, or today while it lasts."""
    today = to_date(calendar.today)
    if month == today.month and year in {None, today.year}:
        return calendar.today
    return _ahead(calendar, year, month, 1)


def _workdays_after(calendar: Calendar, count: int = 1) -> int:
    day = calendar.today
    while count > 0:
        day += 1
        count -= weekday_of(day) not in {0, 6}
    return day


def _slash(calendar: Calendar, a: int, b: int, year: int | None) -> int | None:
    return _ahead(calendar, year, a, b) if calendar.month_first else _ahead(calendar, year, b, a)


_ACTIONS: Final[Mapping[str, Callable[..., int | Moment | None]]] = {
    "relative": lambda calendar, days: calendar.today + days,
    "todayAt": lambda calendar, hour: Moment(calendar.today, hour * 60),
    "after": lambda calendar, count, unit: later(calendar.today, count, unit),
    "relativeAfter": lambda calendar, days, count, unit: later(calendar.today + days, count, unit),
    "soon": _soon,
    "soonMinutes": lambda calendar, minutes: _soon(calendar, minutes, 1),
    "workdaysAfter": _workdays_after,
    "afterWeekday": lambda calendar, count, unit, weekday: later(_coming(calendar, weekday, 1), count, unit),
    "weekday": lambda calendar, weekday: _coming(calendar, weekday, 1),
    "weekdayAt": lambda calendar, weekday, hour: Moment(_coming(calendar, weekday, 1), hour * 60),
    "weekdayThis": lambda calendar, weekday: _coming(calendar, weekday, 0),
    "weekdayNext": lambda calendar, weekday: _weekday_in(calendar, 1, weekday),
    "weekdayAfter": lambda calendar, weekday, count, unit: (
        _weekday_in(calendar, count, weekday) if unit == "w" else None
    ),
    "nextPeriod": _start_of_next,
    "weekend": _weekend,
    "nextWeekend": lambda calendar: _weekday_in(calendar, 1, 6),
    "endOf": _end_of,
    "inNextPeriod": _in_next_period,
    "middleOf": _middle_of,
    "month": _month,
    "inMonth": _in_month,
    "ymd": _ahead,
    "dmy": lambda calendar, day, month, year=None: _ahead(calendar, year, month, day),
    "mdy": lambda calendar, month, day, year=None: _ahead(calendar, year, month, day),
    "slash": _slash,
    "dayOfMonth": _day_of_month,
}
