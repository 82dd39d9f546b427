"""Erasure: what the log says is forgotten, that it said something is not."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Table, bindparam, delete, update

from headway.changes.contracts import Stream
from headway.changes.schema import activity, changes, idempotency, in_stream, named
from headway.platform.db.port import Transaction
from headway.platform.db.statement import Statement, command

# Any: a statement that is run for its effect has rows of no type
_Command = Statement[Any]


def _forget(table: Table) -> tuple[_Command, _Command]:
    """Forget all of what is below a version, and former values in all the rest."""
    older = update(table).where(*in_stream(table), table.c.version < bindparam("until")).values(fields={}, before={})
    rest = update(table).where(*in_stream(table), table.c.version >= bindparam("until")).values(before={})
    return command(older), command(rest)


def _forget_scope(table: Table) -> _Command:
    """Forget what is said in one scope of some kinds of objects."""
    said = (table.c.scope == bindparam("of_scope"), table.c.kind.in_(bindparam("kinds", expanding=True)))
    return command(update(table).where(*in_stream(table), *said).values(fields={}, before={}))


def _forget_subjects(table: Table) -> _Command:
    """Forget what is said about some subjects."""
    said = table.c.subject.in_(bindparam("subjects", expanding=True))
    return command(update(table).where(*in_stream(table), said).values(fields={}, before={}))


_FORGET: Final = (*_forget(changes), *_forget(activity))
_FORGET_SCOPE: Final = (_forget_scope(changes), _forget_scope(activity))
_FORGET_SUBJECTS: Final = (_forget_subjects(changes), _forget_subjects(activity))
_FORGET_ANSWERS: Final = command(delete(idempotency).where(*in_stream(idempotency)))
_FORGET_ANSWERS_TO: Final = command(
    delete(idempotency).where(*in_stream(idempotency), idempotency.c.actor == bindparam("of_actor"))
)


async def redact(tx: Transaction, stream: Stream, until: int) -> None:
    """Empty all entries of a stream below version `until`, and what is known of values before any of them.

    That is so in the log and in the history that outlives it. Versions stay, so that a reader finds no gap. The answers
    that are kept for repeats go too.
    """
    for forget in _FORGET:
        await tx.execute(forget, **named(stream), until=until)
    await tx.execute(_FORGET_ANSWERS, **named(stream))


async def redact_scope(tx: Transaction, stream: Stream, scope: str, kinds: Collection[str]) -> None:
    """Empty all entries in one scope about objects of those kinds, none of which may be left there."""
    for forget in _FORGET_SCOPE:
        await tx.execute(forget, **named(stream), of_scope=scope, kinds=list(kinds))


async def redact_subjects(tx: Transaction, stream: Stream, subjects: Collection[str]) -> None:
    """Empty all entries about some subjects, which must be gone."""
    for forget in _FORGET_SUBJECTS if subjects else ():
        await tx.execute(forget, **named(stream), subjects=list(subjects))


async def forget_answers_to(tx: Transaction, stream: Stream, actor: str) -> None:
    """Forget what somebody was answered in a stream: kept for repeats, it holds what was said in the requests."""
    await tx.execute(_FORGET_ANSWERS_TO, **named(stream), of_actor=actor)
