"""Requests that another site made somebody's browser send (CSRF).

Browsers say where a request comes from in Sec-Fetch-Site and Origin, and pages cannot forge either. What has neither
was sent by no browser, and so with nobody's cookies but its own.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from headway.platform.problems import Forbidden


def check_same_origin(headers: Mapping[str, str], public_url: str) -> None:
    """Forbidden when a browser says that another origin than the public URL's made the request."""
    site = headers.get("sec-fetch-site", "same-origin")
    origin = headers.get("origin")
    ours = origin_of(public_url)
    if (origin is not None and origin != ours) or (origin is None and site not in ("same-origin", "none")):
        raise Forbidden("cross_origin", f"This request came from another address than {ours}.")


def origin_of(url: str) -> str:
    """Scheme, host and port as browsers write them: the default port left out (RFC 6454)."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != default else ""
    host = parts.hostname or ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"
