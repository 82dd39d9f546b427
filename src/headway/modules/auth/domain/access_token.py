"""The access token: a short-lived JWT (RFC 7519, HS256) that names a person and a session."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import jwt

from headway.platform.ids import is_id

LIFETIME: Final = timedelta(minutes=10)
_ALGORITHM: Final = "HS256"


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What an access token says."""

    user_id: str
    session_id: str
    expires_at: datetime


def issue(key: bytes, user_id: str, session_id: str, now: datetime) -> str:
    """A token that is good for ten minutes."""
    claims = {"sub": user_id, "sid": session_id, "iat": now, "exp": now + LIFETIME}
    return jwt.encode(claims, key, algorithm=_ALGORITHM)


def verify(key: bytes, token: str, now: datetime) -> AccessToken | None:
    """What the token says; None when it is forged, malformed or expired."""
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            options={"require": ["sub", "sid", "exp"], "verify_exp": False, "verify_iat": False},
        )
        expires_at = datetime.fromtimestamp(claims["exp"], UTC)
    except (jwt.InvalidTokenError, TypeError, ValueError, OverflowError):
        return None
    user_id, session_id = claims["sub"], claims["sid"]
    if expires_at <= now or not isinstance(session_id, str) or not is_id(user_id) or not is_id(session_id):
        return None
    return AccessToken(user_id, session_id, expires_at)
