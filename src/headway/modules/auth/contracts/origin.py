"""Defence against requests that another site makes a browser send (CSRF)."""

import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from headway.platform.problems import Forbidden

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES: Final = frozenset({"same-origin", "none"})
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_PORTS: Final = {"http": 80, "https": 443}


def check_same_origin(method: str, headers: Mapping[str, str], public_url: str) -> None:
    """Forbidden when a browser says that an unsafe request comes from another site than ours.

    Browsers say so by Origin (RFC 6454) and Sec-Fetch-Site (Fetch Metadata), which pages cannot forge; programs send
    neither. `headers` have lower-case names. For requests that a cookie authenticates; a bearer token needs none.
    """
    if method in SAFE_METHODS:
        return
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    foreign_origin = origin is not None and not _same(origin, public_url)
    if foreign_origin or (site is not None and site not in _OWN_SITES):
        raise Forbidden("cross_site", "This request was sent by another site; open Headway itself and try again.")


def is_of_this_machine(headers: Mapping[str, str]) -> bool:
    """Whether a request came to a name of this machine and not through a proxy, as far as it says."""
    return is_loopback(f"//{headers.get('host', '')}") and not any(name in headers for name in _FORWARDED)


def is_loopback(url: str) -> bool:
    """Whether only this machine can reach that URL (RFC 6761, 6.3 for names)."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host == "localhost" or host.endswith(".localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:  # neither a name of this machine nor an address, or no URL at all
        return False


def _same(origin: str, public_url: str) -> bool:
    """Whether both have one scheme, host and port. All names of this machine are one host."""
    try:
        ours, theirs = urlsplit(public_url), urlsplit(origin)
        scheme_and_port = (ours.scheme, ours.port or _PORTS.get(ours.scheme))
        if (theirs.scheme, theirs.port or _PORTS.get(theirs.scheme)) != scheme_and_port:
            return False
        return ours.hostname == theirs.hostname or (is_loopback(public_url) and is_loopback(origin))
    except ValueError:
        return False
