"""Rows on their way to the new database, a piece at a time, each with what search finds of it."""

from collections import defaultdict

from headway.entrypoints.move.found import SEARCH, found_key, found_of
from headway.platform.db.raw.mysql import PIECE, Target
from headway.platform.db.raw.tables import RawTable, Values


class Piece:
    """Collects what is to be deleted and inserted; written when it is large enough, and at the end."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._gone: defaultdict[RawTable, list[Values]] = defaultdict(list)
        self._new: defaultdict[RawTable, list[Values]] = defaultdict(list)
        self._size = 0

    def delete(self, table: RawTable, key: Values) -> None:
        """Delete the row of a key, if there is one."""
        self._gone[table].append(key)
        found = found_key(table, key)
        if found is not None:
            self._gone[SEARCH].append(found)
        self._size += 1

    def insert(self, table: RawTable, row: Values) -> None:
        """Insert a row that is not there, or that this piece deletes before."""
        self._new[table].append(row)
        found = found_of(table, row)
        if found is not None:
            self._new[SEARCH].append(found)
        self._size += 1

    def write_if_large(self) -> None:
        """Write once it has as many rows as a piece should have."""
        if self._size >= PIECE:
            self.write()

    def write(self) -> None:
        """Write what was collected, in one transaction."""
        if self._size:
            self._target.write(self._gone, self._new)
            self._gone.clear()
            self._new.clear()
            self._size = 0
