"""Connections to one MariaDB or MySQL server, with the session that this product needs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from asyncmy import connect
from asyncmy.connection import Connection
from asyncmy.constants import CLIENT, FIELD_TYPE
from asyncmy.converters import conversions
from asyncmy.pool import Pool

from headway.platform.db.address import Address, Endpoint
from headway.platform.db.mysql_errors import ServerLost, busy, given_up, translated
from headway.platform.db.mysql_primary import Primary

RECYCLE_SECONDS: Final = 600
CONNECT_SECONDS: Final = 5
START_SECONDS: Final = 15
"""How long a start waits for a server that takes writes."""
LOCK_SECONDS: Final = 5

Isolation = Literal["SERIALIZABLE", "REPEATABLE-READ"]


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """How many connections, how long a request waits for one, and how long one statement may run, in seconds."""

    size: int = 10
    wait: float = 5.0
    statement: float = 30.0


def _number(text: str) -> int | float:
    """Sums come as decimals, though all that is summed here are whole numbers."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def arguments(address: Address) -> dict[str, Any]:  # Any: the keyword arguments of the driver, of every type
    """What the driver is given to connect, but for the server."""
    return {
        "user": address.user,
        "password": address.password,
        "database": address.name,
        "unix_socket": address.socket,
        "ssl": address.tls_context(),
        "charset": "utf8mb4",
        "autocommit": True,
        "binary_prefix": True,
        "connect_timeout": CONNECT_SECONDS,
        # An update that finds its row but changes nothing has touched it, as on SQLite.
        "client_flag": CLIENT.FOUND_ROWS,
        "conv": {**conversions, FIELD_TYPE.DECIMAL: _number, FIELD_TYPE.NEWDECIMAL: _number},
    }


class ConnectionPool:
    """Connections to the primary that are alike; `hold` lends one."""

    def __init__(self, address: Address, primary: Primary, limits: PoolLimits, session: str) -> None:
        self._primary = primary
        self._limits = limits
        self._arguments = {**arguments(address), "init_command": session}
        self._endpoint: Endpoint | None = None
        self._pool: Pool | None = None
        self._left: set[asyncio.Task[None]] = set()
        self.waiting = 0

    @contextlib.asynccontextmanager
    async def hold(self) -> AsyncIterator[Connection]:
        """A connection of one's own for a while. Unavailable when none comes free in time or the server is away.

        ServerLost when it goes away meanwhile: the next one is of the server that takes writes then.
        """
        pool, endpoint, connection = await self._take()
        try:
            yield connection
        except asyncio.CancelledError:
            connection.close()  # a statement may still be on its way: its answer must not reach the next borrower
            raise
        except ServerLost:
            connection.close()
            self._primary.doubt(endpoint)
            raise
        finally:
            pool.release(connection)

    async def _take(self) -> tuple[Pool, Endpoint, Connection]:
        self.waiting += 1
        try:
            async with asyncio.timeout(self._limits.wait):
                endpoint = await self._primary.find()
                pool = self._pool_at(endpoint)
                try:
                    with translated():
                        return pool, endpoint, await pool.acquire()
                except ServerLost:
                    self._primary.doubt(endpoint)
                    raise
        except TimeoutError:
            raise busy() from None
        finally:
            self.waiting -= 1

    def _pool_at(self, endpoint: Endpoint) -> Pool:
        """The connections to this server; those to the one before end as they come back."""
        if self._pool is None or endpoint != self._endpoint:
            former, self._endpoint = self._pool, endpoint
            self._pool = Pool(
                minsize=0,
                maxsize=self._limits.size,
                pool_recycle=RECYCLE_SECONDS,
                **self._arguments,
                host=endpoint.host,
                port=endpoint.port,
            )
            if former is not None:
                leaving = asyncio.get_running_loop().create_task(_closed(former))
                self._left.add(leaving)
                leaving.add_done_callback(self._left.discard)
        return self._pool

    async def close(self) -> None:
        """Close all connections once they have been given back."""
        if self._pool is not None:
            await _closed(self._pool)
        if self._left:
            await asyncio.wait(self._left)


async def _closed(pool: Pool) -> None:
    pool.close()
    await pool.wait_closed()


async def session_of(address: Address, primary: Primary, isolation: Isolation, limits: PoolLimits) -> str:
    """The statement that prepares a connection. MariaDB and MySQL name the settings apart. Unavailable."""
    version = await _version(address, primary)
    is_mariadb = "mariadb" in version.lower()
    settings = {
        "tx_isolation" if is_mariadb else "transaction_isolation": f"'{isolation}'",
        "sql_mode": "'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'",
        "time_zone": "'+00:00'",
        "innodb_lock_wait_timeout": str(LOCK_SECONDS),
        "collation_connection": "'utf8mb4_bin'",
    }
    if is_mariadb:
        settings["max_statement_time"] = str(limits.statement)
    else:
        settings["max_execution_time"] = str(int(limits.statement * 1000))
    return "SET SESSION " + ", ".join(f"{name} = {value}" for name, value in settings.items())


async def _version(address: Address, primary: Primary) -> str:
    try:
        async with asyncio.timeout(START_SECONDS):
            endpoint = await primary.find()
            with given_up(), translated():
                connection = await connect(**arguments(address), host=endpoint.host, port=endpoint.port)
    except TimeoutError:
        raise busy() from None
    version: str = connection.get_server_info()
    await connection.ensure_closed()
    return version
