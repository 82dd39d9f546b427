"""The secret of an invitation's link: derived from the installation's key, so that nothing of it need be kept.

A token is 64 characters of base64url: the workspace's id, the invitation's id, and the first 16 bytes of an HMAC-SHA256
over both and the number of the link. A new link has a new number, which ends the former.
"""

import base64
import binascii
import hmac
from typing import Final, NamedTuple

from headway.platform.ids import id_from_bytes, id_to_bytes

_PURPOSE: Final = b"headway workspace invitation\0"
_MAC_BYTES: Final = 16
_TOKEN_BYTES: Final = 32 + _MAC_BYTES


class Named(NamedTuple):
    """What a token names; whether it may be believed is another question."""

    workspace_id: str
    invitation_id: str


def token_of(secret: bytes, workspace_id: str, invitation_id: str, link: int) -> str:
    """The token of an invitation's link."""
    named = id_to_bytes(workspace_id) + id_to_bytes(invitation_id)
    return base64.urlsafe_b64encode(named + _mac(secret, named, link)).decode()


def named_by(token: str) -> Named | None:
    """The workspace and the invitation that a token names; None when it is no token."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    if len(raw) != _TOKEN_BYTES:
        return None
    return Named(id_from_bytes(raw[:16]), id_from_bytes(raw[16:32]))


def is_genuine(secret: bytes, token: str, link: int) -> bool:
    """Whether a token that names an invitation is that of its link of this number; takes the same time if not."""
    named = named_by(token)
    if named is None:
        return False
    return hmac.compare_digest(token_of(secret, *named, link), token)


def _mac(secret: bytes, named: bytes, link: int) -> bytes:
    return hmac.digest(secret, _PURPOSE + named + link.to_bytes(8, "big"), "sha256")[:_MAC_BYTES]
