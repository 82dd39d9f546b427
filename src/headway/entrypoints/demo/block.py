"""Rows of one table on their way into the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headway.entrypoints.demo.ledger import Encoded

WORTH_SHARING: Final = 50
"""Rows below which a statement of their own costs more than it saves."""


# Any: what a driver takes for a column.
@dataclass(frozen=True, slots=True)
class Block:
    """Rows in the order of the table's columns, and by its place each value that all rows share, which is not in them.

    A third of a task's columns are such. So they need not be packed, unpacked and bound for every row.
    """

    shared: Mapping[int, Any]
    rows: Sequence[Encoded]

    @classmethod
    def of(cls, rows: Sequence[Encoded]) -> "Block":
        """Rows whose values are all there."""
        if len(rows) < WORTH_SHARING:
            return cls({}, rows)
        columns = list(zip(*rows, strict=True))
        shared = {place: column[0] for place, column in enumerate(columns) if column.count(column[0]) == len(column)}
        if len(shared) == len(columns):
            return cls({}, rows)
        differing = (column for place, column in enumerate(columns) if place not in shared)
        return cls(shared, list(zip(*differing, strict=True)))

    def span(self) -> tuple[Any, Any]:
        """The first column's value in the first and in the last row. There must be rows."""
        if 0 in self.shared:
            return self.shared[0], self.shared[0]
        return self.rows[0][0], self.rows[-1][0]
