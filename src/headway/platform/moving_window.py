"""An exact moving window, counted in this process.

Nothing here awaits, so on the event loop a look and a count are one step: no number of concurrent callers gets one
more.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How a hit counted: how many are left, and in how many seconds the oldest is forgotten."""

    allowed: bool
    remaining: int
    reset: float


class MovingWindow:
    """At most `limit` hits of one key in any span of so many seconds. `now` gives seconds that never jump."""

    def __init__(self, limit: int, seconds: int, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._now = now
        self._hits: dict[str, deque[float]] = {}
        self._swept = now()

    def hit(self, key: str) -> Count:
        """Count a hit, unless the window is full."""
        now = self._now()
        self._sweep(now)
        hits = self._hits.setdefault(key, deque())
        self._forget_old(hits, now)
        allowed = len(hits) < self._limit
        if allowed:
            hits.append(now)
        return Count(allowed, self._limit - len(hits), hits[0] + self._seconds - now)

    def look(self, key: str) -> Count:
        """How a hit would count, without counting it."""
        now = self._now()
        hits = self._hits.get(key, deque())
        self._forget_old(hits, now)
        oldest = hits[0] if hits else now
        remaining = self._limit - len(hits)
        return Count(remaining > 0, remaining, oldest + self._seconds - now)

    def forget(self, key: str) -> None:
        """Begin anew with a key."""
        self._hits.pop(key, None)

    @property
    def known(self) -> int:
        """How many keys are remembered."""
        return len(self._hits)

    def _forget_old(self, hits: deque[float], now: float) -> None:
        while hits and hits[0] <= now - self._seconds:
            hits.popleft()

    def _sweep(self, now: float) -> None:
        """Once per window, forget those who have not come for a whole one."""
        start = now - self._seconds
        if self._swept <= start:
            self._swept = now
            for key in [key for key, hits in self._hits.items() if not hits or hits[-1] <= start]:
                del self._hits[key]
