"""Phrases become the fields of one task: of those that say the same, the last counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from headway.modules.tasks.domain.quickadd.days import Calendar, later, moment_of, to_date
from headway.modules.tasks.domain.quickadd.grammar import Value
from headway.modules.tasks.domain.quickadd.line import Kind, Token
from headway.modules.tasks.domain.quickadd.phrases import Phrase
from headway.modules.tasks.domain.quickadd.repeats import first_day, rule_text
from headway.modules.tasks.domain.quickadd.times import length_of, minutes_of, time_phrases

Part = Literal["start", "due", "limit"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a task starts, is due and comes again, how many minutes it takes, and the tokens that say so."""

    tokens: tuple[Token, ...]
    start_date: str | None
    due_date: str | None
    due_time: str | None
    minutes: int | None
    recurrence: str | int | None


@dataclass(slots=True)
class _Plan:
    """What each phrase is for; a day that has no part stays text. `limit` ends the repetition."""

    repeat: Phrase | None
    times: list[Phrase]
    start: Phrase | None = None
    due: Phrase | None = None
    limit: Phrase | None = None


def settle(phrases: Sequence[Phrase], text: str, calendar: Calendar) -> Schedule:
    """What the phrases of a line mean together."""
    plan = _plan_of(phrases, text)
    minutes = minutes_of(plan.times, _implied(plan))
    due = _due_of(plan, minutes, calendar)
    start = _day_of(plan.start)
    if start is not None and due is not None and start > due:
        plan.start = start = None
    limit = _limit_of(plan, due, calendar)
    repeat = plan.repeat.repeat if plan.repeat else None
    rule = (repeat.after or rule_text(repeat, limit)) if repeat else ""
    time = None if due is None or minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"
    tokens = [
        *_token("start", plan.start, _text(start), text),
        *_token("due", plan.due, _text(due), text),
        *(token for phrase in plan.times if time for token in _token("time", phrase, time, text)),
        *_token("recurrence", plan.repeat, rule, text),
        *_token("until", plan.limit if limit else None, _limit_value(limit), text),
    ]
    length = length_of(plan.times) if time else None
    return Schedule(tuple(tokens), _text(start) or None, _text(due) or None, time, length, rule or None)


def _text(day: int | None) -> str:
    return "" if day is None else to_date(day).isoformat()


def _token(kind: Kind, phrase: Phrase | None, value: str | int, text: str) -> list[Token]:
    return [Token(kind, phrase.start, phrase.end, text[phrase.start : phrase.end], value)] if phrase else []


def _plan_of(phrases: Sequence[Phrase], text: str) -> _Plan:
    repeat = next((phrase for phrase in reversed(phrases) if phrase.rule.kind == "repeat"), None)
    plan = _Plan(repeat, time_phrases(phrases))
    for before, phrase, after in zip([None, *phrases], phrases, [*phrases[1:], None], strict=False):
        match _part_of(phrase, before, after, text, repeat is not None):
            case "start":
                plan.start = phrase
            case "due":
                plan.due = phrase
            case "limit":
                plan.limit = phrase
    return plan


def _part_of(phrase: Phrase, before: Phrase | None, after: Phrase | None, text: str, repeats: bool) -> Part | None:
    """ "from" needs its "to", "to" its "from"; beside a repetition, the one is the first day and the other the last."""
    if phrase.rule.kind == "limit":
        return "limit"
    if phrase.rule.kind != "day":
        return None
    opens = after is not None and _touch(phrase, after, text) and after.marker in {"to", "until"}
    closes = before is not None and _touch(before, phrase, text) and _may_open(before)
    first: Part = "due" if repeats else "start"
    last: Part = "limit" if repeats else "due"
    by_marker: dict[Value, Part | None] = {
        "start": first,
        "from": first if repeats or opens else None,
        "to": last if closes else None,
        "until": last,
    }
    if phrase.marker is None:
        return first if opens and _may_open(phrase) else "due"
    return by_marker.get(phrase.marker, "due")


def _may_open(phrase: Phrase) -> bool:
    """ "from Monday to Friday", and "Monday to Friday"."""
    return phrase.marker == "from" or (phrase.marker is None and phrase.rule.action == "weekday")


def _touch(before: Phrase, after: Phrase, text: str) -> bool:
    return text[before.end : after.start].strip(" ") == ""


def _implied(plan: _Plan) -> int | None:
    """The time that the day or the repetition speaks of."""
    if plan.due and plan.due.moment and plan.due.moment.minutes is not None:
        return plan.due.moment.minutes
    return plan.repeat.repeat.minutes if plan.repeat and plan.repeat.repeat else None


def _day_of(phrase: Phrase | None) -> int | None:
    return phrase.moment.day if phrase and phrase.moment else None


def _due_of(plan: _Plan, minutes: int | None, calendar: Calendar) -> int | None:
    """A day that lies before the start is looked for after it: "from Friday to Tuesday"."""
    passed = minutes is not None and minutes <= calendar.minutes
    soonest = calendar.today + 1 if passed else calendar.today
    day, start = _day_of(plan.due), _day_of(plan.start)
    if plan.due and day is not None and start is not None and day < start:
        moment = moment_of(plan.due.rule.action, plan.due.values, replace(calendar, today=start))
        day = moment.day if moment else day
    if plan.repeat and plan.repeat.repeat:
        first = soonest if day is None else day
        return first if plan.repeat.repeat.after else first_day(plan.repeat.repeat, first)
    if day is not None:
        return day
    return None if minutes is None or start is not None else soonest


def _limit_of(plan: _Plan, due: int | None, calendar: Calendar) -> str:
    """`COUNT=…` or `UNTIL=…`, empty when nothing ends the repetition that could."""
    limit, repeat = plan.limit, plan.repeat.repeat if plan.repeat else None
    if limit is None or repeat is None or repeat.after or due is None:
        return ""
    values = (*limit.values, None)
    match limit.rule.action, values[0], values[1]:
        case "times", int(count), _:
            return f"COUNT={count}" if count else ""
        case "lasting", int(count), str(unit):
            last: int | None = later(due, count, unit) - 1
        case _:
            moment = limit.moment or moment_of("inMonth", [-1, values[0], values[1]], calendar)
            last = moment.day if moment else None
    return f"UNTIL={_text(last).replace('-', '')}" if last is not None and last >= due else ""


_VALUE: Final = len("COUNT=")


def _limit_value(limit: str) -> str | int:
    value = limit[_VALUE:]
    return int(value) if limit.startswith("COUNT") else f"{value[:4]}-{value[4:6]}-{value[6:]}"
