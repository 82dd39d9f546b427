"""Client addresses as limits count them."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

ONE_CUSTOMER: Final = 64
"""Bits of an IPv6 address that a provider gives to one customer, who may use any address below (RFC 6177)."""


@lru_cache(4096)
def counted_as(address: str) -> str:
    """What an address is counted as: itself, or the /64 network of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((int(parsed), ONE_CUSTOMER), strict=False))
