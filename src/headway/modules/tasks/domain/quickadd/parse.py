"""Reads a line: signs first, then phrases of days, times and repetitions; of several that say the same, the last counts
and the others stay in the title.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from headway.modules.tasks.domain.quickadd.days import Calendar, from_date
from headway.modules.tasks.domain.quickadd.grammar import grammar_of
from headway.modules.tasks.domain.quickadd.line import Context, Kind, Line, Span, Token
from headway.modules.tasks.domain.quickadd.phrases import (
    TAKEN,
    TEXT,
    find_phrases,
    fold,
    meant_phrases,
    with_plain_blanks,
)
from headway.modules.tasks.domain.quickadd.settle import Schedule, settle
from headway.modules.tasks.domain.quickadd.signs import find_signs
from headway.modules.tasks.domain.quickadd.title import title_of

_SINGLE: Final[frozenset[Kind]] = frozenset({"project", "priority", "estimate"})
"""Of these a task has one."""


def parse_quick_add(text: str, context: Context) -> Line:
    """The line as it is understood; never an error, since what is not understood is the title."""
    grammar = grammar_of(context.locale)
    plain = with_plain_blanks(text)
    calendar = _calendar_of(context)
    kept = _cover(fold(plain), context.as_text, TEXT)
    signs = find_signs(plain, kept, context, grammar)
    marked = _last_of_each(signs.tokens)
    literal = [*signs.quoted, *_spans(marked, lambda token: token.kind == "literal")]
    known = _spans(marked, lambda token: token.kind not in {"literal", "unknown"})
    covered = _cover(_cover(kept, literal, TEXT), known, TAKEN)
    phrases = meant_phrases(find_phrases(covered, grammar, calendar), plain, covered, grammar)
    schedule = settle(phrases, plain, calendar)
    inside = sorted((*marked, *schedule.tokens), key=lambda token: token.start)
    tokens = tuple(replace(token, text=text[token.start : token.end]) for token in inside)
    return _line(title_of(plain, tokens), tokens, schedule, context.zone)


def _line(title: str, tokens: tuple[Token, ...], schedule: Schedule, zone: str) -> Line:
    def ids(kind: Kind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(token.value) for token in tokens if token.kind == kind))

    again = schedule.recurrence
    recurrence: dict[str, str | int] | None = None
    if again is not None:
        recurrence = {"rule": again, "zone": zone} if isinstance(again, str) else {"after_completion_days": again}
    return Line(
        title,
        tokens,
        next(iter(ids("project")), None),
        ids("person"),
        ids("label"),
        next(iter(ids("priority")), None),
        next((int(estimate) for estimate in ids("estimate")), schedule.minutes),
        schedule.start_date,
        schedule.due_date,
        schedule.due_time,
        zone if schedule.due_time else None,
        recurrence,
    )


def _calendar_of(context: Context) -> Calendar:
    minutes = context.time.hour * 60 + context.time.minute
    month_first = re.fullmatch("en-US", context.locale, re.IGNORECASE) is not None
    return Calendar(from_date(context.today), minutes, context.week_start, month_first)


def _last_of_each(tokens: Sequence[Token]) -> list[Token]:
    last = {token.kind: token for token in tokens}
    return [token for token in tokens if token.kind not in _SINGLE or last[token.kind] is token]


def _spans(tokens: Iterable[Token], wanted: Callable[[Token], bool]) -> list[Span]:
    return [(token.start, token.end) for token in tokens if wanted(token)]


def _cover(folded: str, spans: Sequence[Span], cover: str) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > at and start < len(folded):
            first = max(at, start)
            pieces += [folded[at:first], cover * (min(end, len(folded)) - first)]
            at = end
    return "".join(pieces) + folded[at:]
