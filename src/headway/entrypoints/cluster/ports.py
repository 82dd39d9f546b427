"""Ports for the members of a new cluster."""

import contextlib
import random
import socket
from collections.abc import Iterator
from typing import Final

from headway.entrypoints.cluster.state import HOST
from headway.platform.failure import Failure

LOWEST: Final = 10_000
HIGHEST: Final = 32_000
"""Below those that the system gives to outgoing connections, so that none is taken meanwhile."""


class NoPort(Failure):
    """A port that was asked for is taken."""


def ports(first: int | None) -> Iterator[int]:
    """Free ports: from the given one on, or anywhere. NoPort when the first is taken."""
    if first is None:
        yield from _anywhere()
        return
    if not _is_free(first):
        raise NoPort(f"Port {first} is taken; name another one with --port.")
    yield from (port for port in range(first, HIGHEST * 2) if _is_free(port))


def _anywhere() -> Iterator[int]:
    seen: set[int] = set()
    while True:
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 - so that two clusters hardly ever ask for the same one
        if port not in seen and _is_free(port):
            seen.add(port)
            yield port


def _is_free(port: int) -> bool:
    with socket.socket() as probe, contextlib.suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        return True
    return False
