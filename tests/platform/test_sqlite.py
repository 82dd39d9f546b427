"""The writer: many transactions in one commit, each whole or not at all, each caller told its own outcome."""

import asyncio
from collections.abc import AsyncIterator, Generator
from functools import partial
from pathlib import Path

import pysqlite3
import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, select

from headway.platform.db.port import DuplicateKey, Reader, Transaction
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.db.statement import Statement, insert_into
from headway.platform.problems import Unavailable

pytestmark = pytest.mark.anyio

metadata = MetaData()
numbers = Table("numbers", metadata, Column("number", Integer, primary_key=True))
PATIENCE = 30.0  # seconds until a caller that waits in vain fails the test
NUMBERS = Statement(select(numbers.c.number).order_by(numbers.c.number), int)


class Refused(Exception):
    """What an action raises that changes its mind."""


class Elsewhere:
    """Something that only an event loop could wait for."""

    def __await__(self) -> Generator[None, None, None]:
        yield


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    opened = SqliteDatabase(_new_file(tmp_path))
    yield opened
    await opened.close()


def _new_file(folder: Path) -> Path:
    path = folder / "numbers.db"
    engine = create_engine(f"sqlite:///{path}", module=pysqlite3)
    metadata.create_all(engine)
    engine.dispose()
    return path


async def _insert(tx: Transaction, number: int) -> int:
    await tx.execute(insert_into(numbers), number=number)
    tx.announce(f"number:{number}", number)
    return number


async def _insert_and_refuse(tx: Transaction, number: int) -> int:
    await _insert(tx, number)
    raise Refused(number)


async def _refuse(_tx: Transaction, number: int) -> int:
    raise Refused(number)


async def _kept(database: SqliteDatabase) -> list[int]:
    return await database.reader.rows(NUMBERS)


async def test_a_refused_action_takes_none_of_its_neighbours_along(database: SqliteDatabase) -> None:
    actions = (_insert, _insert_and_refuse, _refuse)

    outcomes = await asyncio.gather(
        *(database.write(partial(actions[number % 3], number=number)) for number in range(60)),
        return_exceptions=True,
    )

    assert await _kept(database) == [number for number in range(60) if number % 3 == 0]
    for number, outcome in enumerate(outcomes):
        assert outcome == number if number % 3 == 0 else isinstance(outcome, Refused)


async def test_news_are_of_what_was_kept_only(database: SqliteDatabase) -> None:
    heard: list[tuple[str, int]] = []
    database.on_commit(heard.extend)

    await asyncio.gather(
        *(database.write(partial(_insert, number=number)) for number in range(10)),
        *(database.write(partial(_insert_and_refuse, number=number)) for number in range(10, 20)),
        return_exceptions=True,
    )

    assert sorted(heard) == sorted((f"number:{number}", number) for number in range(10))


async def test_a_key_that_is_taken_is_refused_to_its_own_caller(database: SqliteDatabase) -> None:
    first, again, other = await asyncio.gather(
        *(database.write(partial(_insert, number=number)) for number in (1, 1, 2)),
        return_exceptions=True,
    )

    assert first == 1
    assert isinstance(again, DuplicateKey)
    assert other == 2
    assert await _kept(database) == [1, 2]


async def test_an_action_that_waits_for_something_else_is_refused(database: SqliteDatabase) -> None:
    async def wait(tx: Transaction) -> None:
        await _insert(tx, 1)
        await Elsewhere()

    with pytest.raises(RuntimeError, match="awaited something else"):
        await database.write(wait)

    assert await _kept(database) == []


async def test_a_long_read_sees_one_state_while_writes_go_on(database: SqliteDatabase) -> None:
    await database.write(partial(_insert, number=1))
    loop = asyncio.get_running_loop()

    async def read_twice(reader: Reader) -> tuple[list[int], list[int]]:
        before = await reader.rows(NUMBERS)
        asyncio.run_coroutine_threadsafe(database.write(partial(_insert, number=2)), loop).result()
        return before, await reader.rows(NUMBERS)

    before, after = await database.read_slowly(read_twice)

    assert before == after == [1]
    assert await _kept(database) == [1, 2]


async def test_the_writer_outlives_a_failure_of_any_kind(tmp_path: Path) -> None:
    failures = [LookupError("before the commit")]

    def fail_once(point: str) -> None:
        if point == "write.before_commit" and failures:
            raise failures.pop()

    database = SqliteDatabase(_new_file(tmp_path), fail_once)
    try:
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(Unavailable):
                await database.write(partial(_insert, number=1))
            assert await database.write(partial(_insert, number=2)) == 2
        assert await _kept(database) == [2]
    finally:
        await database.close()


async def test_who_writes_after_the_end_is_refused_rather_than_left_waiting(tmp_path: Path) -> None:
    database = SqliteDatabase(_new_file(tmp_path))
    queued = asyncio.ensure_future(database.write(partial(_insert, number=1)))
    await asyncio.sleep(0)

    await database.close()

    assert await queued == 1, "what was queued before the end is finished"
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(Unavailable):
            await database.write(partial(_insert, number=2))
