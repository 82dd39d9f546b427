"""SQLite: one writer thread that commits queued transactions in groups, and readers that never wait for it.

The writer drives each action's coroutine to its end with a single `send`: an action awaits nothing but the
transaction port, which here never suspends. Settings follow https://www.sqlite.org/pragma.html: WAL with
`synchronous=FULL`, so that a commit has been synced before it is acknowledged.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final, Generic, TypeVar

import pysqlite3
import structlog

from headway.platform.db.port import DuplicateKey, News, Parameters, Reader, Transaction
from headway.platform.db.statement import Statement
from headway.platform.faults import Faults, no_faults
from headway.platform.problems import Problem, Unavailable

T = TypeVar("T")

GROUP_LIMIT: Final = 128
READER_THREADS: Final = 2
DIALECT: Final = "sqlite"

_log = structlog.get_logger(__name__)

# The driver looks for an adapter of every value that is neither number nor text, and swallows three exceptions when it
# finds none: 0.8 us for each id and each NULL that is bound. Adapters that give the value back take 0.1.
pysqlite3.register_adapter(bytes, bytes)
pysqlite3.register_adapter(type(None), {None: None}.get)


class SqliteReader:
    """Runs selects on one connection."""

    dialect = DIALECT

    def __init__(self, connection: pysqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, statement: Statement[T], **parameters: Parameters) -> list[T]:
        compiled = statement.on(DIALECT)
        return compiled.read_all(self._connection.execute(*compiled.bind(parameters)).fetchall())

    async def row(self, statement: Statement[T], **parameters: Parameters) -> T | None:
        compiled = statement.on(DIALECT)
        found = self._connection.execute(*compiled.bind(parameters)).fetchone()
        return None if found is None else compiled.read(found)


class SqliteTransaction(SqliteReader):
    """The writer's connection, for the length of one action."""

    def __init__(self, connection: pysqlite3.Connection) -> None:
        super().__init__(connection)
        self.connection = connection
        self.news: list[tuple[str, int]] = []

    async def execute(self, statement: Statement[Any], **parameters: Parameters) -> int:
        try:
            cursor = self._connection.execute(*statement.on(DIALECT).bind(parameters))
        except pysqlite3.IntegrityError as error:
            raise DuplicateKey(str(error)) from error
        return int(cursor.rowcount)

    async def execute_many(self, statement: Statement[Any], parameters: Sequence[Mapping[str, Parameters]]) -> None:
        compiled = statement.on(DIALECT)
        bound = [compiled.bind(each) for each in parameters]
        if not bound:
            return
        try:
            self._connection.executemany(bound[0][0], [values for _, values in bound])
        except pysqlite3.IntegrityError as error:
            raise DuplicateKey(str(error)) from error

    async def lock(self, statement: Statement[Any], **parameters: Parameters) -> None:
        pass

    def announce(self, stream: str, version: int) -> None:
        self.news.append((stream, version))


def run_to_end(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never suspends; RuntimeError for one that does. Any: so it yields nothing."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    coroutine.close()
    raise RuntimeError("an action awaited something else than its transaction")


@dataclass(slots=True)
class _Queued(Generic[T]):
    action: Callable[[Transaction], Coroutine[Any, Any, T]]
    future: "asyncio.Future[T]"
    result: T | None = None
    error: BaseException | None = None
    news: list[tuple[str, int]] = field(default_factory=list)


def connect(path: Path, *, writable: bool) -> pysqlite3.Connection:
    """Open the database file for this product's use."""
    connection = pysqlite3.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.execute("PRAGMA busy_timeout = 5000")
    if writable:
        # Only a new file takes it. A row of a table without rowid may fill a quarter of a page before it is split up.
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
    else:
        connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -32768")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection


class SqliteDatabase:
    """One SQLite file. Make it on the event loop that will use it; `close` it there."""

    def __init__(self, path: Path, faults: Faults = no_faults) -> None:
        self._path = path
        self._faults = faults
        self._loop = asyncio.get_running_loop()
        self._listeners: list[Callable[[News], None]] = []
        self._queue: SimpleQueue[_Queued[Any] | None] = SimpleQueue()
        self._closed = False
        self._paused: str | None = None
        self._writer_connection = connect(path, writable=True)
        self._reader_connection = connect(path, writable=False)
        self._reader = SqliteReader(self._reader_connection)
        self._threads = ThreadPoolExecutor(READER_THREADS, thread_name_prefix="reader")
        self._local = threading.local()
        self._writer = threading.Thread(target=self._write_queued, name="writer", daemon=True)
        self._writer.start()

    @property
    def reader(self) -> Reader:
        return self._reader

    @property
    def is_alone(self) -> bool:
        return True

    @property
    def waiting(self) -> int:
        return self._queue.qsize()

    def on_commit(self, listener: Callable[[News], None]) -> None:
        self._listeners.append(listener)

    async def write(self, action: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        if self._closed:  # nobody takes from the queue any more: the caller would wait for ever
            raise Unavailable("storage_closed", "The server is stopping; nothing was saved.")
        if self._paused is not None:
            raise Unavailable("storage_unavailable", self._paused, headers={"Retry-After": "2"})
        return await self._queued(action)

    async def _queued(self, action: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(_Queued(action, future))
        return await future

    def pause(self, why: str | None) -> None:
        """From now on whoever wants to write is told why not now (Unavailable); None lets them again."""
        self._paused = why

    async def on_writer(self, work: Callable[[pysqlite3.Connection], T]) -> T:
        """Run `work` on the writer's connection, in a transaction after all that are queued; also while paused."""

        async def act(tx: Transaction) -> T:
            assert isinstance(tx, SqliteTransaction)  # noqa: S101 - narrows the type: this database makes no other
            return work(tx.connection)

        return await self._queued(act)

    async def read_slowly(self, query: Callable[[Reader], Coroutine[Any, Any, T]]) -> T:
        return await self._loop.run_in_executor(self._threads, self._read_in_thread, query)

    def _read_in_thread(self, query: Callable[[Reader], Coroutine[Any, Any, T]]) -> T:
        connection: pysqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self._path, writable=False)
            self._local.connection = connection
        connection.execute("BEGIN")
        try:
            return run_to_end(query(SqliteReader(connection)))
        finally:
            connection.execute("ROLLBACK")

    async def close(self) -> None:
        """Finish what is queued, then let go of the file."""
        self._closed = True
        self._queue.put(None)
        await self._loop.run_in_executor(None, self._writer.join)
        await self._loop.run_in_executor(None, self._threads.shutdown)
        self._reader_connection.close()
        self._writer_connection.close()

    def _write_queued(self) -> None:
        open_ = True
        while open_:
            group: list[_Queued[Any]] = []
            item = self._queue.get()
            while True:
                if item is None:
                    open_ = False
                    break
                group.append(item)
                if len(group) == GROUP_LIMIT or self._queue.empty():
                    break
                item = self._queue.get()
            if group:
                self._commit_group(group)
                self._loop.call_soon_threadsafe(self._acknowledge, group)

    def _commit_group(self, group: list[_Queued[Any]]) -> None:
        connection = self._writer_connection
        try:
            self._faults("write.before_begin")
            connection.execute("BEGIN IMMEDIATE")
            if not all(self._run(queued) for queued in group):
                connection.execute("ROLLBACK")
                connection.execute("BEGIN IMMEDIATE")
                for queued in group:
                    self._run_apart(queued)
            self._faults("write.before_commit")
            connection.execute("COMMIT")
            self._faults("write.after_commit")
        except BaseException as error:  # noqa: BLE001 - were the thread to end, every writer would wait for ever
            _log.error("write_failed", error=repr(error), transactions=len(group))
            with contextlib.suppress(pysqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            for queued in group:
                queued.error = storage_problem(error)

    def _run(self, queued: _Queued[Any]) -> bool:
        """Run an action in the group's transaction; False when it failed with something written already.

        Savepoints cost a fifth of a small transaction, and hardly any action fails once it has written: so the group
        is first run without them.
        """
        connection = self._writer_connection
        written = connection.total_changes
        transaction = SqliteTransaction(connection)
        queued.error = None
        try:
            queued.result = run_to_end(queued.action(transaction))
        except BaseException as error:
            if not connection.in_transaction:  # SQLite itself gave the transaction up: disk full, I/O error
                raise
            queued.error = error
            return bool(connection.total_changes == written)
        queued.news = transaction.news
        self._faults("write.after_action")
        return True

    def _run_apart(self, queued: _Queued[Any]) -> None:
        """Run an action so that what it has written goes when it fails."""
        connection = self._writer_connection
        connection.execute("SAVEPOINT action")
        if not self._run(queued):
            connection.execute("ROLLBACK TO action")
        connection.execute("RELEASE action")

    def _acknowledge(self, group: list[_Queued[Any]]) -> None:
        for queued in group:
            if queued.future.done():
                continue
            if queued.error is None:
                queued.future.set_result(queued.result)
            else:
                queued.future.set_exception(queued.error)
        news = [item for queued in group if queued.error is None for item in queued.news]
        if news:
            for listener in self._listeners:
                listener(news)


def storage_problem(error: BaseException) -> Problem:
    """What the caller is told when the database file cannot take a write."""
    full = "full" in str(error)
    detail = "The server's disk is full; nothing was saved." if full else "The database cannot be written just now."
    return Unavailable("storage_full" if full else "storage_unavailable", detail, headers={"Retry-After": "5"})
