"""Keeps tests off the network: importing this lets the process reach loopback addresses and Unix sockets only.

Python imports a module of this name by itself at start, so with this folder on PYTHONPATH the servers and commands
that tests start are guarded as well. An audit hook (PEP 578) sees every use of the socket module and cannot be removed.
"""

import ipaddress
import sys

LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost", ""})
ADDRESSED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
RESOLVED = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex"})


class NetworkBlockedError(RuntimeError):
    """A test tried to leave the machine. It is no OSError, so that no retry or fallback swallows it."""


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in ADDRESSED:
        address = arguments[1]
        if isinstance(address, tuple):  # others are Unix socket paths, or None for a connected socket
            _refuse_unless_loopback(address[0])
    elif event in RESOLVED:
        _refuse_unless_loopback(arguments[0])


def _refuse_unless_loopback(host: object) -> None:
    if host is not None and not _is_loopback(host.decode() if isinstance(host, bytes) else str(host)):
        raise NetworkBlockedError(f"tests may reach loopback only, not {host!r}")


def _is_loopback(host: str) -> bool:
    if host in LOOPBACK_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


sys.addaudithook(refuse_network)
