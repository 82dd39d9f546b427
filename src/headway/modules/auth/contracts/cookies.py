"""The names of the cookies, which depend on the public URL."""

from urllib.parse import urlsplit

_ACCESS = "headway_access"
_REFRESH = "headway_refresh"


def access_cookie(public_url: str) -> str:
    """The name of the cookie that carries the access token."""
    return _prefix(public_url) + _ACCESS


def refresh_cookie(public_url: str) -> str:
    """The name of the cookie that carries the refresh token."""
    return _prefix(public_url) + _REFRESH


def _prefix(public_url: str) -> str:
    """`__Host-` keeps other hosts of the domain from setting the cookie (RFC 6265bis); it needs https."""
    return "__Host-" if urlsplit(public_url).scheme == "https" else ""
