"""Statements that are compiled once per dialect and then run straight on the driver's cursor.

Building and compiling a SQLAlchemy statement anew costs several times what SQLite takes to run it. So a statement is
a module-level constant, or comes out of a cache keyed by its shape.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar, cast

import msgspec
from sqlalchemy import ColumnElement, SelectBase, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import registry
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

T = TypeVar("T")
R = TypeVar("R", bound=msgspec.Struct)

# Any: values on their way to and from a driver can be of every type that the column's type accepts.
Processor = Callable[[Any], Any]
Row = tuple[Any, ...]

_LIST = re.compile(r"__\[POSTCOMPILE_(\w+)\]")


class Compiled(Generic[T]):
    """A statement for one dialect: its text, the order of its parameters, and how to read its rows."""

    def __init__(self, core: ClauseElement, make: Callable[..., T] | None, dialect: Dialect) -> None:
        compiled = core.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - narrows the type: core statements compile to SQL
        self._text = str(compiled)
        self._defaults = dict(compiled.params)
        names = compiled.positiontup or []
        types = {compiled.bind_names[bind]: bind.type for bind in compiled.bind_names}
        self._plan = [(name, types[name].dialect_impl(dialect).bind_processor(dialect)) for name in names]
        self._lists = _LIST.findall(self._text)
        self._make = make
        columns = core.selected_columns if isinstance(core, SelectBase) else ()
        self._results = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]

    def bind(self, parameters: Mapping[str, Any]) -> tuple[str, Sequence[Any]]:
        """The text and the parameters in order; a list of values stands for a sequence of places."""
        if self._lists:
            return self._bind_lists(parameters)
        defaults = self._defaults
        return self._text, [
            value if process is None else process(value)
            for value, process in (
                (parameters[name] if name in parameters else defaults[name], process) for name, process in self._plan
            )
        ]

    def _bind_lists(self, parameters: Mapping[str, Any]) -> tuple[str, Sequence[Any]]:
        given = {**self._defaults, **parameters}
        values: list[Any] = []
        for name, process in self._plan:
            value = given[name]
            each = value if name in self._lists else (value,)
            values.extend(each if process is None else map(process, each))

        def places(found: re.Match[str]) -> str:
            return ", ".join("?" * len(given[found[1]])) or "NULL"

        return _LIST.sub(places, self._text), values

    def read(self, row: Row) -> T:
        """One row of the driver as the statement's result."""
        values = [
            value if process is None else process(value) for value, process in zip(row, self._results, strict=True)
        ]
        return cast("T", tuple(values)) if self._make is None else self._make(*values)


class Statement(Generic[T]):
    """A SQLAlchemy Core statement; rows are read as tuples, or given to `make` in the order of the columns."""

    def __init__(self, core: Executable, make: Callable[..., T] | None = None) -> None:
        self.core = core
        self._make = make
        self._compiled: dict[str, Compiled[T]] = {}

    def on(self, dialect: str) -> Compiled[T]:
        """The statement compiled for the dialect of that name (`sqlite`, `mysql`)."""
        compiled = self._compiled.get(dialect)
        if compiled is None:
            assert isinstance(self.core, ClauseElement)  # noqa: S101 - every Core statement is one
            compiled = Compiled(self.core, self._make, registry.load(dialect)())
            self._compiled[dialect] = compiled
        return compiled


def command(core: Executable) -> Statement[Row]:
    """A statement that is run for its effect, or whose rows are read as tuples."""
    return Statement(core)


def rows_of(table: Table, make: type[R], *where: ColumnElement[bool]) -> Statement[R]:
    """Select the columns of `table` that `make` has as fields, in its order, where all conditions hold."""
    return Statement(select(*columns_of(table, make)).where(*where), make)


def columns_of(table: Table, make: type[msgspec.Struct]) -> list[ColumnElement[Any]]:
    """The columns named by a Struct's fields, in its order."""
    return [table.c[name] for name in make.__struct_fields__]


@cache
def insert_into(table: Table) -> Statement[Row]:
    """Insert one row, every column given by its name."""
    return Statement(insert(table))


@lru_cache(maxsize=1024)
def update_by_key(table: Table, columns: tuple[str, ...]) -> Statement[Row]:
    """Set `columns` of the row whose primary key is given as `key_<column>`."""
    return Statement(update(table).where(*_key(table)).values({name: bindparam(name) for name in columns}))


@cache
def delete_by_key(table: Table) -> Statement[Row]:
    """Delete the row whose primary key is given as `key_<column>`."""
    return Statement(delete(table).where(*_key(table)))


@cache
def row_by_key(table: Table, make: type[R]) -> Statement[R]:
    """Select the row whose primary key is given as `key_<column>`."""
    return rows_of(table, make, *_key(table))


def _key(table: Table) -> list[ColumnElement[bool]]:
    return [column == bindparam(f"key_{column.name}", type_=column.type) for column in table.primary_key.columns]
