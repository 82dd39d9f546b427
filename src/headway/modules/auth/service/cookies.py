"""The cookies of a browser's session (RFC 6265bis)."""

from collections.abc import Mapping
from datetime import timedelta
from http.cookies import Morsel
from urllib.parse import urlsplit

from headway.modules.auth.contracts.cookies import access_cookie, refresh_cookie
from headway.modules.auth.domain import access_token


class Cookies:
    """Sets, reads and clears them. Over https they are Secure and bound to the host; then the path must be `/`."""

    def __init__(self, public_url: str, session_lifetime: timedelta) -> None:
        parts = urlsplit(public_url)
        self._access = access_cookie(public_url)
        self._refresh = refresh_cookie(public_url)
        self.session_lifetime = session_lifetime
        self._secure = parts.scheme == "https"
        self._path = "/" if self._secure else parts.path.rstrip("/") or "/"

    def signed_in(self, access: str, refresh: str) -> tuple[str, ...]:
        """The headers' values that give a browser its tokens."""
        return (
            self._set(self._access, access, access_token.LIFETIME),
            self._set(self._refresh, refresh, self.session_lifetime),
        )

    def signed_out(self) -> tuple[str, ...]:
        """The headers' values that take them away."""
        return self._set(self._access, "", timedelta(0)), self._set(self._refresh, "", timedelta(0))

    def refresh_token(self, cookies: Mapping[str, str]) -> str | None:
        """The refresh token that a browser sent."""
        return cookies.get(self._refresh)

    def _set(self, name: str, value: str, lifetime: timedelta) -> str:
        cookie: Morsel[str] = Morsel()
        cookie.set(name, value, value)
        cookie["path"] = self._path
        cookie["max-age"] = str(int(lifetime.total_seconds()))
        cookie["httponly"] = True
        cookie["samesite"] = "Lax"
        cookie["secure"] = self._secure
        return cookie.OutputString()
