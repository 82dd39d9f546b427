"""Idempotency-Key: what a request answered is kept in the transaction of its change, so that a repeat is recognized.

`digest` tells requests apart that bear the same key. It is the caller's: one that holds a password needs a keyed hash.
"""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import bindparam, select

from headway.changes.contracts import Stream
from headway.changes.schema import idempotency, in_stream, named
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import Statement, insert_into
from headway.platform.ids import NIL_ID
from headway.platform.problems import Conflict

SECRET: Final = b"null"
"""Kept in place of an answer that holds a secret, or of none."""


class Repeatable(msgspec.Struct, frozen=True):
    """Who sent which key about which stream; `actor` None: somebody who is not signed in."""

    stream: Stream
    actor: str | None
    key: str
    digest: str

    def where(self) -> dict[str, str]:
        """The key of the row."""
        return {**named(self.stream), "actor": self.actor or NIL_ID, "key": self.key}


class Answered(msgspec.Struct, frozen=True):
    """What the first request was answered."""

    request_hash: str
    status: int
    answer: msgspec.Raw
    version: int


_ANSWERED: Final = Statement(
    select(idempotency.c.request_hash, idempotency.c.status, idempotency.c.answer, idempotency.c.version).where(
        *in_stream(idempotency),
        idempotency.c.actor == bindparam("actor"),
        idempotency.c.key == bindparam("key"),
    ),
    Answered,
)
_ANSWERED_IN: Final = Statement(
    select(idempotency.c.stream_kind, idempotency.c.stream_owner).where(
        idempotency.c.actor == bindparam("actor"), idempotency.c.key == bindparam("key")
    ),
    Stream,
)


async def answered(reader: Reader, request: Repeatable) -> Answered | None:
    """What this very request was answered before; Conflict when its key was used for another one."""
    found = await reader.row(_ANSWERED, **request.where())
    if found is not None and found.request_hash != request.digest:
        raise Conflict("idempotency_key_reused", "This Idempotency-Key was used before for a different request.")
    return found


async def answered_in(reader: Reader, actor: str | None, key: str) -> Stream | None:
    """The stream that a request of that key has changed."""
    return await reader.row(_ANSWERED_IN, actor=actor or NIL_ID, key=key)


async def remember(
    tx: Transaction, request: Repeatable, now: datetime, *, status: int, answer: bytes = SECRET, version: int = 0
) -> None:
    """Keep what is answered."""
    await tx.execute(
        insert_into(idempotency),
        **request.where(),
        request_hash=request.digest,
        status=status,
        answer=msgspec.Raw(answer),
        version=version,
        created_at=now,
    )


def already_done() -> Conflict:
    """The answer to a repeat whose first answer is not kept."""
    return Conflict("already_done", "This was done before; its answer held a secret that is not kept.")
