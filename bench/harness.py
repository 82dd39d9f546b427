"""A database of its own, filled and driven through the action layer, and the machine's load beside every number."""

import contextlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
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
__all__ = ["ROUTES", "Operation", "database", "measured", "write"]


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


@contextlib.contextmanager
def measured(what: str, count: int) -> Iterator[None]:
    """Print how many a second were done, and the processor time of each."""
    began, cpu = time.perf_counter(), time.process_time()
    yield
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    load = os.getloadavg()[0]
    print(
        f"{what}: {count / seconds:,.0f}/s, {1e6 * seconds / count:,.0f} us each, processor {1e6 * cpu / count:,.0f} us"
        f" (load {load:.1f} on {os.cpu_count()} cores)"
    )
