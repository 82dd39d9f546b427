"""Which repetition a phrase means: the part of RFC 5545 that people say, or days after completion."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headway.modules.tasks.domain.quickadd.days import days_in_month, to_date, weekday_of
from headway.modules.tasks.domain.quickadd.grammar import Grammar, Value
from headway.modules.tasks.domain.recurrence.rule import DAY_LENGTHS, MAX_INTERVAL
from headway.modules.tasks.domain.recurrence.series import MAX_DAYS

_NAMES: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_DAYS: Final = {"d": 1, "w": 7, "m": 30, "q": 91, "y": 365}
_SEPARATORS: Final = re.compile("[ ,&]+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rule, or with `after` a number of days after completion; `minutes` since midnight where the phrase says it.

    `weekdays` are 0 (Sunday) to 6; `ordinal` says which of them in a month (1 to 4, -1 the last, 0 every one);
    `month_days` -1 is the last of the month.
    """

    frequency: str = "DAILY"
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    ordinal: int = 0
    month_days: tuple[int, ...] = ()
    month: int = 0
    after: int = 0
    minutes: int | None = None


def repeat_of(action: str, values: Sequence[Value], grammar: Grammar) -> Repeat | None:
    """The repetition that a phrase means; None when a task cannot have it."""
    found = _ACTIONS[action](grammar, *values)
    if found is None or not 1 <= found.interval <= MAX_INTERVAL or found.after > MAX_DAYS:
        return None
    return found if found.after > 0 or action != "afterDone" else None


def rule_text(repeat: Repeat, limit: str) -> str:
    """As RFC 5545 writes it, in the canonical spelling; `limit` is `COUNT=…` or `UNTIL=…`."""
    days = ",".join(f"{repeat.ordinal or ''}{_NAMES[day]}" for day in repeat.weekdays)
    parts = (
        f"FREQ={repeat.frequency}",
        f"INTERVAL={repeat.interval}" if repeat.interval > 1 else "",
        limit,
        f"BYMONTH={repeat.month}" if repeat.month else "",
        f"BYMONTHDAY={','.join(map(str, repeat.month_days))}" if repeat.month_days else "",
        f"BYDAY={days}" if days else "",
    )
    return ";".join(part for part in parts if part)


def first_day(repeat: Repeat, start: int) -> int:
    """The first day of the repetition that is not before `start`."""
    day = start
    while not _fits(repeat, day):
        day += 1
    return day


def _fits(repeat: Repeat, day: int) -> bool:
    found, length = to_date(day), days_in_month(day)
    if repeat.month and repeat.month != found.month:
        return False
    if repeat.month_days and found.day not in {day if day > 0 else length for day in repeat.month_days}:
        return False
    if repeat.weekdays and weekday_of(day) not in repeat.weekdays:
        return False
    if repeat.ordinal < 0:
        return found.day + 7 > length
    return repeat.ordinal in {0, (found.day + 6) // 7}


def _every(unit: str, count: int) -> Repeat:
    interval = count * 3 if unit == "q" else count
    frequency = {"d": "DAILY", "m": "MONTHLY", "q": "MONTHLY", "y": "YEARLY"}.get(unit, "WEEKLY")
    return Repeat(frequency, interval, {"k": (1, 2, 3, 4, 5), "e": (6,)}.get(unit, ()))


def _every_or_after(grammar: Grammar, bang: str | None, count: int | None, unit: str, done: str | None) -> Repeat:
    number = 1 if count is None else count
    if not bang and not done:
        return _every(unit, number)
    return _after_done(grammar, number, unit)


def _after_done(_: Grammar, count: int, unit: str) -> Repeat:
    return Repeat(after=count * _DAYS[unit])


def _every_days(grammar: Grammar, interval: int | str | None, days: str) -> Repeat:
    known = {grammar.meaning("wdlisted", word) for word in _SEPARATORS.split(days)}
    weekdays = tuple(day for day in (1, 2, 3, 4, 5, 6, 0) if day in known)
    return Repeat("WEEKLY", 1 if interval in {None, ""} else int(interval or 0), weekdays)


def _numbers(days: str) -> tuple[int, ...]:
    return tuple(sorted({int(day) for day in re.findall("[0-9]+", days)}))


def _every_range(_: Grammar, first: int, last: int) -> Repeat:
    """From one weekday to another, over the end of the week if need be."""
    length = (last - first) % 7
    return Repeat("WEEKLY", weekdays=tuple(day for day in (1, 2, 3, 4, 5, 6, 0) if (day - first) % 7 <= length))


def _yearly(month: int, day: int) -> Repeat | None:
    return Repeat("YEARLY", month=month, month_days=(day,)) if day <= DAY_LENGTHS[month - 1] else None


_ACTIONS: Final[Mapping[str, Callable[..., Repeat | None]]] = {
    "every": _every_or_after,
    "afterDone": _after_done,
    "everyDays": _every_days,
    "everyWeeksOn": _every_days,
    "everyRange": _every_range,
    "everyDayAt": lambda _, weekday, hour: Repeat("WEEKLY", weekdays=(weekday,), minutes=hour * 60),
    "nthWeekday": lambda _, ordinal, weekday: Repeat("MONTHLY", ordinal=ordinal, weekdays=(weekday,)),
    "monthDay": lambda _, day: Repeat("MONTHLY", month_days=(day,)),
    "monthDays": lambda _, days: Repeat("MONTHLY", month_days=_numbers(days)),
    "monthsDay": lambda _, interval, day: Repeat("MONTHLY", interval, month_days=(day,)),
    "lastDay": lambda _: Repeat("MONTHLY", month_days=(-1,)),
    "yearDay": lambda _, day, month: _yearly(month, day),
    "yearDate": lambda _, month, day: _yearly(month, day),
    "fixed": lambda _, code: _every(code[0], int(code[1:])),
    "everyPart": lambda _, hour: Repeat(minutes=hour * 60),
}
