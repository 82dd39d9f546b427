"""Rate limits, told in the answers' headers: draft-ietf-httpapi-ratelimit-headers-11, and the older X-RateLimit-*."""

import math

from headway.gateway.asgi import Headers
from headway.gateway.options import RateLimit
from headway.platform.clock import Clock
from headway.platform.moving_window import Count, Windows
from headway.platform.problems import TooMany


class Limiter:
    """One named limit as the edge uses it."""

    def __init__(self, name: str, limit: RateLimit, clock: Clock, windows: Windows) -> None:
        self._window = windows(name, limit.requests, limit.seconds)
        self._clock = clock
        self._name = name
        self._policy = f'"{name}";q={limit.requests};w={limit.seconds}'.encode()
        self._limit = b"%d" % limit.requests

    async def count(self, key: str) -> Headers:
        """Count a request; the headers for its answer. TooMany, with the same headers, when it is one too many."""
        count = await self._window.hit(key)
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
