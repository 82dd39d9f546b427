"""What msgspec says of a value that does not fit, in words for whoever sent it."""

import re
from typing import Final

_SENTENCES: Final = (
    (r"Expected `str` of length >= (\d+)", r"must have at least \1 characters"),
    (r"Expected `str` of length <= (\d+)", r"may have at most \1 characters"),
    (r"Expected `(?:array|object)` of length >= (\d+)", r"must have at least \1 items"),
    (r"Expected `(?:array|object)` of length <= (\d+)", r"may have at most \1 items"),
    (r"Expected `(?:int|float)` >= (\S+)", r"must be at least \1"),
    (r"Expected `(?:int|float)` <= (\S+)", r"may be at most \1"),
    (r"Expected `str` matching regex .*", "is not written in the form that belongs here; see the API's description"),
    (r"Invalid enum value (.+)", r"\1 is not one of the values that are allowed"),
    (r"Expected `([^`]+)`, got `([^`]+)`", r"must be \1, not \2"),
)
_PATTERNS: Final = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _SENTENCES)


def in_words(reason: str) -> str:
    """A sentence without its subject, which is the field; what is not known here comes as it is."""
    for pattern, words in _PATTERNS:
        if pattern.fullmatch(reason):
            return pattern.sub(words, reason)
    return reason[:1].lower() + reason[1:]
