"""A table as raw values, which mean the same in SQLite, MariaDB and MySQL, and the statements for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    MetaData,
    Select,
    Table,
    TableClause,
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    table,
)

from headway.platform.db.statement import Statement, command

Raw = int | bytes | str | None
"""A value as the drivers give and take it."""
Values = tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table with its columns, those of the primary key in their order, and where these stand among the columns."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    places: tuple[int, ...]

    @classmethod
    def of(cls, typed: Table) -> "RawTable":
        """The same, without types."""
        columns = tuple(each.name for each in typed.columns)
        key = tuple(each.name for each in typed.primary_key.columns)
        return cls(typed.name, columns, key, tuple(columns.index(name) for name in key))

    def key_of(self, row: Values) -> Values:
        """The primary key of a row; keys of one table compare in Python as the databases sort them."""
        return tuple(row[place] for place in self.places)

    def owner_of(self, row: Values) -> str:
        """What a row belongs to: the first value of its key, as text."""
        owner = row[self.places[0]]
        return owner.hex() if isinstance(owner, bytes) else str(owner)

    def named(self, key: Values) -> dict[str, Raw]:
        """A key as the parameters of a statement for one row, or for those beyond it."""
        return {f"key_{name}": value for name, value in zip(self.key, key, strict=True)}


def raw_tables(metadata: Iterable[MetaData]) -> Sequence[RawTable]:
    """All tables, in the order of their names."""
    return sorted((RawTable.of(each) for one in metadata for each in one.sorted_tables), key=lambda it: it.name)


def sorted_rows(of: RawTable) -> Statement[Values]:
    """All rows, in the order of their keys."""
    return command(_selected(of))


def first_rows(of: RawTable, limit: int) -> Statement[Values]:
    """The first rows, in the order of their keys."""
    return command(_selected(of).limit(limit))


@cache
def rows_beyond(of: RawTable, limit: int) -> Statement[Values]:
    """Those that follow a key, in the form that MariaDB and MySQL look up in the primary key."""
    keys = [_core(of).c[name] for name in of.key]
    further: list[ColumnElement[bool]] = [
        and_(*(key == _given(key) for key in keys[:place]), keys[place] > _given(keys[place]))
        for place in range(len(keys))
    ]
    return command(_selected(of).where(or_(*further)).limit(limit))


@cache
def row_of_key(of: RawTable) -> Statement[Values]:
    """The row of a key."""
    return command(_selected(of).where(*_key(of)))


@cache
def delete_key(of: RawTable) -> Statement[Values]:
    """Delete the row of a key."""
    return command(delete(_core(of)).where(*_key(of)))


@cache
def insert_row(of: RawTable) -> Statement[Values]:
    """Insert a row, its values named as the columns."""
    return command(insert(_core(of)).values({name: bindparam(name) for name in of.columns}))


def count_of(of: RawTable) -> Statement[int]:
    """How many rows there are."""
    return Statement(select(func.count()).select_from(_core(of)), int)


@cache
def _core(of: RawTable) -> TableClause:
    return table(of.name, *map(column, of.columns))


def _selected(of: RawTable) -> Select[Any]:  # Any: as many columns as there are
    core = _core(of)
    return select(*core.c).order_by(*(core.c[name] for name in of.key))


def _key(of: RawTable) -> list[ColumnElement[bool]]:
    return [each == _given(each) for each in (_core(of).c[name] for name in of.key)]


def _given(key: ColumnElement[Raw]) -> BindParameter[Raw]:
    return bindparam(f"key_{key.key}")
