"""The tables of a SQLite file."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pysqlite3
from sqlalchemy import Connection

from headway.platform.db.migrate import revision_in
from headway.platform.db.sqlite import DIALECT, connect


@dataclass(frozen=True, slots=True)
class SqliteSchema:
    """See `migrate.Schema`."""

    path: Path

    @property
    def exists(self) -> bool:
        return self.path.exists()

    def revisions(self, tables: Sequence[str]) -> dict[str, str]:
        with closing(connect(self.path, writable=False)) as connection:
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            found = {table: _revision(connection, table) for table in tables if table in there}
        return {table: revision for table, revision in found.items() if revision is not None}

    @contextmanager
    def upgrading(self) -> Iterator[Connection]:
        """All changes are one transaction."""
        from sqlalchemy import create_engine, event  # noqa: PLC0415 - a start without anything to do needs no engine
        from sqlalchemy.pool import StaticPool  # noqa: PLC0415

        engine = create_engine(
            "sqlite+pysqlite://",
            module=pysqlite3,
            creator=lambda: connect(self.path, writable=True),
            poolclass=StaticPool,
        )
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()


def _revision(connection: pysqlite3.Connection, table: str) -> str | None:
    statement = revision_in(table).on(DIALECT)
    row = connection.execute(*statement.bind({})).fetchone()
    return None if row is None else statement.read(row)
