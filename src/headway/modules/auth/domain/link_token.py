"""Tokens in links that are sent or handed over: whose it is, and 256 random bits."""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from headway.platform.ids import id_from_bytes, id_to_bytes

_OWNER_BYTES: Final = 16
_SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class LinkToken:
    """Whose link it is (a person, or the id of an invitation), and what is kept of its token."""

    owner_id: str
    hash: str


def new_token(owner_id: str) -> str:
    """A token that was never given before."""
    raw = id_to_bytes(owner_id) + secrets.token_bytes(_SECRET_BYTES)
    return base64.urlsafe_b64encode(raw).decode()


def derived(key: bytes, owner_id: str, salt: str) -> str:
    """A token that only the holder of the key can make, and can make again."""
    raw = id_to_bytes(owner_id) + hmac.digest(key, f"{owner_id} {salt}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(raw).decode()


def parse(text: str) -> LinkToken | None:
    """The token; None when the text can be none."""
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _OWNER_BYTES + _SECRET_BYTES:
        return None
    return LinkToken(id_from_bytes(raw[:_OWNER_BYTES]), hash_of(text))


def hash_of(text: str) -> str:
    """What is kept: with 256 random bits a plain SHA-256 cannot be turned back."""
    return hashlib.sha256(text.encode()).hexdigest()
