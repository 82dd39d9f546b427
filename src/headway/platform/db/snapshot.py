"""Copies of a SQLite file: taken while it is written to, and examined."""

from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pysqlite3

from headway.platform.db.sqlite import connect
from headway.platform.failure import Failure
from headway.platform.progress import Progress

SQLITE_VERSION: Final[str] = pysqlite3.sqlite_version
PAGES: Final = 4096

_GAPS: Final = """
    SELECT s.kind, hex(s.owner), s.version, max(c.version), count(c.version), min(c.version)
    FROM streams AS s LEFT JOIN changes AS c ON c.stream_kind = s.kind AND c.stream_owner = s.owner
    GROUP BY s.kind, s.owner
    HAVING count(c.version) > 0 AND (max(c.version) <> s.version OR count(c.version) <> s.version - min(c.version) + 1)
    LIMIT 5
"""
_STRAY: Final = """
    SELECT DISTINCT c.stream_kind, hex(c.stream_owner) FROM changes AS c
    LEFT JOIN streams AS s ON c.stream_kind = s.kind AND c.stream_owner = s.owner
    WHERE s.version IS NULL LIMIT 5
"""
_AHEAD: Final = """
    SELECT r.consumer, r.stream_kind, hex(r.stream_owner), r.version, s.version FROM cursors AS r
    LEFT JOIN streams AS s ON r.stream_kind = s.kind AND r.stream_owner = s.owner
    WHERE s.version IS NULL OR r.version > s.version LIMIT 5
"""


class DamagedDatabase(Failure):
    """The database file cannot be read."""


def copy_database(source: Path, target: Path, progress: Progress) -> None:
    """Copy a database as it is at one moment, however much is written meanwhile, into one self-contained file.

    DamagedDatabase when it cannot be read.
    """
    try:
        with (
            closing(connect(source, writable=False)) as reading,
            closing(pysqlite3.connect(str(target), isolation_level=None)) as writing,
        ):
            # A read transaction of its own keeps the copy on one snapshot: without it, every commit starts it anew.
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            reading.backup(
                writing,
                pages=PAGES,
                sleep=0,
                progress=lambda _status, left, total: progress("copying the database", total - left, total),
            )
            writing.execute("PRAGMA journal_mode = DELETE")
    except pysqlite3.Error as error:
        raise DamagedDatabase(f"{source} cannot be copied: {error}") from error


def examine(path: Path) -> list[str]:
    """What is wrong with a database file that nobody writes to: sentences, none when all is well.

    Checks the file's structure, and that log, streams and cursors agree.
    """
    try:
        connection = pysqlite3.connect(f"file:{_quoted(path)}?immutable=1", uri=True, isolation_level=None)
    except pysqlite3.Error as error:
        return [f"the database cannot be opened: {error}"]
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
        return found if found != ["ok"] else disagreements(connection)
    except pysqlite3.Error as error:
        return [f"the database cannot be read: {error}"]
    finally:
        connection.close()


def disagreements(connection: pysqlite3.Connection) -> list[str]:
    """Where streams, their entries and the cursors on them do not fit together."""
    return [
        *(
            f"stream {kind}:{owner.lower()} is at {version}, its log goes from {first} to {last} with {count} entries"
            for kind, owner, version, last, count, first in connection.execute(_GAPS)
        ),
        *(
            f"the log has entries of an unknown stream {kind}:{owner.lower()}"
            for kind, owner in connection.execute(_STRAY)
        ),
        *(
            f"cursor {consumer} on {kind}:{owner.lower()} is at {at}, the stream at {version or 0}"
            for consumer, kind, owner, at, version in connection.execute(_AHEAD)
        ),
    ]


def _quoted(path: Path) -> str:
    return quote(str(path.absolute()))
