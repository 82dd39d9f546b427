"""What actions and queries may ask of a database; they await nothing else."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from headway.platform.db.statement import Statement

T = TypeVar("T")

# Any: parameters are bound by the type of their column, which may be of every kind.
Parameters = Any


class DuplicateKey(Exception):
    """A row with this key is there already."""


class ReplicaLost(Exception):
    """A replica does not answer; whoever read there reads elsewhere."""


class ReplicaSlow(ReplicaLost):
    """It has not answered in time: it hangs, or has much to do."""


class Reader(Protocol):
    """Runs selects. A reader cannot write."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `mysql`, for the few statements that cannot be the same on both."""
        ...

    async def rows(self, statement: Statement[T], **parameters: Parameters) -> list[T]:
        """All rows."""
        ...

    async def row(self, statement: Statement[T], **parameters: Parameters) -> T | None:
        """The first row, or None."""
        ...


class Transaction(Reader, Protocol):
    """One transaction: what it did is kept whole or not at all, and it is not this object that commits."""

    async def execute(self, statement: Statement[Any], **parameters: Parameters) -> int:
        """Run a statement for its effect; the number of rows it touched. DuplicateKey when a key is taken."""
        ...

    async def execute_many(self, statement: Statement[Any], parameters: Sequence[Mapping[str, Parameters]]) -> None:
        """Run a statement once per set of parameters."""
        ...

    async def lock(self, statement: Statement[Any], **parameters: Parameters) -> None:
        """Take the rows that a `SELECT ... FOR UPDATE` names until the commit: whoever else wants them waits.

        SQLite, where one transaction runs at a time, has nothing to do.
        """
        ...

    def announce(self, stream: str, version: int) -> None:
        """Tell the listeners, once committed, that a stream has reached a version. A hint: it may be lost."""
        ...


News = Sequence[tuple[str, int]]
"""Streams and the versions they have reached."""


class Database(Protocol):
    """A database that runs transactions and reads."""

    async def write(self, action: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        """Run `action` in a transaction and return its result once it is committed and synced.

        The action may be run again from its beginning after a conflict. What it raises undoes the transaction and
        is raised here. `Unavailable` when the storage cannot take it.
        """
        ...

    @property
    def reader(self) -> Reader:
        """Short reads, straight on the event loop."""
        ...

    async def read_slowly(self, query: Callable[[Reader], Coroutine[Any, Any, T]]) -> T:
        """Run a query that may take long away from the event loop, on one consistent view of the data."""
        ...

    @property
    def is_alone(self) -> bool:
        """Whether no other process writes to it, so that all that happens in it is announced here."""
        ...

    @property
    def waiting(self) -> int:
        """How many transactions wait to be written."""
        ...

    def on_commit(self, listener: Callable[[News], None]) -> None:
        """Call `listener` on the event loop after commits that announced something."""
        ...


class Replica(Protocol):
    """A server that follows the primary and may be behind it. Nothing can be written there."""

    @property
    def name(self) -> str:
        """The same for all instances."""
        ...

    def snapshot(self, *, watching: bool = False) -> AbstractAsyncContextManager[Reader]:
        """One consistent view of what it has. ReplicaLost when it does not answer, also in between.

        `watching`: on a connection that is kept for those who look after it.
        """
        ...

    async def close(self) -> None:
        """Let go of its connections."""
        ...
