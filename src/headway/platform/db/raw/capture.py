"""Which rows of a SQLite file are changed from now on, told by triggers that only the writer's connection has.

They are temporary (https://www.sqlite.org/lang_createtrigger.html#temp_triggers_on_non_temp_tables), like the tables
they fill: the file never holds them, and they are gone with the process.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pysqlite3
from sqlalchemy import TableClause, column, delete, select

from headway.platform.db.raw.tables import Values
from headway.platform.db.sqlite import DIALECT, SqliteDatabase
from headway.platform.db.statement import command
from headway.platform.problems import Conflict

Captured = Mapping[str, Sequence[Values]]
"""Keys of rows that were made, changed or deleted, by table."""

_EVENTS: Final = (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))


class Capture:
    """Takes note of changes to tables, given with the columns of their keys."""

    def __init__(self, database: SqliteDatabase, keys: Mapping[str, Sequence[str]]) -> None:
        self._database = database
        self._keys = keys

    async def begin(self) -> None:
        """Take note of whatever is committed from now on. Conflict when that is done already."""
        await self._database.on_writer(self._begin)

    async def taken(self) -> Captured:
        """The keys noted since the last time: all that is committed before this returns is among them."""
        return await self._database.on_writer(self._taken)

    async def end(self) -> None:
        """Stop."""
        await self._database.on_writer(self._end)

    def _begin(self, connection: pysqlite3.Connection) -> None:
        if connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name LIKE 'captured_%'").fetchone():
            raise Conflict("already_captured", "This is being done already.")
        for table, key in self._keys.items():
            for definition in _definitions(table, key):
                connection.execute(definition)

    def _taken(self, connection: pysqlite3.Connection) -> Captured:
        found: dict[str, Sequence[Values]] = {}
        for table, key in self._keys.items():
            noted = TableClause(f"captured_{table}", *map(column, key))
            if keys := connection.execute(*command(select(*noted.c)).on(DIALECT).bind({})).fetchall():
                found[table] = keys
                connection.execute(*command(delete(noted)).on(DIALECT).bind({}))
        return found

    def _end(self, connection: pysqlite3.Connection) -> None:
        for table in self._keys:
            for event, _ in _EVENTS:
                connection.execute(f"DROP TRIGGER IF EXISTS temp.capture_{table}_{event}")  # allow sql-is-constant: DDL
            connection.execute(f"DROP TABLE IF EXISTS temp.captured_{table}")  # allow sql-is-constant: DDL


def _definitions(table: str, key: Sequence[str]) -> Iterator[str]:
    """The table of notes, and a trigger for each way to change a row. Definitions take no parameters."""
    names = ", ".join(f'"{name}"' for name in key)
    yield f"CREATE TEMP TABLE captured_{table} ({names}, PRIMARY KEY ({names}))"
    for event, sides in _EVENTS:
        notes = (_note(table, side, key) for side in sides)
        yield f"CREATE TEMP TRIGGER capture_{table}_{event} AFTER {event} ON main.{table} BEGIN {' '.join(notes)} END"


def _note(table: str, side: str, key: Sequence[str]) -> str:
    values = ", ".join(f'{side}."{name}"' for name in key)
    return f"INSERT OR IGNORE INTO captured_{table} VALUES ({values});"  # noqa: S608 - allow sql-is-constant: names only
