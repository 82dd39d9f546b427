"""The refresh token: names a session and a generation, and proves it by an HMAC, so that no secret is stored.

Each use makes the next generation (RFC 9700, 4.14.2). A token that is used again within the grace time, by another tab
or because an answer was lost, gives the same successor; later it is taken for stolen and ends the session.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from headway.platform.ids import id_from_bytes, id_to_bytes

GRACE: Final = timedelta(seconds=30)
_BODY: Final = struct.Struct(">16s16sQ")
_PROOF_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A session's refresh token of some generation."""

    user_id: str
    session_id: str
    generation: int


def issue(key: bytes, token: RefreshToken) -> str:
    """The token as text; the same every time."""
    body = _BODY.pack(id_to_bytes(token.user_id), id_to_bytes(token.session_id), token.generation)
    return base64.urlsafe_b64encode(body + _proof(key, body)).decode().rstrip("=")


def verify(key: bytes, text: str) -> RefreshToken | None:
    """The token that the text stands for; None when it is none of ours."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, proof = raw[: _BODY.size], raw[_BODY.size :]
    if len(raw) != _BODY.size + _PROOF_BYTES or not hmac.compare_digest(proof, _proof(key, body)):
        return None
    user_id, session_id, generation = _BODY.unpack(body)
    return RefreshToken(id_from_bytes(user_id), id_from_bytes(session_id), generation)


Verdict = Literal["rotate", "repeat", "stolen"]


def judge(generation: int, newest: int, uses: Mapping[int, datetime], now: datetime) -> Verdict:
    """What to do when a token of that generation is used, given when earlier ones were."""
    if generation == newest:
        return "rotate"
    used_at = uses.get(generation)
    return "repeat" if used_at is not None and now - used_at <= GRACE else "stolen"


def _proof(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, hashlib.sha256)
