"""Of several servers the one that takes writes is used; when another one takes its place, work goes on there."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pymysql
import pytest

from headway.platform.db.address import Address, Endpoint
from headway.platform.db.mysql import MySqlDatabase, open_mysql
from headway.platform.db.mysql_pool import PoolLimits
from headway.platform.db.mysql_schema import MySqlSchema, NoServer
from headway.platform.db.port import Transaction
from headway.platform.db.statement import insert_into
from headway.platform.problems import Unavailable
from tests.platform.test_mysql import VALUES, counters
from tests.support import mariadb

pytestmark = pytest.mark.anyio

PASSWORD = "correct horse"
PATIENCE = 60.0  # seconds until work that waits in vain fails the test
TABLE = "CREATE TABLE two.counters (name VARCHAR(20) PRIMARY KEY, value BIGINT NOT NULL)"


@pytest.fixture(scope="module")
def ports() -> tuple[int, int]:
    """Two servers that do not replicate one another: what is written shows where it was written."""
    return mariadb.start(), mariadb.start()


@pytest.fixture
def address(ports: tuple[int, int]) -> Iterator[Address]:
    for port in ports:
        run(
            port,
            "CREATE DATABASE two CHARACTER SET utf8mb4",
            TABLE,
            f"CREATE USER app@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'",
            "GRANT ALL ON two.* TO app@'127.0.0.1'",
        )
    run(ports[1], "SET GLOBAL read_only = 1")
    yield Address(tuple(Endpoint("127.0.0.1", port) for port in ports), "app", PASSWORD, "two")
    for port in ports:
        run(port, "SET GLOBAL read_only = 0", "DROP DATABASE two", "DROP USER app@'127.0.0.1'")


def run(port: int, *statements: str) -> None:
    """As the administrator, who may write to a server that is read-only for others."""
    with closing(pymysql.connect(host="127.0.0.1", port=port, user="root", autocommit=True)) as connection:
        for statement in statements:
            connection.query(statement)


def stored(port: int) -> list[int]:
    with (
        closing(pymysql.connect(host="127.0.0.1", port=port, user="root")) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT value FROM two.counters ORDER BY value")
        return [value for (value,) in cursor.fetchall()]


async def add(tx: Transaction, value: int) -> None:
    await tx.execute(insert_into(counters), name=f"number {value}", value=value)


async def write(database: MySqlDatabase, *values: int) -> None:
    for value in values:
        await database.write(partial(add, value=value))


async def test_writes_and_reads_go_to_the_server_that_takes_writes(address: Address, ports: tuple[int, int]) -> None:
    database = await open_mysql(address)
    await write(database, 1)
    assert await database.reader.rows(VALUES) == [1]

    run(ports[0], "SET GLOBAL read_only = 1")
    run(ports[1], "SET GLOBAL read_only = 0")
    await write(database, 2, 3)

    assert await database.reader.rows(VALUES) == [2, 3]
    assert (stored(ports[0]), stored(ports[1])) == ([1], [2, 3])
    await database.close()


async def test_a_write_under_way_is_done_again_on_the_next_primary(address: Address, ports: tuple[int, int]) -> None:
    database = await open_mysql(address, PoolLimits(wait=PATIENCE))
    started = asyncio.Event()
    seen: list[int] = []

    async def slowly(tx: Transaction) -> None:
        seen.append(len(seen))
        if not started.is_set():
            started.set()
            await demoted.wait()
        await add(tx, 4)

    demoted = asyncio.Event()
    writing = asyncio.ensure_future(database.write(slowly))
    async with asyncio.timeout(PATIENCE):
        await started.wait()
        run(ports[0], "SET GLOBAL read_only = 1")
        demoted.set()
        while database.waiting == 0:  # noqa: ASYNC110 - it looks for a primary, and there is none
            await asyncio.sleep(0)
        run(ports[1], "SET GLOBAL read_only = 0")
        await writing

    assert len(seen) == 2
    assert (stored(ports[0]), stored(ports[1])) == ([], [4])
    await database.close()


async def test_while_no_server_takes_writes_the_person_is_told_to_come_back(
    address: Address, ports: tuple[int, int]
) -> None:
    database = await open_mysql(address, PoolLimits(wait=0.3))
    run(ports[0], "SET GLOBAL read_only = 1")

    with pytest.raises(Unavailable) as refused:
        await write(database, 5)

    assert refused.value.headers["Retry-After"]
    with pytest.raises(NoServer, match="takes writes"):
        MySqlSchema(address).revisions([])
    assert stored(ports[0]) == stored(ports[1]) == []
    await database.close()


async def test_of_two_servers_that_take_writes_none_is_chosen(address: Address, ports: tuple[int, int]) -> None:
    run(ports[1], "SET GLOBAL read_only = 0")

    with pytest.raises(Unavailable, match="Several database servers"):
        await open_mysql(address)


async def test_a_server_that_is_away_is_passed_over(address: Address, ports: tuple[int, int]) -> None:
    gone = Endpoint("127.0.0.1", 1)
    database = await open_mysql(Address((gone, *address.endpoints), "app", PASSWORD, "two"))
    await write(database, 7)
    assert stored(ports[0]) == [7]
    await database.close()
