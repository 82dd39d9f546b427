"""A look at a database that may be in use."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pysqlite3

from headway.platform.clock import EPOCH
from headway.platform.db.snapshot import disagreements
from headway.platform.db.sqlite import connect


def quick_check(path: Path) -> list[str]:
    """What is wrong with the file's structure: sentences, none when all is well. Reads the whole file once."""
    try:
        with closing(connect(path, writable=False)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(5)")]
    except pysqlite3.Error as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def is_database(path: Path) -> bool:
    """Whether the file can be opened and has readable tables."""
    try:
        with closing(connect(path, writable=False)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except pysqlite3.Error:
        return False
    return True


def log_check(path: Path) -> list[str]:
    """Where log, streams and cursors do not fit together, all at one moment."""
    try:
        with closing(connect(path, writable=False)) as connection:
            connection.execute("BEGIN")
            return disagreements(connection)
    except pysqlite3.Error as error:
        return [str(error)]


def failed_jobs(path: Path) -> int:
    """How many jobs were put aside."""
    with closing(connect(path, writable=False)) as connection:
        return int(connection.execute("SELECT count(*) FROM jobs WHERE state = 1").fetchone()[0])


def newest_entry(path: Path) -> datetime | None:
    """When the last entry was written to the log; None before the first."""
    with closing(connect(path, writable=False)) as connection:
        newest = connection.execute("SELECT max(at) FROM changes").fetchone()[0]
    return None if newest is None else EPOCH + timedelta(microseconds=newest)
