"""MariaDB behind the same port: whole transactions, run again when others were in the way, and clear refusals."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pymysql
import pytest
from sqlalchemy import BigInteger, Column, MetaData, String, Table, bindparam, create_engine, select, update
from sqlalchemy.pool import NullPool

from headway.platform.db.address import Address, is_server, parse_address
from headway.platform.db.mysql import MySqlDatabase, open_mysql
from headway.platform.db.mysql_pool import PoolLimits
from headway.platform.db.port import DuplicateKey, Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into
from headway.platform.problems import Unavailable
from tests.support import mariadb

pytestmark = pytest.mark.anyio

metadata = MetaData()
counters = Table(
    "counters", metadata, Column("name", String(20), primary_key=True), Column("value", BigInteger, nullable=False)
)
VALUES = Statement(select(counters.c.value).order_by(counters.c.name), int)
VALUE = Statement(select(counters.c.value).where(counters.c.name == bindparam("of")), int)
SET = command(update(counters).where(counters.c.name == bindparam("of")).values(value=bindparam("to")))
PATIENCE = 60.0  # seconds until a caller that waits in vain fails the test


class Refused(Exception):
    """What an action raises that changes its mind."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[Address]:
    url = mariadb.database_of(tmp_path)
    engine = create_engine(url.replace("mysql:", "mysql+pymysql:"), poolclass=NullPool)
    metadata.create_all(engine)
    yield parse_address(url)
    metadata.drop_all(engine)
    engine.dispose()


@pytest.fixture
async def database(address: Address) -> AsyncIterator[MySqlDatabase]:
    opened = await open_mysql(address)
    yield opened
    await opened.close()


async def add(tx: Transaction, name: str, value: int = 0) -> str:
    await tx.execute(insert_into(counters), name=name, value=value)
    tx.announce(f"counter:{name}", 1)
    return name


async def add_and_refuse(tx: Transaction, name: str) -> None:
    await add(tx, name)
    raise Refused


async def count_up(tx: Transaction, name: str) -> None:
    """Read, think, write: what two at a time would get wrong without the database's help."""
    value = await tx.row(VALUE, of=name)
    assert value is not None
    await tx.execute(SET, of=name, to=value + 1)


async def test_what_is_refused_leaves_nothing_and_tells_nobody(database: MySqlDatabase) -> None:
    heard: list[tuple[str, int]] = []
    database.on_commit(heard.extend)

    await database.write(partial(add, name="kept", value=7))
    with pytest.raises(Refused):
        await database.write(partial(add_and_refuse, name="refused"))

    assert await database.reader.rows(VALUES) == [7]
    assert heard == [("counter:kept", 1)]


async def test_a_key_that_is_taken_is_refused(database: MySqlDatabase) -> None:
    await database.write(partial(add, name="one"))

    with pytest.raises(DuplicateKey):
        await database.write(partial(add, name="one"))


async def test_an_update_that_changes_nothing_has_touched_its_row(database: MySqlDatabase) -> None:
    await database.write(partial(add, name="same", value=3))

    assert await database.write(lambda tx: tx.execute(SET, of="same", to=3)) == 1
    assert await database.write(lambda tx: tx.execute(SET, of="nobody", to=3)) == 0


async def test_no_step_of_many_writers_on_two_instances_is_lost(address: Address, database: MySqlDatabase) -> None:
    other = await open_mysql(address)
    await database.write(partial(add, name="steps"))
    try:
        await asyncio.gather(*(each.write(partial(count_up, name="steps")) for each in (database, other) * 20))
    finally:
        await other.close()

    assert await database.reader.rows(VALUES) == [40]


async def test_a_long_read_sees_one_state_while_writes_go_on(database: MySqlDatabase) -> None:
    await database.write(partial(add, name="a", value=1))

    async def read_twice(reader: Reader) -> tuple[list[int], list[int]]:
        before = await reader.rows(VALUES)
        await database.write(partial(add, name="b", value=2))
        return before, await reader.rows(VALUES)

    assert await database.read_slowly(read_twice) == ([1], [1])
    assert await database.reader.rows(VALUES) == [1, 2]


async def test_a_write_whose_caller_goes_away_is_brought_to_its_end(address: Address) -> None:
    database = await open_mysql(address)
    reached = asyncio.Event()
    go_on = asyncio.Event()

    async def slowly(tx: Transaction) -> None:
        await add(tx, "whole", 5)
        reached.set()
        await go_on.wait()

    caller = asyncio.ensure_future(database.write(slowly))
    async with asyncio.timeout(PATIENCE):
        await reached.wait()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        go_on.set()
        await database.close()

    reopened = await open_mysql(address)
    assert await reopened.reader.rows(VALUES) == [5]
    await reopened.close()


async def test_connections_that_the_server_has_ended_are_replaced(address: Address, database: MySqlDatabase) -> None:
    await database.write(partial(add, name="before", value=1))
    _kill_all(address)

    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await database.write(partial(add, name="after", value=2))
            except Unavailable:
                continue
            break

    assert await database.reader.rows(VALUES) == [2, 1]


async def test_who_finds_no_free_connection_is_told_to_come_back(address: Address) -> None:
    database = await open_mysql(address, PoolLimits(size=1, wait=2))
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def hold(tx: Transaction) -> None:
        await add(tx, "held")
        reached.set()
        await go_on.wait()

    held = asyncio.ensure_future(database.write(hold))
    try:
        async with asyncio.timeout(PATIENCE):
            await reached.wait()
            with pytest.raises(Unavailable) as refused:
                await database.write(partial(add, name="late"))
        assert refused.value.code == "storage_busy"
        assert refused.value.headers["Retry-After"]
    finally:
        go_on.set()
        await held
        await database.close()


async def test_a_server_that_is_away_is_named_as_such() -> None:
    with pytest.raises(Unavailable) as refused:
        await open_mysql(parse_address("mysql://me:hunter2@127.0.0.1:1/headway"))

    assert refused.value.code == "storage_unavailable"
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        *("mysql://db/headway", "mysql://me@db", "mysql://me@db/", "mysql://me@db/a/b", "mysql://me@db/a?tsl=on"),
        *("mysql://me@one,/a", "mysql://me@one:0/a", "mysql://me@one:70000/a", "mysql://me@::1/a"),
    ],
)
def test_addresses_that_name_no_database_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must|option"):
        parse_address(url)


def test_an_address_is_read_with_its_marks() -> None:
    address = parse_address("mariadb://head%40way:p%2Fw@db.example.org/head?tls=on&ca=/ca.pem")

    assert (address.servers, address.user, address.password) == ("db.example.org:3306", "head@way", "p/w")
    assert (address.name, address.tls, address.ca) == ("head", "on", "/ca.pem")
    assert "p/w" not in repr(address)
    assert is_server("mysql://x")
    assert not is_server("sqlite:///x")


def test_several_servers_are_named_by_commas() -> None:
    address = parse_address("mysql://me:p@one,[::1]:3307,two:3308/headway")

    assert address.endpoints == (("one", 3306), ("::1", 3307), ("two", 3308))


def _kill_all(address: Address) -> None:
    """End every other connection, as a restart of the server does."""
    (endpoint,) = address.endpoints
    connection = pymysql.connect(host=endpoint.host, port=endpoint.port, user=address.user)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM information_schema.processlist WHERE id <> connection_id() AND user = 'root'"
            )
            for (number,) in cursor.fetchall():
                cursor.execute(f"KILL {number}")
    finally:
        connection.close()
