"""Rate limits: an exact moving window, counted in this process.

The answers' headers follow draft-ietf-httpapi-ratelimit-headers-11, and the older X-RateLimit-* beside them. Nothing
here awaits, so on the event loop a check and its count are one step: no number of concurrent requests gets one more.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from headway.gateway.asgi import Headers
from headway.gateway.options import RateLimit
from headway.platform.clock import Clock
from headway.platform.problems import TooMany


@dataclass(frozen=True, slots=True)
class Count:
    """How a request counted: how many are left, and in how many seconds the oldest is forgotten."""

    allowed: bool
    remaining: int
    reset: float


class MovingWindow:
    """At most so many hits of one key in any span of that many seconds. `now` gives seconds that never jump."""

    def __init__(self, limit: RateLimit, now: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._now = now
        self._hits: dict[str, deque[float]] = {}
        self._swept = now()

    def hit(self, key: str) -> Count:
        """Count one request, unless the window is full."""
        now = self._now()
        start = now - self.limit.seconds
        if self._swept <= start:
            self._sweep(start)
            self._swept = now
        hits = self._hits.setdefault(key, deque())
        while hits and hits[0] <= start:
            hits.popleft()
        allowed = len(hits) < self.limit.requests
        if allowed:
            hits.append(now)
        return Count(allowed, self.limit.requests - len(hits), hits[0] - start)

    @property
    def known(self) -> int:
        """How many keys are remembered."""
        return len(self._hits)

    def _sweep(self, start: float) -> None:
        """Forget those who have not come for a whole window."""
        for key in [key for key, hits in self._hits.items() if not hits or hits[-1] <= start]:
            del self._hits[key]


class Limiter:
    """One named limit as the edge uses it."""

    def __init__(self, name: str, limit: RateLimit, clock: Clock, now: Callable[[], float] = time.monotonic) -> None:
        self._window = MovingWindow(limit, now)
        self._clock = clock
        self._name = name
        self._policy = f'"{name}";q={limit.requests};w={limit.seconds}'.encode()
        self._limit = b"%d" % limit.requests

    def count(self, key: str) -> Headers:
        """Count a request; the headers for its answer. TooMany, with the same headers, when it is one too many."""
        count = self._window.hit(key)
        headers = self._headers(count)
        if not count.allowed:
            wait = max(1, math.ceil(count.reset))
            told = {name.decode(): value.decode() for name, value in headers}
            raise TooMany(
                "rate_limited",
                f"Too many requests; try again in {wait} second{'s' * (wait > 1)}.",
                headers={"Retry-After": str(wait), **told},
            )
        return headers

    def _headers(self, count: Count) -> Headers:
        reset = math.ceil(count.reset)
        return (
            (b"ratelimit-policy", self._policy),
            (b"ratelimit", b'"%s";r=%d;t=%d' % (self._name.encode(), count.remaining, reset)),
            (b"x-ratelimit-limit", self._limit),
            (b"x-ratelimit-remaining", b"%d" % count.remaining),
            (b"x-ratelimit-reset", b"%d" % (self._clock.now().timestamp() + reset)),
        )
