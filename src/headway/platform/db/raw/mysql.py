"""A database of a server, written row by row as another one has them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final

import pymysql
from pymysql.err import IntegrityError

from headway.platform.db.mysql_schema import DIALECT, MySqlSchema
from headway.platform.db.raw.tables import (
    RawTable,
    Values,
    count_of,
    delete_key,
    first_rows,
    insert_row,
    row_of_key,
    rows_beyond,
)
from headway.platform.db.statement import Statement
from headway.platform.failure import Failure

PIECE: Final = 1000

_MARKED: Final = "SHOW TABLES LIKE 'unfinished_move'"
"""A table that stands while a database is filled: what is in it until then is no installation's data."""


class NotEmpty(Failure):
    """There is data in the database that did not come from here."""


class Taken(Exception):
    """A unique value stands in a row of the database that has not been brought up to date."""


class Target:
    """The database that is filled. Each piece that is written is committed."""

    def __init__(self, connection: "pymysql.Connection[pymysql.cursors.Cursor]") -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def opened(cls, schema: MySqlSchema) -> Iterator["Target"]:
        """A connection to a database that has this release's tables."""
        with closing(schema.connect()) as connection:
            with connection.cursor() as cursor:
                cursor.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES'")
                cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
            yield cls(connection)

    def claim(self, move: str, tables: Iterable[RawTable]) -> None:
        """Mark the database as being filled by this move. NotEmpty when it holds anything else."""
        held = unfinished(self._connection)
        if held is None:
            for table in tables:
                if self._read(first_rows(table, 1)):
                    raise NotEmpty(f"That database is not empty: its table {table.name} has rows. Name an empty one.")
            with self._connection.cursor() as cursor:
                cursor.execute("CREATE TABLE IF NOT EXISTS unfinished_move (move CHAR(36) PRIMARY KEY)")
                cursor.execute("INSERT INTO unfinished_move VALUES (%s)", (move,))
            self._connection.commit()
        elif held != move:
            raise NotEmpty("Another installation is being moved into that database, or was. Name an empty one.")

    def release(self) -> None:
        """The move is over: the database is the installation's from now on."""
        with self._connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS unfinished_move")

    def rows(self, table: RawTable) -> Iterator[Values]:
        """All rows, sorted by key, as they are when they are reached."""
        piece = self._read(first_rows(table, PIECE))
        while piece:
            yield from piece
            piece = self._read(rows_beyond(table, PIECE), **table.named(table.key_of(piece[-1])))

    def row(self, table: RawTable, key: Values) -> Values | None:
        """The row of a key, if there is one."""
        return next(iter(self._read(row_of_key(table), **table.named(key))), None)

    def count(self, table: RawTable) -> int:
        """How many rows there are."""
        return int(self._read(count_of(table))[0][0] or 0)

    def write(self, gone: Mapping[RawTable, Iterable[Values]], new: Mapping[RawTable, Sequence[Values]]) -> None:
        """Delete and then insert, all or nothing: a unique value may pass from a row to another. Taken."""
        try:
            for table, keys in gone.items():
                self._run(delete_key(table), [table.named(key) for key in keys])
            for table, rows in new.items():
                self._run(insert_row(table), [dict(zip(table.columns, row, strict=True)) for row in rows])
        except IntegrityError as error:
            self._connection.rollback()
            raise Taken(str(error)) from error
        self._connection.commit()

    # Any: parameters and rows of whatever types the columns have
    def _run(self, statement: Statement[Any], parameters: Sequence[Mapping[str, Any]]) -> None:
        bound = [statement.on(DIALECT).bind(each) for each in parameters]
        with self._connection.cursor() as cursor:
            cursor.executemany(bound[0][0], [values for _, values in bound])

    def _read(self, statement: Statement[Any], **parameters: Any) -> Sequence[Values]:
        with self._connection.cursor() as cursor:
            cursor.execute(*statement.on(DIALECT).bind(parameters))
            found: Sequence[Values] = cursor.fetchall()
        self._connection.commit()  # the next one reads anew
        return found


def unfinished(connection: "pymysql.Connection[pymysql.cursors.Cursor]") -> str | None:
    """The move that is filling the database, unless none is."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKED)
        if cursor.fetchone() is None:
            return None
        cursor.execute("SELECT move FROM unfinished_move")
        found = cursor.fetchone()
    return None if found is None else str(found[0])
