"""Rows into a new SQLite file as fast as it takes them: no journal, indexes last, synced once at the end.

The file is not the installation's until it is whole, so a crash on the way leaves nothing behind that counts.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from headway.entrypoints.demo.block import Block
from headway.entrypoints.demo.derived import DERIVE, PREPARE
from headway.platform.db.sqlite import connect

_INDEXES: Final = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"


class BulkLoader:
    """Fills an empty, migrated database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect(path, writable=True)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("PRAGMA cache_size = -65536")
        self._connection.execute("PRAGMA mmap_size = 8589934592")
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._connection.execute("PRAGMA temp_store = MEMORY")
        self._connection.execute("BEGIN")
        self._connection.execute(PREPARE)
        self._indexes = self._connection.execute(_INDEXES).fetchall()
        for name, _ in self._indexes:
            self._connection.execute(f'DROP INDEX "{name}"')  # allow sql-is-constant: our own indexes' names
        self._disk = ThreadPoolExecutor(1)
        self._synced = self._disk.submit(self._sync)

    def insert(self, table: str, block: Block) -> None:
        """Add rows to a table."""
        if block.rows:
            self._connection.executemany(self._text(table, block), block.rows)

    def derive(self, first: bytes, last: bytes) -> None:
        """Fill the tables that follow from the tasks of these workspaces, which are all that lie between the two."""
        for statement in DERIVE:
            self._connection.execute(statement, (first, last))
        if self._synced.done():  # so that the disk has little left to do at the end
            self._synced = self._disk.submit(self._sync)

    def finish(self) -> None:
        """Build indexes, commit, sync, and leave the file as the product opens it."""
        with self._disk as beside:
            for _, sql in self._indexes:
                self._connection.execute(sql)
                beside.submit(self._sync)
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA locking_mode = NORMAL")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.close()
        self._sync()

    def _sync(self) -> None:
        descriptor = os.open(self._path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _text(self, table: str, block: Block) -> str:
        """What all rows share stands in the statement, quoted by the database itself."""
        places = ["?"] * (len(block.rows[0]) + len(block.shared))
        for place, value in block.shared.items():
            (places[place],) = self._connection.execute("SELECT quote(?)", (value,)).fetchone()
        return f'INSERT INTO "{table}" VALUES ({", ".join(places)})'  # noqa: S608 - allow sql-is-constant: our own tables' names
