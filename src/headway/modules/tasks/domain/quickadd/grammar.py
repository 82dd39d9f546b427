"""The phrases of quick add as regular expressions, made of the words that the web client reads too (grammar.json).

`words`: what they mean, by language; German knows the English ones, too. A list of names is their union.
`parts`: pieces of patterns without a meaning of their own.
`phrases`: `[kind, where, action, pattern]`; in a pattern `{x}` is a word with its meaning, `{=x}` a word or a part, and
`{?x}` a word that may stand before, as "until" before "Friday". `where` a phrase is understood:

- `""` anywhere; `name` where it does not look like one ("Watch Tomorrow Never Dies")
- `end` at the end, beside another phrase or after a word like "on"; `marked` the same, but not at the end
- `marker` after such a word only; `last` after such a word and at the end or beside another phrase
- `near` right after another phrase; `repeat` right after what belongs to a repetition

`stops`: no day or time follows them. `joins`: two days or times with such a word between them are not understood.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Language = Literal["en", "de"]
RuleKind = Literal["day", "time", "repeat", "limit"]
Value = str | int | None
Words = Mapping[str, Mapping[str, Value]]
"""The words of each list, with their meaning."""

_PIECE: Final = re.compile(r"\{([?=]?)([a-z]\w*)\}|\((?!\?)")
_END: Final = "(?=[,;:.!?)]*(?: |$))"
"""Nothing but punctuation may stand between a phrase and the next blank."""
_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_BLANKS: Final = re.compile(" +")


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase; of each group of its pattern, `groups` has the list of words that gives its meaning, if any does."""

    kind: RuleKind
    where: str
    action: str
    pattern: re.Pattern[str]
    groups: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of a language; `any` fits wherever one of them does, since most words begin none."""

    rules: tuple[Rule, ...]
    any: re.Pattern[str]
    stops: frozenset[str]
    joins: frozenset[str]
    words: Words

    def meaning(self, name: str | None, word: str | None) -> Value:
        """What a word of that list means; a number means itself, and a text without a list is its own meaning."""
        if word is None:
            return None
        known = self.words[name].get(_BLANKS.sub(" ", word)) if name else None
        if known is not None:
            return known
        if word.isascii() and word.isdigit():
            return int(word)
        return None if name else word


def grammar_of(locale: str) -> Grammar:
    """The grammar for people of that locale."""
    return _compiled("de" if re.match(r"de\b", locale, re.IGNORECASE) else "en")


@dataclass(frozen=True, slots=True)
class _Source:
    """`grammar.json`, for one language."""

    language: Language
    words: Words
    parts: Mapping[str, Mapping[str, str]]

    def spoken(self) -> tuple[str, ...]:
        return ("en", "de") if self.language == "de" else ("en",)

    def alternatives(self, name: str) -> str:
        """What stands in a pattern for a list of words or a part."""
        if name in self.words:
            return "|".join(self.words[name]).replace(".", "\\.")
        parts = "|".join(self.parts[one][name] for one in (*self.spoken(), "all") if name in self.parts[one])
        return _PIECE.sub(lambda piece: f"(?:{self.alternatives(piece[2])})" if piece[1] else piece[0], parts)

    def rule(self, kind: RuleKind, where: str, action: str, phrase: str) -> Rule:
        groups: list[str | None] = []

        def expanded(piece: re.Match[str]) -> str:
            if piece[1] == "=":
                return f"(?:{self.alternatives(piece[2])})"
            groups.append(piece[2])
            if piece[0] == "(":
                return "("
            return f"(?:({self.alternatives(piece[2])}) )?" if piece[1] else f"({self.alternatives(piece[2])})"

        pattern = _PIECE.sub(expanded, phrase).replace(" ?", " *")
        pattern = re.sub(r" (?!\*)", " +", pattern)  # people may type more than one blank
        return Rule(kind, where, action, re.compile(pattern + _END), tuple(groups))


@cache
def _compiled(language: Language) -> Grammar:
    data = json.loads(files(__package__).joinpath("grammar.json").read_text("utf-8"))
    spoken = ("en", "de") if language == "de" else ("en",)
    words = {name: dict(_words(data["words"], name, spoken)) for name in data["words"]}
    source = _Source(language, words, data["parts"])
    rules = tuple(source.rule(*phrase) for one in (language, "all") for phrase in data["phrases"][one])
    return Grammar(
        rules,
        re.compile("|".join(rule.pattern.pattern for rule in rules)),
        frozenset(word for one in spoken for word in data["stops"][one].split()),
        frozenset(word for one in spoken for word in data["joins"][one].split()),
        words,
    )


def _words(
    lists: Mapping[str, Mapping[str, Mapping[str, Value]] | list[str]], name: str, spoken: tuple[str, ...]
) -> Iterator[tuple[str, Value]]:
    """Every word of a list with its meaning; `ä` may be written `ae`."""
    entry = lists[name]
    if isinstance(entry, list):
        for one in entry:
            yield from _words(lists, one, spoken)
        return
    for language in spoken:
        for keys, value in entry[language].items():
            for word in keys.split("|"):
                yield word, value
                yield word.translate(_PLAIN), value
