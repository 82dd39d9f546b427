"""Idempotency-Key for what is no plain `Write`: a repeat is recognized, and nothing secret is kept of the request."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from sqlalchemy import bindparam, select

from headway.changes.contracts import Stream
from headway.changes.schema import idempotency
from headway.changes.work import Work
from headway.modules.auth.service.streams import Streams
from headway.platform.db.statement import Statement, insert_into
from headway.platform.ids import NIL_ID
from headway.platform.problems import Conflict
from headway.platform.web.routes import Asked

_HASH: Final = Statement(
    select(idempotency.c.request_hash).where(
        idempotency.c.stream_kind == bindparam("kind"),
        idempotency.c.stream_owner == bindparam("owner"),
        idempotency.c.actor == bindparam("by"),
        idempotency.c.key == bindparam("sent"),
    ),
    str,
)


class Once:
    """Runs changes that answer nothing, each once per key. The hash of a request is keyed: it may hold a password."""

    def __init__(self, streams: Streams, hash_key: bytes) -> None:
        self._streams = streams
        self._hash_key = hash_key

    async def was_done(self, asked: Asked, stream: Stream, what: str, body: msgspec.Struct) -> bool:
        """Whether this very request was done before; Conflict when its key was used for another one."""
        key = asked.headers.get("idempotency-key")
        if key is None:
            return False
        kept = await self._streams.database.reader.row(
            _HASH, kind=stream.kind, owner=stream.owner, by=asked.actor.user_id or NIL_ID, sent=key
        )
        if kept is not None and kept != self._digest(what, body):
            raise Conflict("idempotency_key_reused", "This Idempotency-Key was used before for a different request.")
        return kept is not None

    async def change(
        self, asked: Asked, stream: Stream, what: str, body: msgspec.Struct, action: Callable[[Work], Awaitable[None]]
    ) -> None:
        """Run the action and remember that it was done, together. Whoever proves a link acts as the stream's person."""
        key = asked.headers.get("idempotency-key")

        async def act(work: Work) -> None:
            await action(work)
            if key is not None:
                await work.tx.execute(
                    insert_into(idempotency),
                    stream_kind=stream.kind,
                    stream_owner=stream.owner,
                    actor=asked.actor.user_id or NIL_ID,
                    key=key,
                    request_hash=self._digest(what, body),
                    status=204,
                    answer=msgspec.Raw(b"null"),
                    version=0,
                    created_at=work.now,
                )

        await self._streams.change(stream, asked.actor.user_id or stream.owner, act)

    def _digest(self, what: str, body: msgspec.Struct) -> str:
        return hmac.digest(self._hash_key, what.encode() + msgspec.json.encode(body), hashlib.sha256).hex()
