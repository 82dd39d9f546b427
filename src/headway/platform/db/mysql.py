"""MariaDB and MySQL: transactions on pooled connections, run again as a whole when another one was in the way.

Transactions are serializable, so an action may rely on what it has read, as on SQLite. Writers of one stream do not
collide: each takes the stream's row first (`Transaction.lock`).
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from typing import Any, Final, TypeVar

from asyncmy.connection import Connection

from headway.platform.db.address import Address
from headway.platform.db.mysql_errors import Demoted, ServerLost, WriteConflict, busy, given_up, translated
from headway.platform.db.mysql_pool import ConnectionPool, PoolLimits, arguments, session_of
from headway.platform.db.mysql_primary import Primary
from headway.platform.db.port import News, Parameters, Reader, Transaction
from headway.platform.db.statement import Statement
from headway.platform.faults import Faults, no_faults
from headway.platform.problems import Unavailable

T = TypeVar("T")
R = TypeVar("R")

# Any: actions, coroutines and statements are of whatever their callers make them, as in the port.

DIALECT: Final = "mysql"
ATTEMPTS: Final = 12
FIRST_PAUSE: Final = 0.002
LONGEST_PAUSE: Final = 0.25
LOSSES: Final = 3
"""How often in a row a server may go away under the same work, before the work may be what it goes away from."""


class ConnectionReader:
    """Runs selects on one connection."""

    dialect = DIALECT

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def rows(self, statement: Statement[T], **parameters: Parameters) -> list[T]:
        compiled = statement.on(DIALECT)
        with translated():
            async with self._connection.cursor() as cursor:
                await cursor.execute(*compiled.bind(parameters))
                found = await cursor.fetchall()
        return compiled.read_all(found)

    async def row(self, statement: Statement[T], **parameters: Parameters) -> T | None:
        compiled = statement.on(DIALECT)
        with translated():
            async with self._connection.cursor() as cursor:
                await cursor.execute(*compiled.bind(parameters))
                found = await cursor.fetchone()
        return None if found is None else compiled.read(found)


class PoolReader:
    """Runs each select on a connection that it borrows; again, when its server goes away meanwhile."""

    dialect = DIALECT

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    async def rows(self, statement: Statement[T], **parameters: Parameters) -> list[T]:
        return await self._again(lambda reader: reader.rows(statement, **parameters))

    async def row(self, statement: Statement[T], **parameters: Parameters) -> T | None:
        return await self._again(lambda reader: reader.row(statement, **parameters))

    async def _again(self, select: Callable[[ConnectionReader], Coroutine[Any, Any, R]]) -> R:
        for _ in range(LOSSES - 1):
            with contextlib.suppress(ServerLost):
                return await self._once(select)
        with given_up():
            return await self._once(select)

    async def _once(self, select: Callable[[ConnectionReader], Coroutine[Any, Any, R]]) -> R:
        async with self._pool.hold() as connection:
            return await select(ConnectionReader(connection))


class MySqlTransaction(ConnectionReader):
    """A connection within a transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.news: list[tuple[str, int]] = []

    async def execute(self, statement: Statement[Any], **parameters: Parameters) -> int:
        with translated():
            async with self._connection.cursor() as cursor:
                return int(await cursor.execute(*statement.on(DIALECT).bind(parameters)))

    async def execute_many(self, statement: Statement[Any], parameters: Sequence[Mapping[str, Parameters]]) -> None:
        compiled = statement.on(DIALECT)
        bound = [compiled.bind(each) for each in parameters]
        if not bound:
            return
        with translated():
            async with self._connection.cursor() as cursor:
                await cursor.executemany(bound[0][0], [values for _, values in bound])

    async def lock(self, statement: Statement[Any], **parameters: Parameters) -> None:
        await self.rows(statement, **parameters)

    def announce(self, stream: str, version: int) -> None:
        self.news.append((stream, version))


class MySqlDatabase:
    """One server. `open_mysql` makes it, on the event loop that will use it; `close` it there."""

    def __init__(self, writers: ConnectionPool, readers: ConnectionPool, faults: Faults) -> None:
        self._writers = writers
        self._readers = readers
        self._reader = PoolReader(readers)
        self._faults = faults
        self._listeners: list[Callable[[News], None]] = []
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    @property
    def reader(self) -> Reader:
        return self._reader

    @property
    def is_alone(self) -> bool:
        return False

    @property
    def waiting(self) -> int:
        return self._writers.waiting

    def on_commit(self, listener: Callable[[News], None]) -> None:
        self._listeners.append(listener)

    async def write(self, action: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        if self._closed:
            raise Unavailable("storage_closed", "The server is stopping; nothing was saved.")
        # A caller who goes away must not leave a transaction half done: as on SQLite, it is brought to its end.
        task = asyncio.get_running_loop().create_task(self._write(action))
        self._running.add(task)
        task.add_done_callback(self._settled)
        return await asyncio.shield(task)

    def _settled(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # whoever asked may be gone

    async def read_slowly(self, query: Callable[[Reader], Coroutine[Any, Any, T]]) -> T:
        with given_up():
            return await self._read_slowly(query)

    async def _read_slowly(self, query: Callable[[Reader], Coroutine[Any, Any, T]]) -> T:
        async with self._readers.hold() as connection:
            await _run(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
            async with _rolled_back(connection):
                return await query(ConnectionReader(connection))

    async def close(self) -> None:
        """Finish what is under way, then close the connections."""
        self._closed = True
        if self._running:
            await asyncio.wait(self._running)
        await self._writers.close()
        await self._readers.close()

    async def _write(self, action: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        pause, losses = FIRST_PAUSE, 0
        for _ in range(ATTEMPTS):
            try:
                return await self._attempt(action)
            except WriteConflict:
                pass
            except ServerLost as lost:
                losses += 1
                if losses == LOSSES or lost.in_doubt:
                    raise lost.problem from lost
            await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 - spreads the attempts, guards nothing
            pause = min(2 * pause, LONGEST_PAUSE)
        raise busy()

    async def _attempt(self, action: Callable[[Transaction], Coroutine[Any, Any, T]]) -> T:
        async with self._writers.hold() as connection:
            transaction = MySqlTransaction(connection)
            self._faults("write.before_begin")
            await _run(connection, "START TRANSACTION")
            try:
                result = await action(transaction)
                self._faults("write.after_action")
                self._faults("write.before_commit")
                await _commit(connection)
            except BaseException:
                await roll_back(connection)
                raise
            self._faults("write.after_commit")
        if transaction.news:
            for listener in self._listeners:
                listener(transaction.news)
        return result


async def open_mysql(address: Address, limits: PoolLimits | None = None, faults: Faults = no_faults) -> MySqlDatabase:
    """Connect to a server. Unavailable when it is away or refuses."""
    limits = limits or PoolLimits()
    primary = Primary(address.endpoints, arguments(address))
    writing = await session_of(address, primary, "SERIALIZABLE", limits)
    reading = await session_of(address, primary, "REPEATABLE-READ", limits)
    writers = ConnectionPool(address, primary, limits, writing)
    return MySqlDatabase(writers, ConnectionPool(address, primary, limits, reading), faults)


async def _run(connection: Connection, statement: str) -> None:
    with translated():
        await connection.query(statement)  # type: ignore[no-untyped-call]  # the driver's stubs leave it out


async def _commit(connection: Connection) -> None:
    try:
        await _run(connection, "COMMIT")
    except ServerLost as lost:
        lost.in_doubt = not isinstance(lost, Demoted)
        raise


@contextlib.asynccontextmanager
async def _rolled_back(connection: Connection) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await roll_back(connection)


async def roll_back(connection: Connection) -> None:
    """Undo; a connection that cannot even do that is given up, and the server undoes by itself."""
    try:
        await connection.query("ROLLBACK")  # type: ignore[no-untyped-call]  # the driver's stubs leave it out
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the connection must not be lent again
        connection.close()
