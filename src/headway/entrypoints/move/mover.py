"""The way of the rows: all once, then what changed meanwhile, then the last of it while nobody writes.

Runs in a thread of its own, beside the server. Killed at any moment it is begun again: what is there already and is
right stays.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

import msgspec

from headway.entrypoints.move.checksums import checksums
from headway.entrypoints.move.found import SEARCH, SQLITE_SEARCH
from headway.entrypoints.move.merge import side_by_side
from headway.entrypoints.move.piece import Piece
from headway.platform.db.raw.mysql import PIECE, Taken, Target
from headway.platform.db.raw.sqlite import Source
from headway.platform.db.raw.tables import RawTable, Values
from headway.platform.failure import Failure
from headway.platform.progress import Progress

SOON: Final = 1.0
"""When what changed is brought within so many seconds, so will be what changes meanwhile."""
MOST_ROUNDS: Final = 100

Changed = Mapping[str, Sequence[Values]]


class Changes(Protocol):
    """What the running server tells of its own writes. Called in the mover's thread."""

    def taken(self) -> Changed:
        """The keys of all rows changed since the last time, by table."""
        ...

    def pause(self) -> None:
        """Take no write any more; those that were taken are committed when this returns."""
        ...


class Different(Failure):
    """The new database does not hold what the old one does."""


class Moved(msgspec.Struct, frozen=True):
    """What was moved: rows of all tables, streams and other owners whose checksums agree, seconds without writes."""

    rows: int
    owners: int
    paused_seconds: float


class Mover:
    """Brings everything from the SQLite file at `path` to `target`."""

    def __init__(
        self, path: Path, target: Target, tables: Sequence[RawTable], changes: Changes, report: Progress
    ) -> None:
        self._path = path
        self._target = target
        self._tables = {table.name: table for table in tables}
        self._changes = changes
        self._report = report

    def run(self, switch: Callable[[], None]) -> Moved:
        """Move and verify everything; `switch` is called while writes are paused. Different when the sides disagree."""
        self._copy()
        self._follow()
        owners = self._verify()
        self._follow()
        paused_at = time.monotonic()
        self._changes.pause()
        self._verify_rows(self._carry_changes())
        rows = self._count()
        switch()
        return Moved(rows, owners, round(time.monotonic() - paused_at, 3))

    def _copy(self) -> None:
        """All rows as they are at one moment; what a move that was cut off has brought already is passed over."""
        with Source.snapshot(self._path) as source:
            total = sum(map(source.count, self._tables.values()))
            done = 0
            for table in self._tables.values():
                if self._target.count(table):
                    self._clear(source, table)
                piece = Piece(self._target)
                for old, new in side_by_side(source.rows(table), self._target.rows(table), table.key_of):
                    if old is not None and new is None:
                        piece.insert(table, old)
                        piece.write_if_large()
                    done += 1
                    if done % PIECE == 0:
                        self._report("copying", min(done, total), total)
                piece.write()
            self._report("copying", total, total)

    def _clear(self, source: Source, table: RawTable) -> None:
        """Delete what an earlier move brought and is not so any more: before anything takes its unique values."""
        piece = Piece(self._target)
        for old, new in side_by_side(source.rows(table), self._target.rows(table), table.key_of):
            if new is not None and old != new:
                piece.delete(table, table.key_of(new))
                piece.write_if_large()
        piece.write()

    def _follow(self) -> None:
        """Bring what changed, until it takes a moment only."""
        for _ in range(MOST_ROUNDS):
            begun = time.monotonic()
            changed = self._carry_changes()
            self._report("following", 1, 1 + sum(map(len, changed.values())))
            if time.monotonic() - begun < SOON:
                return

    def _carry_changes(self) -> Changed:
        """Bring the rows changed since the last time, all in one transaction."""
        changed = self._changes.taken()
        for _ in range(MOST_ROUNDS):
            try:
                self._bring(changed)
            except Taken:
                changed = _together(changed, self._changes.taken())
            else:
                return changed
        raise Different("Unique values kept changing hands while they were brought: run the command again.")

    def _bring(self, changed: Changed) -> None:
        """Taken when a row here has a unique value that one which changed after these still has there."""
        piece = Piece(self._target)
        with Source.snapshot(self._path) as source:
            for name, keys in changed.items():
                table = self._tables[name]
                for key in keys:
                    piece.delete(table, key)
                    row = source.row(table, key)
                    if row is not None:
                        piece.insert(table, row)
        piece.write()

    def _verify(self) -> int:
        """Compare everything, owner by owner, but for what changes meanwhile; how many owners there are."""
        owners: set[str] = set()
        with Source.snapshot(self._path) as source:
            since = self._carry_changes()
            for done, table in enumerate(self._tables.values()):
                self._report("verifying", done, len(self._tables))
                left_out = frozenset(since.get(table.name, ()))
                old = checksums(table, source.rows(table), left_out)
                new = checksums(table, self._target.rows(table), left_out)
                if old != new:
                    owner = min(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
                    raise Different(f"The rows of {owner} in {table.name} are not the same in both databases.")
                owners |= old.keys()
        return len(owners)

    def _verify_rows(self, changed: Changed) -> None:
        with Source.snapshot(self._path) as source:
            for name, keys in changed.items():
                table = self._tables[name]
                for key in keys:
                    if source.row(table, key) != self._target.row(table, key):
                        raise Different(f"A row of {name} is not the same in both databases: {key}")

    def _count(self) -> int:
        with Source.snapshot(self._path) as source:
            rows = 0
            for old, new in (*((table, table) for table in self._tables.values()), (SQLITE_SEARCH, SEARCH)):
                here, there = source.count(old), self._target.count(new)
                if here != there:
                    raise Different(
                        f"The table {old.name} has {here} rows, {new.name} has {there} in the new database."
                    )
                rows += here
            return rows


def _together(one: Changed, other: Changed) -> Changed:
    return {name: list({*one.get(name, ()), *other.get(name, ())}) for name in one.keys() | other.keys()}
