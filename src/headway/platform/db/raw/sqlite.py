"""A SQLite file, read row by row as it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pysqlite3

from headway.platform.db.raw.tables import RawTable, Values, count_of, row_of_key, sorted_rows
from headway.platform.db.sqlite import DIALECT, connect

PIECE: Final = 1000


class Source:
    """The database that is left. `snapshot` shows it as it is at one moment; others go on writing meanwhile."""

    def __init__(self, connection: pysqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def snapshot(cls, path: Path) -> Iterator["Source"]:
        """Everything read in this block is of one moment, the beginning of it."""
        connection = connect(path, writable=False)
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield cls(connection)
        finally:
            connection.close()

    def rows(self, table: RawTable) -> Iterator[Values]:
        """All rows, sorted by key."""
        cursor = self._connection.execute(*sorted_rows(table).on(DIALECT).bind({}))
        while piece := cursor.fetchmany(PIECE):
            yield from piece

    def row(self, table: RawTable, key: Values) -> Values | None:
        """The row of a key, if there is one."""
        found: Values | None = self._connection.execute(
            *row_of_key(table).on(DIALECT).bind(table.named(key))
        ).fetchone()
        return found

    def count(self, table: RawTable) -> int:
        """How many rows there are."""
        return int(self._connection.execute(*count_of(table).on(DIALECT).bind({})).fetchone()[0])
