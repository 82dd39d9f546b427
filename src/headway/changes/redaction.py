"""Erasure: what the log says is forgotten, that it said something is not."""

from typing import Final

from sqlalchemy import bindparam, delete, update

from headway.changes.contracts import Stream
from headway.changes.schema import changes, idempotency
from headway.platform.db.port import Transaction
from headway.platform.db.statement import command

_FORGET: Final = command(
    update(changes)
    .where(
        changes.c.stream_kind == bindparam("of_kind"),
        changes.c.stream_owner == bindparam("of_owner"),
        changes.c.version < bindparam("until"),
    )
    .values(fields={}, before={})
)
_FORGET_FORMER: Final = command(
    update(changes)
    .where(
        changes.c.stream_kind == bindparam("of_kind"),
        changes.c.stream_owner == bindparam("of_owner"),
        changes.c.version >= bindparam("until"),
    )
    .values(before={})
)
_FORGET_ANSWERS: Final = command(
    delete(idempotency).where(
        idempotency.c.stream_kind == bindparam("of_kind"), idempotency.c.stream_owner == bindparam("of_owner")
    )
)


async def redact(tx: Transaction, stream: Stream, until: int) -> None:
    """Empty all entries of a stream below version `until`, and what is known of values before any of them.

    Versions stay, so that a reader finds no gap. The answers that are kept for repeats go too.
    """
    owner = {"of_kind": stream.kind, "of_owner": stream.owner}
    await tx.execute(_FORGET, **owner, until=until)
    await tx.execute(_FORGET_FORMER, **owner, until=until)
    await tx.execute(_FORGET_ANSWERS, **owner)
