"""Which stretches of a text a search has found, and the piece of a long text that shows them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from headway.platform.search_text import MAX_TOKEN_LENGTH, Term, search_tokens, stands_alone

EXCERPT_LENGTH: Final = 200
_LEAD: Final = 60
_SEARCHED: Final = 20_000
"""Code points of a text that are looked through; what is found further on is shown without a highlight."""
_SEARCHED_SLOWLY: Final = 4_000
"""The same of a text that is not plain ASCII: there each costs some 3 microseconds, and a page has 200 texts."""
_ASCII_WORD: Final = re.compile("[A-Za-z0-9]+")

Range = tuple[int, int]
"""Start and end of a stretch, in code points; the end is exclusive."""


class Excerpt(NamedTuple):
    """A piece of a text, and what was found in it."""

    text: str
    ranges: list[Range]


class _Token(NamedTuple):
    token: str
    start: int
    end: int


def highlights(text: str, terms: Sequence[Term]) -> list[Range]:
    """Where the terms stand in a text, in order and without overlaps."""
    tokens = _tokens(text)
    found = sorted({place for term in terms for place in _places(tokens, term)})
    merged: list[Range] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def excerpt(text: str, terms: Sequence[Term]) -> Excerpt:
    """At most 200 code points of a text, from a little before the first find."""
    found = highlights(text, terms)
    start = max(0, found[0][0] - _LEAD) if found else 0
    end = min(len(text), start + EXCERPT_LENGTH)
    return Excerpt(text[start:end], [(a - start, min(b, end) - start) for a, b in found if start <= a < end])


def _tokens(text: str) -> list[_Token]:
    searched = text[:_SEARCHED]
    if searched.isascii():
        words = _ASCII_WORD.finditer(searched)
        return [_Token(word[0][:MAX_TOKEN_LENGTH].lower(), word.start(), word.end()) for word in words]
    return [token for start, end in _words(text[:_SEARCHED_SLOWLY]) for token in _split(text, start, end)]


def _places(tokens: Sequence[_Token], term: Term) -> Iterator[Range]:
    *before, last = term.tokens
    for index in range(len(before), len(tokens)):
        token, _, end = tokens[index]
        if token.startswith(last) if term.prefix else token == last:
            run = tokens[index - len(before) : index + 1]
            if all(each.token == wanted for each, wanted in zip(run, before, strict=False)):
                yield run[0].start, end


def _words(text: str) -> Iterator[Range]:
    """Runs of letters, digits and marks."""
    start = None
    for index, char in enumerate(text):
        inside = char.isalnum() or unicodedata.category(char).startswith("M")
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(text)


def _split(text: str, start: int, end: int) -> Iterator[_Token]:
    """A word as its tokens: itself, or characters one by one where its script puts no spaces between words."""
    for first, last in _pieces(text, start, end):
        for token in search_tokens(text[first:last]):
            yield _Token(token, first, last)


def _pieces(text: str, start: int, end: int) -> Iterator[Range]:
    """Each part of a word is looked at once: somebody may have written a word of 20,000 characters."""
    begun = start
    for index in range(start, end):
        if stands_alone(text[index]):
            if begun < index:
                yield begun, index
            yield index, index + 1
            begun = index + 1
    if begun < end:
        yield begun, end
