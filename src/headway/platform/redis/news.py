"""News of commits between instances. A hint that may be lost: whoever must not miss anything polls as well."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
import structlog

from headway.platform.db.port import News
from headway.platform.ids import new_id
from headway.platform.redis.server import FIRST_PAUSE, LONGEST_PAUSE, RedisServer

LISTEN_SECONDS: Final = 10.0

_log = structlog.get_logger(__name__)


class _Message(msgspec.Struct, frozen=True, array_like=True):
    """Who says that which streams have reached which versions."""

    by: str
    news: list[tuple[str, int]]


_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(_Message).decode


class NewsChannel:
    """Tells the other instances of this one's commits, and hears of theirs.

    `heard` is given what others say; `joined` is awaited whenever listening has begun, since news may have been lost
    before.
    """

    def __init__(
        self, server: RedisServer, heard: Callable[[News], None], joined: Callable[[], Awaitable[None]]
    ) -> None:
        self._server = server
        self._channel = server.name("news")
        self._heard = heard
        self._joined = joined
        self._me = new_id()

    def tell(self, news: News) -> None:
        """Publish; returns at once."""
        self._server.tell("PUBLISH", self._channel, _encode(_Message(self._me, list(news))))

    async def run(self) -> None:
        """Listen until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._server.client.pubsub() as listening:
                    await listening.subscribe(self._channel)
                    while True:
                        message = await listening.get_message(timeout=LISTEN_SECONDS)
                        pause = FIRST_PAUSE
                        await self._take(message)
            except Exception as error:  # noqa: BLE001 - whatever is wrong, others are heard of by polling meanwhile
                if self._server.is_there:  # otherwise it has been said that Redis is away
                    _log.warning("redis_news_lost", error=str(error) or type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _take(self, message: dict[str, object] | None) -> None:
        if message is None:
            return
        if message["type"] == "subscribe":
            await self._joined()
        elif message["type"] == "message":
            said = _decode(message["data"])  # type: ignore[arg-type]  # bytes, in a message of that type
            if said.by != self._me:
                self._heard(said.news)
