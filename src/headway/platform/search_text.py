"""Words for full-text search: one function prepares documents and queries, so that they meet.

Words are compared without case, accents and width (NFKC). Scripts that don't put spaces between words (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) are split into single characters, which a query looks for as a phrase. Every token
is made of letters, digits and marks only, so it can be quoted in any search engine's query language.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from headway.platform.text import has_too_many_marks

MAX_TOKENS: Final = 100_000
MAX_TOKEN_LENGTH: Final = 64
MAX_QUERY_LENGTH: Final = 500
MAX_TERMS: Final = 10
MAX_PHRASE: Final = 32

_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)
_ACCENT: Final = re.compile("[\u0300-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_UNDECOMPOSED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_ASCII_WORD: Final = re.compile(r"[a-z0-9]+")
_QUERY_PART: Final = re.compile(r'"([^"]*)"|([^\s"]+)')
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that must follow one another; with `prefix` the last may be the beginning of a word."""

    tokens: tuple[str, ...]
    prefix: bool


def search_tokens(text: str) -> list[str]:
    """The tokens of a document, in order: at most 100,000, each of at most 64 characters."""
    found: list[str] = []
    for token in _tokens(_folded(text)):
        found.append(token)
        if len(found) == MAX_TOKENS:
            break
    return found


def search_query(text: str) -> list[Term]:
    """The terms of a query, all of which must be found: a phrase for what is in quotes, else a word or its beginning.

    At most 10 terms, of at most 32 tokens, from the first 500 characters. Empty when nothing can be searched for.
    """
    terms: list[Term] = []
    for phrase, word in _QUERY_PART.findall(text[:MAX_QUERY_LENGTH].translate(_QUOTES)):
        tokens = tuple(search_tokens(phrase or word)[:MAX_PHRASE])
        if tokens:
            prefix = bool(word) and not _UNSPACED.fullmatch(tokens[-1])
            terms.append(Term(tokens, prefix))
    return terms[:MAX_TERMS]


def stands_alone(char: str) -> bool:
    """Whether a character belongs to a script without spaces between words, and so is a token by itself."""
    return _UNSPACED.match(char) is not None


def _folded(text: str) -> str:
    """Compatible forms made one, without case and accents; the marks of other scripts stay."""
    if text.isascii():
        return text.lower()
    if has_too_many_marks(text):
        text = "".join(char for char in text if not unicodedata.combining(char))
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_UNDECOMPOSED)
    apart = unicodedata.normalize("NFD", folded)
    plain = _ACCENT.sub(lambda match: "" if unicodedata.combining(match[0]) else match[0], apart)
    return unicodedata.normalize("NFC", plain)


def _tokens(text: str) -> Iterator[str]:
    if text.isascii():
        yield from (word[:MAX_TOKEN_LENGTH] for word in _ASCII_WORD.findall(text))
        return
    start = None
    for index, char in enumerate(text):
        if _UNSPACED.match(char):
            if start is not None:
                yield text[start:index][:MAX_TOKEN_LENGTH]
                start = None
            if _in_word(char):
                yield char
        elif _in_word(char):
            start = index if start is None else start
        elif start is not None:
            yield text[start:index][:MAX_TOKEN_LENGTH]
            start = None
    if start is not None:
        yield text[start:][:MAX_TOKEN_LENGTH]


def _in_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")
