"""Erasure: what the log says is forgotten, that it said something is not."""

from typing import Any, Final

from sqlalchemy import Table, bindparam, delete, update

from headway.changes.contracts import Stream
from headway.changes.schema import activity, changes, idempotency
from headway.platform.db.port import Transaction
from headway.platform.db.statement import Statement, command

# Any: a statement that is run for its effect has rows of no type
_Command = Statement[Any]


def _of(table: Table) -> tuple[Any, Any]:
    return table.c.stream_kind == bindparam("of_kind"), table.c.stream_owner == bindparam("of_owner")


def _forget(table: Table) -> tuple[_Command, _Command]:
    """Forget all of what is below a version, and former values in all the rest."""
    older = update(table).where(*_of(table), table.c.version < bindparam("until")).values(fields={}, before={})
    rest = update(table).where(*_of(table), table.c.version >= bindparam("until")).values(before={})
    return command(older), command(rest)


_FORGET: Final = (*_forget(changes), *_forget(activity))
_FORGET_ANSWERS: Final = command(delete(idempotency).where(*_of(idempotency)))


async def redact(tx: Transaction, stream: Stream, until: int) -> None:
    """Empty all entries of a stream below version `until`, and what is known of values before any of them.

    That is so in the log and in the history that outlives it. Versions stay, so that a reader finds no gap. The answers
    that are kept for repeats go too.
    """
    owner = {"of_kind": stream.kind, "of_owner": stream.owner}
    for forget in _FORGET:
        await tx.execute(forget, **owner, until=until)
    await tx.execute(_FORGET_ANSWERS, **owner)
