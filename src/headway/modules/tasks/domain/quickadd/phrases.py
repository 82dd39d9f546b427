"""Finds the phrases of the grammar in a text, and leaves alone those that only look like one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headway.modules.tasks.domain.quickadd.days import Calendar, Moment, moment_of
from headway.modules.tasks.domain.quickadd.grammar import Grammar, Rule, Value
from headway.modules.tasks.domain.quickadd.repeats import Repeat, repeat_of

TAKEN: Final = "\x01"
"""Covers a token that was understood."""
TEXT: Final = "\x00"
"""Covers what is meant literally."""

_BLANK: Final = re.compile("[\t\n\v\f\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")
_SMALL: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ", "abcdefghijklmnopqrstuvwxyzäöü")
_BESIDE: Final = re.compile(f"[ ,{TAKEN}]*")
_TO_THE_END: Final = re.compile(f"[ ,;:.!?){TAKEN}]*")


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase at its place; `marker` is what the word before it says (due, until, start, from, to).

    A day has its `moment`, a repetition its `repeat`; `word` is where the last group begins, which may be a name.
    """

    rule: Rule
    start: int
    end: int
    marker: Value
    values: tuple[Value, ...]
    moment: Moment | None
    repeat: Repeat | None
    word: int


def with_plain_blanks(text: str) -> str:
    """Every kind of blank as a plain one; every character stays in its place, here and in `fold`."""
    return _BLANK.sub(" ", text)


def fold(text: str) -> str:
    """In small letters, as patterns read it."""
    return text.translate(_SMALL)


def find_phrases(folded: str, grammar: Grammar, calendar: Calendar) -> list[Phrase]:
    """The longest phrase at each word, from left to right."""
    found: list[Phrase] = []
    at = 0
    while at < len(folded):
        phrase = None if folded[at] == " " else _longest(folded, at, grammar, calendar)
        if phrase is not None:
            found.append(phrase)
        blank = folded.find(" ", at if phrase is None else phrase.end)
        at = len(folded) if blank < 0 else blank + 1
    return found


def _longest(folded: str, at: int, grammar: Grammar, calendar: Calendar) -> Phrase | None:
    best: Phrase | None = None
    if grammar.any.match(folded, at) is None:
        return None
    for rule in grammar.rules:
        match = rule.pattern.match(folded, at)
        if match is not None and match.end() > (at if best is None else best.end):
            best = _understood(rule, match, grammar, calendar) or best
    return best


def _understood(rule: Rule, match: re.Match[str], grammar: Grammar, calendar: Calendar) -> Phrase | None:
    words = match.groups()
    values = [grammar.meaning(name, word) for name, word in zip(rule.groups, words, strict=True)]
    marked = bool(rule.groups) and (rule.groups[0] or "").endswith("mark")
    marker = values.pop(0) if marked else None
    moment = moment_of(rule.action, values, calendar) if rule.kind == "day" else None
    repeat = repeat_of(rule.action, values, grammar) if rule.kind == "repeat" else None
    if (rule.kind == "day" and moment is None) or (rule.kind == "repeat" and repeat is None):
        return None
    word = match.start() + match[0].rfind((words[-1] if words else None) or "")
    return Phrase(rule, match.start(), match.end(), marker, tuple(values), moment, repeat, word)


def meant_phrases(found: Sequence[Phrase], text: str, folded: str, grammar: Grammar) -> list[Phrase]:
    """Those phrases that are meant: `text` as it was typed, `folded` with what is known covered."""
    ends = [*(phrase.start for phrase in found[1:]), len(folded)]
    gaps = [folded[phrase.end : end] for phrase, end in zip(found, ends, strict=False)]
    joined = _joined(found, gaps, grammar)
    likely: set[Phrase] = set()
    at_end = True
    following: Phrase | None = None
    for index in range(len(found) - 1, -1, -1):
        one, gap = found[index], gaps[index]
        at_end = _TO_THE_END.fullmatch(gap) is not None and (following is None or (following in likely and at_end))
        leads = index > 0 and _leads(found[index - 1], gaps[index - 1], folded, grammar)
        beside = leads or (following in likely and _BESIDE.fullmatch(gap) is not None)
        if one not in joined and not _stopped(one, folded, grammar) and _fits_here(one, at_end, beside, text):
            likely.add(one)
        following = one
    return _with_company(found, likely, gaps)


def _joined(found: Sequence[Phrase], gaps: Sequence[str], grammar: Grammar) -> set[Phrase]:
    """Two days or two times between which one cannot choose."""
    joined: set[Phrase] = set()
    for one, following, gap in zip(found, found[1:], gaps, strict=False):
        same = one.rule.kind == following.rule.kind and one.rule.kind in {"day", "time"}
        if same and gap.strip(" ") in grammar.joins:
            joined |= {one, following}
    return joined


def _leads(before: Phrase, gap: str, folded: str, grammar: Grammar) -> bool:
    """Whether what follows stands right after a phrase that is understood by itself."""
    plain = before.rule.where in {"", "name"} or before.marker is not None
    return plain and _BESIDE.fullmatch(gap) is not None and not _stopped(before, folded, grammar)


def _fits_here(phrase: Phrase, at_end: bool, beside: bool, text: str) -> bool:
    marked = phrase.marker is not None
    match phrase.rule.where:
        case "name":
            return not _looks_like_name(phrase, text)
        case "end":
            return not _is_small_short_day(phrase, text) and (marked or at_end or beside)
        case "marked":
            return not _is_small_short_day(phrase, text) and (marked or beside)
        case "marker":
            return marked
        case "last":
            return marked and (at_end or beside)
    return True


def _stopped(phrase: Phrase, folded: str, grammar: Grammar) -> bool:
    """Says something else by the word before it, as in "the Friday meeting"."""
    if phrase.marker is not None or (phrase.rule.kind == "repeat" and phrase.rule.where == ""):
        return False
    before = folded[max(0, phrase.start - 30) : phrase.start].rstrip(" ")
    return before[before.rfind(" ") + 1 :] in grammar.stops


def _looks_like_name(phrase: Phrase, text: str) -> bool:
    """ "Watch Tomorrow Never Dies", and "Morgen" in German, which is the morning unless it begins the text."""
    if not _is_capital(text[phrase.word]) or not text[: phrase.word].strip(" "):
        return False
    if text[phrase.word : phrase.end] == "Morgen":
        return True
    before = text[: phrase.start].rstrip(" ")
    after = text[phrase.end :]
    between = _is_capital(before[before.rfind(" ") + 1 :][:1]) and after.startswith(" ")
    return between and _is_capital(after.lstrip(" ")[:1])


def _is_small_short_day(phrase: Phrase, text: str) -> bool:
    """Whether it is "do" or "so", which are words; Thursday and Sunday are written "Do" and "So"."""
    word = text[phrase.word : phrase.end].replace(".", "")
    return phrase.rule.action == "weekday" and len(word) == 2 and not _is_capital(word[0])


def _is_capital(letter: str) -> bool:
    return letter != "" and unicodedata.category(letter) == "Lu"


def _with_company(found: Sequence[Phrase], likely: set[Phrase], gaps: Sequence[str]) -> list[Phrase]:
    """Drops what needs the phrase before it and does not have it."""
    meant: list[Phrase] = []
    repeating = False
    for index, one in enumerate(found):
        before = found[index - 1] if index > 0 else None
        touches = before is not None and _BESIDE.fullmatch(gaps[index - 1]) is not None
        follows = touches and bool(meant) and meant[-1] is before
        after_time = touches and before is not None and before.rule.kind == "time"
        cut = one.rule.kind == "time" and one.marker == "until" and after_time and not follows
        repeating = (one.rule.kind == "repeat" and one in likely) or (repeating and follows)
        leads = one.rule.action == "bareHour" and _leads_to_day(found, index, likely, gaps)
        alone = (one.rule.where == "near" and not follows and not leads) or (
            one.rule.where == "repeat" and not repeating
        )
        if one in likely and not cut and not alone:
            meant.append(one)
    return meant


def _leads_to_day(found: Sequence[Phrase], index: int, likely: set[Phrase], gaps: Sequence[str]) -> bool:
    """ "at 9 tomorrow" says the time first."""
    after = found[index + 1] if index + 1 < len(found) else None
    is_day = after is not None and after in likely and after.rule.kind == "day"
    return is_day and _BESIDE.fullmatch(gaps[index]) is not None
