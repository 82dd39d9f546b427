"""Personal API tokens: `hwp_`, whose it is, 192 random bits and a checksum, so that leaked ones can be recognized."""

import hashlib
import re
import secrets
import zlib
from dataclasses import dataclass
from typing import Final

from headway.platform.ids import id_from_bytes, id_to_bytes

PREFIX: Final = "hwp_"
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BODY_BYTES: Final = 16 + 24
_BODY_CHARS: Final = 54  # 40 bytes in base 62
_SUM_CHARS: Final = 6
_FORM: Final = re.compile(rf"{PREFIX}(?P<body>[0-9A-Za-z]{{{_BODY_CHARS}}})(?P<sum>[0-9A-Za-z]{{{_SUM_CHARS}}})")


@dataclass(frozen=True, slots=True)
class ApiToken:
    """Whose token it is, and what is kept of it."""

    user_id: str
    hash: str


def new_token(user_id: str) -> str:
    """A token that was never given before."""
    body = _base62(int.from_bytes(id_to_bytes(user_id) + secrets.token_bytes(24)), _BODY_CHARS)
    return PREFIX + body + _checksum(body)


def parse(text: str) -> ApiToken | None:
    """The token; None when the text can be none."""
    found = _FORM.fullmatch(text)
    if found is None or found["sum"] != _checksum(found["body"]):
        return None
    number = 0
    for digit in found["body"]:
        number = number * 62 + _DIGITS.index(digit)
    if number.bit_length() > _BODY_BYTES * 8:
        return None
    return ApiToken(id_from_bytes(number.to_bytes(_BODY_BYTES)[:16]), hash_of(text))


def hash_of(text: str) -> str:
    """What is kept: with 192 random bits a plain SHA-256 cannot be turned back."""
    return hashlib.sha256(text.encode()).hexdigest()


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), _SUM_CHARS)


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
