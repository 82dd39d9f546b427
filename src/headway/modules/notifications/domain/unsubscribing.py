"""The secret in a mail's unsubscribe link: derived from the installation's key, so that nothing of it need be kept.

A token is 43 characters of base64url: a person's id and the first 16 bytes of an HMAC-SHA256 over it. It is good for
one thing only, to get less mail, and so it never expires.
"""

import base64
import binascii
import hmac
from typing import Final

from headway.platform.ids import id_from_bytes, id_to_bytes

_PURPOSE: Final = b"headway unsubscribe\0"
_BYTES: Final = 16


def token_of(secret: bytes, user_id: str) -> str:
    """A person's token."""
    named = id_to_bytes(user_id)
    return base64.urlsafe_b64encode(named + _mac(secret, named)).decode().rstrip("=")


def person_of(secret: bytes, token: str) -> str | None:
    """Whose token it is; None when it is nobody's."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"=", altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    if len(raw) != 2 * _BYTES or not hmac.compare_digest(raw[_BYTES:], _mac(secret, raw[:_BYTES])):
        return None
    return id_from_bytes(raw[:_BYTES])


def _mac(secret: bytes, named: bytes) -> bytes:
    return hmac.digest(secret, _PURPOSE + named, "sha256")[:_BYTES]
