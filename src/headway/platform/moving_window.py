"""An exact moving window, counted in this process.

Nothing here awaits anything, so on the event loop a count is one step: no number of concurrent callers gets one more.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Count:
    """How a hit counted: how many are left, and in how many seconds the oldest is forgotten.

    `at` tells the hit from others, for whoever takes it back.
    """

    allowed: bool
    remaining: int
    reset: float
    at: float | str


class Window(Protocol):
    """At most so many hits of one key in any span of so many seconds."""

    async def hit(self, key: str) -> Count:
        """Count a hit, unless the window is full."""
        ...

    async def take_back(self, key: str, count: Count) -> None:
        """Undo a hit that was allowed."""
        ...

    async def forget(self, key: str) -> None:
        """Begin anew with a key."""
        ...


Windows = Callable[[str, int, int], Window]
"""Makes a window: its name, how many hits, in how many seconds."""


class MovingWindow:
    """At most `limit` hits of one key in any span of so many seconds. `now` gives seconds that never jump."""

    def __init__(self, limit: int, seconds: int, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._now = now
        self._hits: dict[str, deque[float]] = {}
        self._swept = now()

    async def hit(self, key: str) -> Count:
        """Count a hit, unless the window is full."""
        now = self._now()
        self._sweep(now)
        hits = self._hits.setdefault(key, deque())
        self._forget_old(hits, now)
        allowed = len(hits) < self._limit
        if allowed:
            hits.append(now)
        return Count(allowed, self._limit - len(hits), hits[0] + self._seconds - now, now)

    async def take_back(self, key: str, count: Count) -> None:
        """Undo a hit that was allowed."""
        hits = self._hits.get(key, deque())
        if count.at in hits:
            hits.remove(float(count.at))

    async def forget(self, key: str) -> None:
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


def own_windows(_name: str, limit: int, seconds: int) -> Window:
    """Windows of this process alone."""
    return MovingWindow(limit, seconds)
