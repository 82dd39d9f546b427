"""What a sign marks: `#project @person +label !priority ~estimate "literal"`."""

import re
import sys
from dataclasses import dataclass
from typing import Final, Literal

from headway.modules.tasks.domain.limits import ESTIMATE_MINUTES
from headway.modules.tasks.domain.quickadd.grammar import Grammar
from headway.modules.tasks.domain.quickadd.line import Context, Kind, Span, Token
from headway.modules.tasks.domain.quickadd.names import Book

_NAMES: Final[dict[str, Literal["project", "person", "label"]]] = {"#": "project", "@": "person", "+": "label"}
_START: Final = re.compile(r'(?:^|[ (])([#@+!~"“„«»])')
_AFTER: Final = "(?=[,;:.!?)]*(?: |$))"
_PUNCTUATION: Final = ",;:.!?)"
_CLOSING: Final = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«"}
_PRIORITY: Final = re.compile(r"(?:[a-z]{2,10}|[0-9]|!{1,2})(?=[,;:.?)]*(?: |$))")
_ESTIMATE: Final = re.compile(
    r"~([0-9]{1,5})(?:[.,]([0-9]{1,2}))?( ?)([a-z]+)(?:([0-9]{1,2})(?:m|min)?| ([0-9]{1,2}) ?(?:m|min)|)" + _AFTER
)
_HOUR: Final = 60
_UNITS: Final = (
    (re.compile("m|mins?|minutes?|minuten?"), 1),
    (re.compile("h|hrs?|hours?|std|stunden?"), _HOUR),
    (re.compile("d|days?|tage?"), 8 * _HOUR),
    (re.compile("w|weeks?|wochen?"), 40 * _HOUR),
)
_LONGEST_NAME: Final = 8
_SHORTEST_LITERAL: Final = 3
_LONGEST_LITERAL: Final = 500


@dataclass(frozen=True, slots=True)
class Signs:
    """The tokens that signs mark, and quotations that keep their marks, as “these”."""

    tokens: tuple[Token, ...]
    quoted: tuple[Span, ...]


def find_signs(text: str, folded: str, context: Context, grammar: Grammar) -> Signs:
    """`text` has plain blanks, `folded` small letters and that covered which stays text."""
    books = {"#": Book(context.projects), "@": Book(context.people), "+": Book(context.labels)}
    quotations = _Quotations(folded)
    tokens: list[Token] = []
    quoted: list[Span] = []
    match = _START.search(folded)
    while match is not None:
        sign, at = match[1], match.start(1)
        end = match.end()
        if sign in _CLOSING:
            close = quotations.end_of(at)
            if close and sign == '"':
                tokens.append(_token("literal", text, at, close, text[at + 1 : close - 1]))
            elif close:
                quoted.append((at, close))
            end = close or end
        else:
            found = _token_at(text, folded, at, books, grammar)
            tokens += [found] if found else []
            end = found.end if found else end
        match = _START.search(folded, end)
    return Signs(tuple(tokens), tuple(quoted))


def _token_at(text: str, folded: str, at: int, books: dict[str, Book], grammar: Grammar) -> Token | None:
    sign = folded[at]
    if sign in _NAMES:
        return _name_at(text, folded, at, books[sign])
    return _priority_at(text, folded, at, grammar) if sign == "!" else _estimate_at(text, folded, at)


def _token(kind: Kind, text: str, start: int, end: int, value: str | int) -> Token:
    return Token(kind, start, end, text[start:end], value)


class _Quotations:
    """Where quotations end. Each end is looked for once, however many marks stand before it."""

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._ends: dict[str, int] = {}

    def end_of(self, at: int) -> int:
        """The end of the quotation that begins at `at`; 0 when it has none that is near."""
        close = _CLOSING[self._folded[at]]
        end = self._ends.get(close, 0)
        if end < at + _SHORTEST_LITERAL:
            match = re.compile(f"[^ ]{close}{_AFTER}").search(self._folded, at + 1)
            end = self._ends[close] = match.start() + 2 if match else sys.maxsize
        return end if end <= at + _LONGEST_LITERAL else 0


def _name_at(text: str, folded: str, at: int, book: Book) -> Token | None:
    """The longest name that stands there, else the word as an unknown one."""
    ends = _word_ends(folded, at + 1)
    for end in reversed(ends):
        name = text[at + 1 : end]
        for one in (name, name.rstrip(_PUNCTUATION)):
            found = book.find(one)
            if found is not None:
                return _token(_NAMES[text[at]], text, at, at + 1 + len(one), found)
    unknown = text[at + 1 : ends[0]].rstrip(_PUNCTUATION) if ends else ""
    return _token("unknown", text, at, at + 1 + len(unknown), unknown) if unknown[:1].isalpha() else None


def _word_ends(folded: str, start: int) -> list[int]:
    """Where each of the next words ends."""
    ends: list[int] = []
    at = start
    while len(ends) < _LONGEST_NAME and at < len(folded) and folded[at] not in " \0":
        while at < len(folded) and folded[at] not in " \0":
            at += 1
        ends.append(at)
        while at < len(folded) and folded[at] == " ":
            at += 1
    return ends


def _priority_at(text: str, folded: str, at: int, grammar: Grammar) -> Token | None:
    match = _PRIORITY.match(folded[at + 1 : at + 20])
    priority = grammar.meaning("priority", match[0]) if match else None
    return _token("priority", text, at, at + 1 + match.end(), priority) if match and isinstance(priority, str) else None


def _estimate_at(text: str, folded: str, at: int) -> Token | None:
    """A day is eight hours, a week five days."""
    ahead = folded[at : at + 40]
    match = _ESTIMATE.match(ahead)
    if match is None:
        return None
    count, part, gap, unit, joined, apart = match.groups()
    more = joined or apart
    factor = next((minutes for words, minutes in _UNITS if words.fullmatch(unit)), 0)
    if not factor or (gap and len(unit) == 1 and unit != "h") or (more and factor != _HOUR):
        return None
    minutes = int((float(f"{count}.{part or 0}") * factor * 100 + 50) // 100) + int(more or 0)
    return _token("estimate", text, at, at + match.end(), minutes) if 1 <= minutes <= ESTIMATE_MINUTES else None
