"""One-time passwords by time (RFC 6238) and recovery codes.

A secret is derived from the installation's key and the factor's id, so that the database holds none.
"""

import base64
import hashlib
import hmac
import io
import secrets
from datetime import datetime
from typing import Final

import pyotp
import segno

_STEP_SECONDS: Final = 30
_ISSUER_SHOWN: Final = 30
_ADDRESS_SHOWN: Final = 100
_DRIFT: Final = (0, -1, 1)
RECOVERY_CODES: Final = 10


def secret_of(key: bytes, user_id: str, factor_id: str) -> str:
    """The secret in base32, as authenticator programs take it: 160 bits (RFC 4226, 4)."""
    raw = hmac.digest(key, f"{user_id} {factor_id}".encode(), hashlib.sha256)[:20]
    return base64.b32encode(raw).decode()


def otpauth_url(secret: str, email: str, issuer: str) -> str:
    """What the QR code says, with names cut to what a code can hold when every character takes twelve of its own."""
    return pyotp.TOTP(secret).provisioning_uri(name=email[:_ADDRESS_SHOWN], issuer_name=issuer[:_ISSUER_SHOWN])


def qr_svg(url: str) -> str:
    """The QR code as an SVG document."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", scale=4, xmldecl=False, nl=False)
    return out.getvalue().decode()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code belongs to, one step of drift allowed each way; None when it is wrong."""
    digits = "".join(code.split())
    totp = pyotp.TOTP(secret)
    current = int(now.timestamp()) // _STEP_SECONDS
    for drift in _DRIFT:
        if hmac.compare_digest(totp.generate_otp(current + drift).encode(), digits.encode()):
            return current + drift
    return None


def new_recovery_codes() -> list[str]:
    """Codes such as `k3xq7-w2mfa`, 50 bits each."""
    return [_grouped(base64.b32encode(secrets.token_bytes(7)).decode().lower()[:10]) for _ in range(RECOVERY_CODES)]


def recovery_hash(key: bytes, user_id: str, code: str) -> str:
    """What is kept of a recovery code; spaces, dashes and case do not count."""
    plain = "".join(char for char in code.lower() if char.isalnum())
    return hmac.digest(key, f"{user_id} {plain}".encode(), hashlib.sha256).hex()


def _grouped(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"
