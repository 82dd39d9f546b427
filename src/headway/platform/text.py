"""Text from outside, made fit to keep, to compare and to search.

Text is kept in Unicode's NFC form, trimmed. What cannot be kept safely is refused with `BadText`; what nobody can see
is left out of single lines: zero width spaces, and the controls of writing direction that could make a name read as
another one (U+202A to U+202E, U+2066 to U+2069). Longer text keeps those, since they end with their paragraph.
"""

import re
import unicodedata
from itertools import groupby
from typing import Final

import idna

MAX_ADDRESS: Final = 254
MAX_MARKS: Final = 30
"""Combining marks in a row: Unicode's Stream-Safe Text Format (UAX 15); more would make normalisation slow."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROL_OR_BREAK: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNSEEN: Final = re.compile("[\u200b\ufeff\u202a-\u202e\u2066-\u2069]")
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LEADING_EMPTY_LINES: Final = re.compile(r"\A(?:[^\S\n]*\n)+")
_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class BadText(ValueError):
    """Text that is refused. `code` is stable; `message` is for people, and the caller says which field it is about."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def clean_line(value: str, limit: int) -> str:
    """A single line such as a name or title, of at most `limit` code points; empty when nothing of it can be seen.

    Raises `BadText` with code surrogate, control, marks or too_long.
    """
    text = _normal(_UNSEEN.sub("", value).strip(" \t\r\n"), limit)
    if _CONTROL_OR_BREAK.search(text):
        raise BadText("control", "A line break or another control character is not allowed here.")
    text = text.strip()
    _check_length(text, limit)
    return "" if all(_is_blank(char) for char in text) else text


def clean_text(value: str, limit: int) -> str:
    """Text of several lines and at most `limit` code points; lines end with \\n, and the first keeps its indentation.

    Raises `BadText` with code surrogate, control, marks or too_long.
    """
    text = _normal(value.replace("\r\n", "\n").replace("\r", "\n"), limit)
    if _CONTROL.search(text):
        raise BadText("control", "A control character is not allowed here.")
    text = _LEADING_EMPTY_LINES.sub("", text).rstrip()
    _check_length(text, limit)
    return text


def check_address(value: str) -> str:
    """A mail address as it is to be shown and written to: trimmed, otherwise as typed.

    Accepts what people have: ASCII letters, digits and the usual marks (RFC 5321's dot-string), and a host name,
    international or not (IDNA 2008), with a dot in it, or localhost. Raises `BadText` with code bad_address.
    """
    address = value.strip()
    _split_address(address)
    return address


def email_key(address: str) -> str:
    """What two spellings of one mail address have in common: lower case, and the host in its ASCII form.

    Never raises: what `check_address` refuses is only put in lower case, so that it equals no address.
    """
    try:
        local, host = _split_address(address.strip())
    except BadText:
        return address.strip().lower()
    return f"{local.lower()}@{host}"


def has_too_many_marks(text: str) -> bool:
    """Whether more than 30 combining marks stand in a row."""
    if text.isascii():
        return False
    runs = groupby(text, key=lambda char: unicodedata.combining(char) != 0)
    return any(marks and sum(1 for _ in run) > MAX_MARKS for marks, run in runs)


def _normal(value: str, limit: int) -> str:
    if len(value) > 4 * limit:  # no composition makes text that much shorter
        raise _too_long(limit)
    if _SURROGATE.search(value):
        raise BadText("surrogate", "The text holds half a character (a lone surrogate).")
    if has_too_many_marks(value):
        raise BadText("marks", f"More than {MAX_MARKS} marks stand on one letter.")
    return unicodedata.normalize("NFC", value)


def _check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise _too_long(limit)


def _too_long(limit: int) -> BadText:
    return BadText("too_long", f"At most {limit} characters are allowed here.")


def _is_blank(char: str) -> bool:
    return char.isspace() or char in _BLANK or unicodedata.category(char) == "Cf"


def _split_address(address: str) -> tuple[str, str]:
    """Local part as typed and host as ASCII."""
    bad = BadText("bad_address", "This is not a mail address such as ann@example.org.")
    if len(address) > MAX_ADDRESS or address.count("@") != 1:
        raise bad
    local, host = address.split("@")
    if len(local) > 64 or not _LOCAL_PART.fullmatch(local):
        raise bad
    try:
        host = idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise bad from error
    last_label = host.rpartition(".")[2]
    if len(local) + 1 + len(host) > MAX_ADDRESS or last_label.isdigit() or ("." not in host and host != "localhost"):
        raise bad
    return local, host
