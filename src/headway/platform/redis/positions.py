"""How far each session or token has seen, known to all instances."""

from collections.abc import Awaitable, Generator, Sequence
from typing import Any, Final

from headway.platform.positions import PLACE, OwnPositions, Versions
from headway.platform.redis.server import RedisAway, RedisServer

KEPT_SECONDS: Final = 60
"""Longer than any cache may be behind."""

_NOTE: Final = """
for at = 2, #ARGV, 2 do
  local held = redis.call('HGET', KEYS[1], ARGV[at])
  if not held or tonumber(held) < tonumber(ARGV[at + 1]) then
    redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1
"""


class SharedPositions:
    """See `Positions`. While Redis is away each instance knows what it has answered itself.

    Of places it then knows nothing, so that nobody is sent to a replica who has written at another instance.
    """

    def __init__(self, server: RedisServer) -> None:
        self._server = server
        self._own = OwnPositions()
        self._script = server.script(_NOTE)

    def ask(self, credential: str) -> Awaitable[Versions]:
        return _Answer(self._server.ask("HGETALL", self._key(credential)), self._own.held(credential))

    async def note(self, credential: str, versions: Sequence[tuple[str, int]]) -> None:
        news = self._own.advance(credential, versions)
        if news:
            said = [word for stream, version in news for word in (stream, version)]
            try:
                await self._server.ask("EVALSHA", self._script, 1, self._key(credential), KEPT_SECONDS, *said)
            except RedisAway:
                return

    def _key(self, credential: str) -> str:
        return self._server.name("seen", credential)


class _Answer:
    """What Redis will say, or what is known here when it says nothing."""

    def __init__(self, asked: Awaitable[Any], own: Versions) -> None:  # Any: an answer of Redis
        self._asked = asked
        self._own = own

    def __await__(self) -> Generator[Any, None, Versions]:  # Any: what futures yield to their loop
        try:
            said = yield from self._asked.__await__()
        except RedisAway:
            return {name: version for name, version in self._own.items() if not name.startswith(PLACE)}
        return {said[at].decode(): int(said[at + 1]) for at in range(0, len(said), 2)}
