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

from headway.platform.db.address import Address
from headway.platform.db.mysql_errors import busy, translated

RECYCLE_SECONDS: Final = 600
CONNECT_SECONDS: Final = 5
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
    """What the driver is given to connect."""
    return {
        "host": address.host,
        "port": address.port,
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
    """Connections that are alike; `hold` lends one."""

    def __init__(self, address: Address, limits: PoolLimits, session: str) -> None:
        self._limits = limits
        self._pool = Pool(
            minsize=0,
            maxsize=limits.size,
            pool_recycle=RECYCLE_SECONDS,
            init_command=session,
            **arguments(address),
        )
        self.waiting = 0

    @contextlib.asynccontextmanager
    async def hold(self) -> AsyncIterator[Connection]:
        """A connection of one's own for a while. Unavailable when none comes free in time or the server is away."""
        connection = await self._take()
        try:
            yield connection
        except asyncio.CancelledError:
            connection.close()  # a statement may still be on its way: its answer must not reach the next borrower
            raise
        finally:
            self._pool.release(connection)

    async def _take(self) -> Connection:
        self.waiting += 1
        try:
            async with asyncio.timeout(self._limits.wait):
                with translated():
                    connection: Connection = await self._pool.acquire()
        except TimeoutError:
            raise busy() from None
        finally:
            self.waiting -= 1
        return connection

    async def close(self) -> None:
        """Close all connections once they have been given back."""
        self._pool.close()
        await self._pool.wait_closed()


async def session_of(address: Address, isolation: Isolation, limits: PoolLimits) -> str:
    """The statement that prepares a connection. MariaDB and MySQL name the settings apart. Unavailable."""
    with translated():
        connection = await connect(**arguments(address))
        version = connection.get_server_info()
        await connection.ensure_closed()
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
