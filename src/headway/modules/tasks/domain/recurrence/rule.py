"""The part of RFC 5545 section 3.3.10 that tasks use, read strictly: rules that repeat by day, week, month or year."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from headway.modules.tasks.domain.errors import BadValue
from headway.modules.tasks.domain.limits import FIRST_YEAR, LAST_YEAR, RULE_LENGTH

FIELD: Final = "recurrence.rule"
MAX_COUNT: Final = 1_000
MAX_INTERVAL: Final = 999

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The most days that each month has."""
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,4}")
_DAY: Final = re.compile(rf"([+-]?[0-9]{{1,2}})?({'|'.join(WEEKDAYS)})")
_UNTIL: Final = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")


class Frequency(StrEnum):
    """The period that a rule repeats by."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A weekday (0 is Monday): every one of its period when `ordinal` is 0, else the n-th from its start or end."""

    weekday: int
    ordinal: int = 0

    def __str__(self) -> str:
        return f"{self.ordinal or ''}{WEEKDAYS[self.weekday]}"


@dataclass(frozen=True, slots=True)
class Until:
    """The last moment at which an occurrence may be: all of a day when `at` is None, in UTC when `utc`."""

    day: date
    at: time | None = None
    utc: bool = False

    def __str__(self) -> str:
        clock = f"T{self.at:%H%M%S}{'Z' if self.utc else ''}" if self.at is not None else ""
        return f"{self.day.year:04}{self.day:%m%d}{clock}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as `parse_rule` made it; its `str` is the rule in a canonical spelling. The tuples are sorted."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: Until | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[Day, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0

    def __str__(self) -> str:
        parts: list[tuple[str, object]] = [("FREQ", self.frequency.value)]
        parts += [("INTERVAL", self.interval)] if self.interval != 1 else []
        parts += [("COUNT", self.count)] if self.count is not None else []
        parts += [("UNTIL", self.until)] if self.until is not None else []
        lists = (
            ("BYMONTH", self.by_month),
            ("BYMONTHDAY", self.by_month_day),
            ("BYDAY", self.by_day),
            ("BYSETPOS", self.by_set_pos),
        )
        parts += [(name, ",".join(map(str, values))) for name, values in lists if values]
        parts += [("WKST", WEEKDAYS[self.week_start])] if self.week_start else []
        return ";".join(f"{name}={value}" for name, value in parts)


def parse_rule(text: str) -> Rule:
    """The rule that `text` spells, as `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH`; `RRULE:` may stand before it.

    Raises `BadValue` for the field recurrence.rule, with a message that names the part that is wrong.
    """
    if len(text) > RULE_LENGTH:
        raise BadValue(FIELD, "too_long", f"A recurrence rule has at most {RULE_LENGTH} characters.")
    parts = _parts(text.strip().upper().removeprefix("RRULE:"))
    draft = _Draft()
    for name, value in parts.items():
        _READERS[name](draft, value)
    if draft.frequency is None:
        raise _bad("FREQ is missing: DAILY, WEEKLY, MONTHLY or YEARLY.", "required")
    rule = Rule(
        draft.frequency,
        draft.interval,
        draft.count,
        draft.until,
        tuple(sorted(draft.by_month)),
        tuple(sorted(draft.by_month_day)),
        tuple(sorted(draft.by_day)),
        tuple(sorted(draft.by_set_pos)),
        draft.week_start,
    )
    _check_combination(rule)
    return rule


@dataclass(slots=True)
class _Draft:
    """The parts that have been read so far."""

    frequency: Frequency | None = None
    interval: int = 1
    count: int | None = None
    until: Until | None = None
    by_month: set[int] = field(default_factory=set)
    by_month_day: set[int] = field(default_factory=set)
    by_day: set[Day] = field(default_factory=set)
    by_set_pos: set[int] = field(default_factory=set)
    week_start: int = 0


def _bad(message: str, code: str = "bad_rule") -> BadValue:
    return BadValue(FIELD, code, message)


def _parts(text: str) -> dict[str, str]:
    if "DTSTART" in text or "\n" in text:
        raise _bad("A rule is one line without DTSTART: the series starts at the due date.", "unsupported")
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise _bad("A rule is a list like FREQ=WEEKLY;BYDAY=MO,TH.")
        if name not in _READERS:
            raise _bad(f"{_shown(name)} is not supported in a recurrence rule.", "unsupported")
        if name in parts:
            raise _bad(f"{name} is given twice.")
        parts[name] = value
    return parts


def _shown(text: str) -> str:
    """Foreign text, fit for a message."""
    return "".join(char for char in text if char.isascii() and char.isprintable())[:20] or "An unnamed part"


def _read_frequency(draft: _Draft, value: str) -> None:
    if value not in Frequency.__members__:
        code = "unsupported" if value in {"SECONDLY", "MINUTELY", "HOURLY"} else "bad_rule"
        raise _bad("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.", code)
    draft.frequency = Frequency(value)


def _read_interval(draft: _Draft, value: str) -> None:
    draft.interval = _number("INTERVAL", value, 1, MAX_INTERVAL)


def _read_count(draft: _Draft, value: str) -> None:
    draft.count = _number("COUNT", value, 1, MAX_COUNT)


def _read_until(draft: _Draft, value: str) -> None:
    match = _UNTIL.fullmatch(value)
    try:
        if match is None:
            raise ValueError
        day = datetime.strptime(match[1] + "+0000", "%Y%m%d%z").date()
        at = time(int(match[2][:2]), int(match[2][2:4]), int(match[2][4:])) if match[2] else None
    except ValueError as error:
        raise _bad("UNTIL is a day like 20261231 or a moment like 20261231T225959Z.") from error
    if day.year < FIRST_YEAR:
        raise _bad(f"UNTIL lies before {FIRST_YEAR}.")
    if day.year <= LAST_YEAR:  # every series ends with that year
        draft.until = Until(day, at, bool(match[3]))


def _read_months(draft: _Draft, value: str) -> None:
    draft.by_month = {_number("BYMONTH", item, 1, 12) for item in value.split(",")}


def _read_month_days(draft: _Draft, value: str) -> None:
    draft.by_month_day = {_number("BYMONTHDAY", item, -31, 31) for item in value.split(",")}


def _read_days(draft: _Draft, value: str) -> None:
    for item in value.split(","):
        match = _DAY.fullmatch(item)
        ordinal = int(match[1]) if match and match[1] else None
        if match is None or ordinal == 0 or abs(ordinal or 0) > 53:
            raise _bad("BYDAY is a list of MO, TU, WE, TH, FR, SA, SU, each with a number before it or none, as -1FR.")
        draft.by_day.add(Day(WEEKDAYS.index(match[2]), ordinal or 0))


def _read_set_positions(draft: _Draft, value: str) -> None:
    draft.by_set_pos = {_number("BYSETPOS", item, -366, 366) for item in value.split(",")}


def _read_week_start(draft: _Draft, value: str) -> None:
    if value not in WEEKDAYS:
        raise _bad("WKST is one of MO, TU, WE, TH, FR, SA, SU.")
    draft.week_start = WEEKDAYS.index(value)


_READERS: Final[dict[str, Callable[[_Draft, str], None]]] = {
    "FREQ": _read_frequency,
    "INTERVAL": _read_interval,
    "COUNT": _read_count,
    "UNTIL": _read_until,
    "BYMONTH": _read_months,
    "BYMONTHDAY": _read_month_days,
    "BYDAY": _read_days,
    "BYSETPOS": _read_set_positions,
    "WKST": _read_week_start,
}


def _number(name: str, text: str, low: int, high: int) -> int:
    number = int(text) if _NUMBER.fullmatch(text) else 0
    if number == 0 or not low <= number <= high:
        zero = " but not 0" if low < 0 else ""
        raise _bad(f"{name} takes whole numbers from {low} to {high}{zero}.")
    return number


def _check_combination(rule: Rule) -> None:
    if rule.count is not None and rule.until is not None:
        raise _bad("A rule ends by COUNT or by UNTIL, not by both.")
    if rule.by_set_pos and not (rule.by_month or rule.by_month_day or rule.by_day):
        raise _bad("BYSETPOS needs BYDAY, BYMONTHDAY or BYMONTH beside it.")
    if rule.by_month_day and rule.frequency is Frequency.WEEKLY:
        raise _bad("BYMONTHDAY does not go with FREQ=WEEKLY.")
    _check_ordinals(rule)
    _check_month_days(rule)


def _check_ordinals(rule: Rule) -> None:
    highest = max((abs(day.ordinal) for day in rule.by_day), default=0)
    if highest and rule.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
        raise _bad("A number in BYDAY goes with FREQ=MONTHLY or FREQ=YEARLY only.")
    if highest > 5 and (rule.frequency is Frequency.MONTHLY or rule.by_month):
        raise _bad("A month has at most five of each weekday: the number in BYDAY is from -5 to 5.")


def _check_month_days(rule: Rule) -> None:
    if rule.by_month and rule.by_month_day:
        longest = max(DAY_LENGTHS[month - 1] for month in rule.by_month)
        if all(abs(day) > longest for day in rule.by_month_day):
            raise _bad("No month of BYMONTH has a day of BYMONTHDAY: the task would never come again.", "never")
