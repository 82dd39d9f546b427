"""Keys for one purpose each, derived from the one secret that the installation keeps."""

import hashlib
import hmac
from typing import Final

MINIMUM_BYTES: Final = 32


class Keys:
    """Derived keys. ValueError when the secret is too short to be one."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < MINIMUM_BYTES:
            raise ValueError(f"the secret must have at least {MINIMUM_BYTES} bytes")

        def derived(purpose: str) -> bytes:
            return hmac.digest(secret, f"headway {purpose}".encode(), hashlib.sha256)

        self.access = derived("access token")
        self.refresh = derived("refresh token")
        self.totp = derived("one-time password")
        self.recovery = derived("recovery code")
        self.links = derived("link")
        self.requests = derived("hash of a request")
