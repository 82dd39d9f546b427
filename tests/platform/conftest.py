"""A real SQLite database per test, and a clock that tests move."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine
from sqlalchemy.pool import NullPool

from headway.changes import schema as changes_schema
from headway.platform.db import sqlite
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.jobs import metadata as jobs_metadata
from tests.support.clock import StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


def create_tables(path: Path, *tables: MetaData) -> None:
    engine = create_engine(
        "sqlite+pysqlite://", creator=lambda: sqlite.connect(path, writable=True), poolclass=NullPool
    )
    with engine.begin() as connection:
        for metadata in tables:
            metadata.create_all(connection)
    engine.dispose()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    path = tmp_path / "headway.db"
    create_tables(path, changes_schema.metadata, jobs_metadata)
    opened = SqliteDatabase(path)
    yield opened
    await opened.close()
