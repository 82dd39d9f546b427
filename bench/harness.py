"""A database of its own, filled and driven through the action layer, and the machine's load beside every number."""

import contextlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import headway.modules.tasks.store.kinds  # noqa: F401 - knows every table
from headway.changes import schema as log
from headway.changes.writes import Operation, Write, Writer
from headway.modules.tasks.http import tasks
from headway.modules.tasks.store.schema import metadata
from headway.platform.clock import SystemClock
from headway.platform.db import sqlite
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.web.routes import Method

ROUTES = {(route.method, route.path): route for route in tasks.ROUTES}
__all__ = ["ROUTES", "Operation", "Rate", "database", "measured", "write"]


@contextlib.asynccontextmanager
async def database(folder: Path | None = None) -> AsyncIterator[tuple[SqliteDatabase, Writer]]:
    """An empty database below `folder` (the system's temporary one by default), removed afterwards."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        path = Path(made) / "headway.db"
        engine = create_engine(
            "sqlite+pysqlite://", creator=lambda: sqlite.connect(path, writable=True), poolclass=NullPool
        )
        with engine.begin() as connection:
            for tables in (log.metadata, metadata):
                tables.create_all(connection)
        engine.dispose()
        opened = SqliteDatabase(path)
        yield opened, Writer(opened, SystemClock())
        await opened.close()


def write(method: Method, path: str) -> Write:
    """A write of the tasks module."""
    route = ROUTES[method, path]
    assert isinstance(route, Write)
    return route


@dataclass
class Rate:
    """How many a second were done: known when all are."""

    a_second: float = 0.0


@contextlib.contextmanager
def measured(what: str, count: int) -> Iterator[Rate]:
    """Print how many a second were done, and the processor time of each."""
    rate = Rate()
    began, cpu = time.perf_counter(), time.process_time()
    yield rate
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    rate.a_second = count / seconds
    load = os.getloadavg()[0]
    print(
        f"{what}: {rate.a_second:,.0f}/s, {1e6 * seconds / count:,.0f} us each, processor {1e6 * cpu / count:,.0f} us"
        f" (load {load:.1f} on {os.cpu_count()} cores)"
    )
