"""Which time of day phrases mean, in minutes since midnight."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from headway.modules.tasks.domain.quickadd.grammar import Value
from headway.modules.tasks.domain.quickadd.phrases import Phrase

_NOON: Final = 720


def time_phrases(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The last part of a day ("in the morning") and the last time by the clock."""
    times = [phrase for phrase in phrases if phrase.rule.kind == "time"]
    part = next((phrase for phrase in reversed(times) if _is_part(phrase)), None)
    clock = next((phrase for phrase in reversed(times) if not _is_part(phrase)), None)
    return [phrase for phrase in times if phrase is part or phrase is clock]


def minutes_of(times: Sequence[Phrase], implied: int | None) -> int | None:
    """`implied` is the part of the day that another phrase spoke of, as "tonight" does."""
    part = next((phrase for phrase in times if _is_part(phrase)), None)
    about = _number(part.values[0]) * 60 if part else implied
    clock = next((phrase for phrase in times if not _is_part(phrase)), None)
    return _by_the_clock(clock, about) if clock else about


def length_of(times: Sequence[Phrase]) -> int | None:
    """How many minutes lie between the two times that the clock says, as in "9-10am"."""
    clock = next((phrase for phrase in times if phrase.rule.action in _RANGES), None)
    if clock is None:
        return None
    start, end = _RANGES[clock.rule.action](clock)
    return (end - start) % (2 * _NOON) or None


def _between24(phrase: Phrase) -> tuple[int, int]:
    hour, minute, last_hour, last_minute = map(_number, phrase.values)
    return hour * 60 + minute, last_hour * 60 + last_minute


def _between12(phrase: Phrase) -> tuple[int, int]:
    """Where the first time does not say its half, it is the last one before the second."""
    hour, minute, half, last_hour, last_minute, last_half = phrase.values
    end = _half_of_day(last_hour, last_minute, last_half)
    start = _half_of_day(hour, minute, half or last_half)
    return (start - _NOON if half is None and start >= end else start) % (2 * _NOON), end


def _half_of_day(hour: Value, minute: Value, half: Value) -> int:
    return (_number(hour) * 60 + _number(minute)) % _NOON + (_NOON if str(half).startswith("p") else 0)


_RANGES: Final[Mapping[str, Callable[[Phrase], tuple[int, int]]]] = {"range24": _between24, "range12": _between12}


def _is_part(phrase: Phrase) -> bool:
    return phrase.rule.action == "part"


def _by_the_clock(phrase: Phrase, about: int | None) -> int:
    if phrase.rule.action == "offset":
        return _beside_the_hour(phrase, about)
    if phrase.rule.action in _RANGES:
        return _RANGES[phrase.rule.action](phrase)[0]
    hour, minute, half = (*phrase.values, None, None)[:3]
    if phrase.rule.action == "clock12":
        return _half_of_day(hour, minute, half)
    minutes = _number(hour) * 60 + _number(minute)
    return minutes + _later_half(minutes, about) if phrase.rule.action == "bareHour" else minutes


def _beside_the_hour(phrase: Phrase, about: int | None) -> int:
    """ "half past three"; in German "halb vier"."""
    offset, hour = phrase.values
    minutes = _number(hour) * 60 + _number(offset)
    minutes += _NOON if minutes < 60 else 0
    return (minutes + _later_half(minutes, about)) % (2 * _NOON)


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _later_half(minutes: int, about: int | None) -> int:
    """ "at 5" is in the afternoon, "at 8" in the morning, unless it is said which."""
    afternoon = 60 <= minutes < 420 if about is None else about >= _NOON
    return _NOON if afternoon and minutes < _NOON else 0
