"""A read replica of a MariaDB or MySQL server: snapshots of it, and nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Final

from asyncmy.connection import Connection
from asyncmy.errors import MySQLError
from asyncmy.pool import Pool

from headway.platform.db.address import Address
from headway.platform.db.mysql import ConnectionReader, roll_back
from headway.platform.db.mysql_errors import ServerLost
from headway.platform.db.mysql_pool import RECYCLE_SECONDS, PoolLimits, arguments, session_of
from headway.platform.db.mysql_primary import Primary
from headway.platform.db.port import Reader, ReplicaLost, ReplicaSlow

WAIT_SECONDS: Final = 0.25
"""So long a request waits until it can read; then it reads elsewhere."""
WATCH_SECONDS: Final = 1.0

_BEGIN: Final = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"


class MySqlReplica:
    """One server. `session` prepares its connections, as it does those to the primary."""

    def __init__(self, address: Address, size: int, session: str) -> None:
        self.name = str(address.endpoints[0])
        self._pool = _pool_of(address, size, session)
        self._watching = _pool_of(address, 1, session)

    @contextlib.asynccontextmanager
    async def snapshot(self, *, watching: bool = False) -> AsyncIterator[Reader]:
        """See `Replica`."""
        pool = self._watching if watching else self._pool
        connection = await _begun(pool, WATCH_SECONDS if watching else WAIT_SECONDS)
        try:
            yield ConnectionReader(connection)
        except ServerLost as lost:
            connection.close()
            raise ReplicaLost(str(lost)) from lost
        except Exception:
            await roll_back(connection)
            raise
        except BaseException:
            connection.close()  # a statement may still be on its way: its answer must not reach the next borrower
            raise
        else:
            await roll_back(connection)
        finally:
            pool.release(connection)

    async def close(self) -> None:
        """Close all connections."""
        for pool in (self._pool, self._watching):
            pool.terminate()
            await pool.wait_closed()


async def open_replicas(primary: Address, replicas: Sequence[Address], limits: PoolLimits) -> list[MySqlReplica]:
    """Replicas of a primary; they need not answer yet. Unavailable when the primary is away."""
    if not replicas:
        return []
    servers = Primary(primary.endpoints, arguments(primary))
    session = await session_of(primary, servers, "REPEATABLE-READ", limits)
    return [MySqlReplica(each, limits.size, session) for each in replicas]


def _pool_of(address: Address, size: int, session: str) -> Pool:
    endpoint = address.endpoints[0]
    return Pool(
        minsize=0,
        maxsize=size,
        pool_recycle=RECYCLE_SECONDS,
        **{**arguments(address), "connect_timeout": WATCH_SECONDS, "init_command": session},
        host=endpoint.host,
        port=endpoint.port,
    )


async def _begun(pool: Pool, seconds: float) -> Connection:
    """A connection within a snapshot."""
    connection: Connection | None = None
    try:
        async with asyncio.timeout(seconds):
            connection = await pool.acquire()
            await connection.query(_BEGIN)  # type: ignore[no-untyped-call]  # the driver's stubs leave it out
    except BaseException as error:
        if connection is not None:
            connection.close()
            pool.release(connection)
        if isinstance(error, TimeoutError):
            raise ReplicaSlow("no answer in time") from error
        if isinstance(error, MySQLError | OSError | EOFError):
            raise ReplicaLost(str(error)) from error
        raise
    return connection
