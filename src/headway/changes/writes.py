"""Writes: run an action as one transaction, idempotently, and answer what it says."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec

from headway.changes.contracts import Stream
from headway.changes.log import Reached, take
from headway.changes.repeats import SECRET, Answered, Repeatable, already_done, answered, answered_in, remember
from headway.changes.work import Work
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Database, DuplicateKey, Transaction
from headway.platform.problems import Conflict, NotFound, Problem
from headway.platform.web.routes import Route


@dataclass(frozen=True, kw_only=True)
class Write(Route):
    """A change of one stream.

    `locate(reader, actor, body, **path) -> Stream` says which; `enter(work, actor) -> context` loads what the actor may
    do there (raising NotFound for strangers); `act(work, context, body, **path) -> answer` does it.
    A write without a body may have a query, which then takes the body's place.
    `secret`: the answer holds a secret, so a repeat answers 409 instead of the first answer. `founds`: the write makes
    a stream, so `locate` is also given `key` (or None) and must name the same stream for the same key.
    """

    locate: Callable[..., Awaitable[Stream]]
    enter: Callable[[Work, Actor], Awaitable[Any]]  # Any: each module's own context
    secret: bool = False
    founds: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One write that was asked for. `key` makes a repeat answer what the first one did."""

    write: Write
    body: msgspec.Struct | None
    path: Mapping[str, str]
    key: str | None = None
    if_match: int | None = None


@dataclass(frozen=True, slots=True)
class Performed:
    """What a write answers: status, JSON (empty for 204) and the position of its stream afterwards.

    `action_id` names what was done, for undo; None for a repeat.
    """

    status: int
    answer: bytes
    stream: Stream
    version: int
    action_id: str | None = None


class GroupRefused(Exception):
    """One of several operations was refused, the one at `index`, and so nothing of the others was kept."""

    def __init__(self, index: int, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.index = index
        self.problem = problem


_encode: Final = msgspec.json.Encoder().encode


class Writer:
    """Runs writes against one database."""

    def __init__(self, database: Database, clock: Clock, workspace_history: int | None = None) -> None:
        """`workspace_history`: bytes that the history of a workspace may have, above which it only gets smaller."""
        self._database = database
        self._clock = clock
        self._workspace_history = workspace_history

    async def locate(self, actor: Actor, operation: Operation) -> Stream:
        """The stream that an operation would change, or has changed when it was asked for before."""
        extra = {"key": operation.key} if operation.write.founds else {}
        try:
            return await operation.write.locate(self._database.reader, actor, operation.body, **operation.path, **extra)
        except NotFound:
            # What a repeat would delete may be gone: its first answer stands in the stream that it was in.
            if operation.key is None:
                raise
            changed = await answered_in(self._database.reader, actor.user_id, operation.key)
            if changed is None:
                raise
            return changed

    async def perform(self, actor: Actor, operation: Operation) -> Performed:
        """Run one operation; what it raises undoes it."""
        stream = await self.locate(actor, operation)
        try:
            return (await self.perform_together(actor, stream, [operation]))[0]
        except GroupRefused as refused:
            raise refused.problem from None

    async def perform_together(self, actor: Actor, stream: Stream, operations: Sequence[Operation]) -> list[Performed]:
        """Run operations of one stream as one transaction: all, or none and GroupRefused."""

        async def act(tx: Transaction) -> list[Performed]:
            await take(tx, stream)
            now = self._clock.now()
            performed: list[Performed] = []
            for index, operation in enumerate(operations):
                try:
                    performed.append(await self._perform(tx, actor, stream, operation, now))
                except Problem as problem:
                    raise GroupRefused(index, problem) from problem
            return performed

        return await self._database.write(act)

    async def _perform(
        self, tx: Transaction, actor: Actor, stream: Stream, operation: Operation, now: datetime
    ) -> Performed:
        request = None
        if operation.key:
            request = Repeatable(stream, actor.user_id, operation.key, _hash(operation))
            before = await answered(tx, request)
            if before is not None:
                return _repeat(before, stream)
        work = Work(tx, stream, actor.user_id, now, if_match=operation.if_match)
        context = await operation.write.enter(work, actor)
        try:
            result = await operation.write.act(work, context, operation.body, **operation.path)
        except DuplicateKey:
            raise Conflict("id_taken", "There is an object with this id already.") from None
        now_at = await work.finish()
        self._check_history(now_at, stream, operation)
        answer = b"" if operation.write.answer is None else _encode(result)
        performed = Performed(operation.write.status, answer, stream, now_at.version, work.action_id)
        if request is not None:
            kept = SECRET if operation.write.secret else answer or SECRET
            await remember(tx, request, now, status=performed.status, answer=kept, version=now_at.version)
        return performed

    def _check_history(self, now_at: Reached, stream: Stream, operation: Operation) -> None:
        limit = self._workspace_history
        if limit is None or stream.kind != "workspace" or operation.write.method == "DELETE":
            return
        if now_at.bytes > limit:
            raise Conflict(
                "history_full",
                f"The texts and the history of this workspace have reached {limit >> 20} MB, which is all that they "
                "may have. Things can still be deleted; who runs this Headway can allow more.",
            )


def _repeat(before: Answered, stream: Stream) -> Performed:
    kept = bytes(before.answer)
    if before.status != 204 and kept == SECRET:
        raise already_done()
    return Performed(before.status, b"" if before.status == 204 else kept, stream, before.version)


def _hash(operation: Operation) -> str:
    asked = (operation.write.method, operation.write.path, dict(operation.path), operation.body)
    return hashlib.sha256(_encode(asked)).hexdigest()
