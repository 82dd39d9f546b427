"""The exact moving window of all instances together: one step in Redis, by Redis's clock."""

import hashlib
from typing import Final

from headway.platform.moving_window import Count, MovingWindow, Window, Windows
from headway.platform.redis.server import RedisAway, RedisServer

_HIT: Final = """
local limit, span = tonumber(ARGV[1]), tonumber(ARGV[2]) * 1000000
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local held = redis.call('LLEN', KEYS[1])
local oldest = now
while held > 0 do
  oldest = tonumber(redis.call('LINDEX', KEYS[1], 0))
  if oldest > now - span then break end
  redis.call('LPOP', KEYS[1])
  held = held - 1
  oldest = now
end
if held >= limit then return {0, 0, oldest + span - now, ''} end
local at = string.format('%.0f', now)
redis.call('RPUSH', KEYS[1], at)
redis.call('EXPIRE', KEYS[1], ARGV[2] + 1)
return {1, limit - held - 1, oldest + span - now, at}
"""


class SharedWindow:
    """See `Window`. While Redis is away each instance counts for itself."""

    def __init__(self, server: RedisServer, name: str, limit: int, seconds: int) -> None:
        self._server = server
        self._name = name
        self._limit = limit
        self._seconds = seconds
        self._own = MovingWindow(limit, seconds)
        self._script = server.script(_HIT)

    async def hit(self, key: str) -> Count:
        """Count a hit, unless the window is full."""
        try:
            allowed, remaining, reset, at = await self._server.ask(
                "EVALSHA", self._script, 1, self._key(key), self._limit, self._seconds
            )
        except RedisAway:
            return await self._own.hit(key)
        return Count(bool(allowed), remaining, reset / 1e6, at.decode())

    async def take_back(self, key: str, count: Count) -> None:
        """Undo a hit that was allowed."""
        if isinstance(count.at, float):
            await self._own.take_back(key, count)
        else:
            self._server.tell("LREM", self._key(key), -1, count.at)

    async def forget(self, key: str) -> None:
        """Begin anew with a key."""
        await self._own.forget(key)
        self._server.tell("DEL", self._key(key))

    def _key(self, key: str) -> str:
        """A digest: an address that somebody has typed is of any length, and nobody's to read."""
        return self._server.name("limit", self._name, hashlib.blake2b(key.encode(), digest_size=16).hexdigest())


def shared_windows(server: RedisServer) -> Windows:
    """Windows of all instances that use that Redis."""

    def make(name: str, limit: int, seconds: int) -> Window:
        return SharedWindow(server, name, limit, seconds)

    return make
