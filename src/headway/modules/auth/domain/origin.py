"""Where a public URL is."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback(public_url: str) -> bool:
    """Whether only this machine can reach that URL (RFC 6761, 6.3 for names)."""
    host = (urlsplit(public_url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
