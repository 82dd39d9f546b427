"""Identifiers: UUIDv7 (RFC 9562), written in 36 lower-case characters and kept in 16 bytes."""

import hashlib
import re
from typing import Final

import uuid_utils

ID_PATTERN: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
NIL_ID: Final = "00000000-0000-0000-0000-000000000000"
LAST_ID: Final = "ffffffff-ffff-ffff-ffff-ffffffffffff"
"""Comes before and after all others."""
_ID = re.compile(ID_PATTERN)


def new_id() -> str:
    """A new time-ordered identifier."""
    return str(uuid_utils.uuid7())


def is_id(text: str) -> bool:
    """Whether `text` is an identifier in canonical form."""
    return _ID.fullmatch(text) is not None


def id_to_bytes(text: str) -> bytes:
    """The 16 bytes of an identifier in canonical form; ValueError when it is none."""
    return bytes.fromhex(text.replace("-", ""))


def id_from_bytes(raw: bytes) -> str:
    """The canonical form of 16 bytes."""
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def derived_id(*parts: str) -> str:
    """The same identifier for the same parts, wherever it is made: version 8 of RFC 9562, from SHA-256."""
    raw = bytearray(hashlib.sha256("\0".join(parts).encode()).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return id_from_bytes(bytes(raw))
