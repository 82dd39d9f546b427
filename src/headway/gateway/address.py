"""Who is at the other end: the client's address, and reverse proxies that are believed."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from headway.gateway.asgi import Scope


class Addresses:
    """Finds client addresses. Only what a trusted proxy says about whom it speaks for is believed."""

    def __init__(self, trusted_proxies: Sequence[str]) -> None:
        networks = tuple(ip_network(each, strict=False) for each in trusted_proxies)

        @lru_cache(1024)
        def trusts(address: str) -> bool:
            parsed = _parse(address)
            return parsed is not None and any(parsed in network for network in networks)

        self.trusts = trusts if networks else _trust_nobody

    def of(self, scope: Scope, headers: Mapping[str, str]) -> str:
        """The nearest address that is no trusted proxy: X-Forwarded-For is read from its end."""
        client = scope.get("client")
        address: str = client[0] if client else ""
        if not self.trusts(address):
            return address
        for claimed in reversed(headers.get("x-forwarded-for", "").split(",")):
            parsed = _parse(claimed.strip())
            if parsed is None:
                break
            address = str(parsed)
            if not self.trusts(address):
                break
        return address


def _trust_nobody(_address: str) -> bool:
    return False


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed


def is_loopback(address: str) -> bool:
    """Whether the client is on this machine."""
    parsed = _parse(address)
    return parsed is not None and parsed.is_loopback
