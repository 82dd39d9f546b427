"""Idempotency-Key for what is no plain `Write`: nothing secret is kept of the request, nor of its answer."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec

from headway.changes import repeats
from headway.changes.contracts import Stream
from headway.changes.repeats import Repeatable
from headway.changes.work import Work
from headway.modules.auth.service.streams import Streams
from headway.platform.web.routes import Asked

T = TypeVar("T")


class Once:
    """Runs changes, each once per key. The hash of a request is keyed: it may hold a password."""

    def __init__(self, streams: Streams, hash_key: bytes) -> None:
        self._streams = streams
        self._hash_key = hash_key

    async def was_done(self, asked: Asked, stream: Stream, what: str, body: msgspec.Struct) -> bool:
        """Whether this very request was done before; Conflict when its key was used for another one."""
        request = self._request(asked, stream, what, body)
        return request is not None and await repeats.answered(self._streams.database.reader, request) is not None

    async def refuse_repeat(self, asked: Asked, stream: Stream, what: str, body: msgspec.Struct) -> None:
        """Conflict when this was done before: the answer held a secret, which is not kept."""
        if await self.was_done(asked, stream, what, body):
            raise repeats.already_done()

    async def change(
        self, asked: Asked, stream: Stream, what: str, body: msgspec.Struct, action: Callable[[Work], Awaitable[T]]
    ) -> T:
        """Run the action and remember that it was done, together. Whoever proves a link acts as the stream's person."""
        request = self._request(asked, stream, what, body)

        async def act(work: Work) -> T:
            if request is not None and await repeats.answered(work.tx, request) is not None:
                raise repeats.already_done()
            done = await action(work)
            if request is not None:
                await repeats.remember(work.tx, request, work.now, status=204)
            return done

        return await self._streams.change(stream, asked.actor.user_id or stream.owner, act)

    def _request(self, asked: Asked, stream: Stream, what: str, body: msgspec.Struct) -> Repeatable | None:
        key = asked.headers.get("idempotency-key")
        return None if key is None else Repeatable(stream, asked.actor.user_id, key, self._digest(what, body))

    def _digest(self, what: str, body: msgspec.Struct) -> str:
        return hmac.digest(self._hash_key, what.encode() + msgspec.json.encode(body), hashlib.sha256).hex()
