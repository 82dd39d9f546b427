"""How many bytes a person may be sending at once: bodies that have not come to their end count nowhere else."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from headway.gateway.exchange import Exchange
from headway.platform.problems import TooMany
from headway.platform.web.addresses import counted_as

_SOON: Final = {"Retry-After": "5"}


class UnderWay:
    """Counts announced bytes by person, or by address where nobody is signed in.

    Nothing here awaits: no number of concurrent requests gets one byte more.
    """

    def __init__(self, limit: int, refusal: Callable[[int], TooMany]) -> None:
        self._limit = limit
        self._refusal = refusal
        self._announced: Counter[str] = Counter()

    @contextlib.contextmanager
    def taking(self, exchange: Exchange, most: int) -> Iterator[None]:
        """Room for a body of at most so many bytes while it comes; TooMany. One that comes alone always has it."""
        sender = exchange.actor.user_id or counted_as(exchange.address)
        size = _announced(exchange, most)
        if self._announced[sender] and self._announced[sender] + size > self._limit:
            raise self._refusal(self._limit)
        self._announced[sender] += size
        try:
            yield
        finally:
            self._announced[sender] -= size
            self._announced += Counter()  # drops who has none


def _announced(exchange: Exchange, most: int) -> int:
    """What a body says that it has; who doesn't say may send `most`."""
    length = exchange.headers.get("content-length", "")
    if not length.isdecimal() or "transfer-encoding" in exchange.headers:
        return most
    return min(int(length), most)


def too_many_uploads(limit: int) -> TooMany:
    """For files, which wait on the disk."""
    detail = f"You are sending files of {limit} bytes together already; go on once one of them has arrived."
    return TooMany("too_many_uploads", detail, headers=_SOON)


def too_much_under_way(limit: int) -> TooMany:
    """For all else, which waits in memory."""
    detail = f"You are sending {limit} bytes at once already; go on once some of it has arrived."
    return TooMany("too_much_under_way", detail, headers=_SOON)
