"""The tables of a MariaDB or MySQL database."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pymysql
from sqlalchemy import Connection

from headway.platform.db.address import Address, Endpoint
from headway.platform.db.migrate import revision_in
from headway.platform.db.online import online
from headway.platform.failure import Failure

DIALECT: Final = "mysql"
LOCK_SECONDS: Final = 3600
"""How long a program waits for another one that migrates."""


class NoServer(Failure):
    """The database server cannot be reached, or does not let this program in."""


@dataclass(frozen=True, slots=True)
class MySqlSchema:
    """See `migrate.Schema`. Each statement that changes tables commits by itself there, so who migrates holds a row."""

    address: Address

    @property
    def exists(self) -> bool:
        return True

    def revisions(self, tables: Sequence[str]) -> dict[str, str]:
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW TABLES")
            there = {str(name) for (name,) in cursor.fetchall()}
            found: dict[str, str] = {}
            for table in there.intersection(tables):
                statement = revision_in(table).on(DIALECT)
                cursor.execute(*statement.bind({}))
                found.update((table, statement.read(row)) for row in cursor.fetchall())
        return found

    @contextmanager
    def upgrading(self) -> Iterator[Connection]:
        """The row is held on a connection of its own: the server lets go of it when this program dies."""
        from sqlalchemy import create_engine, event  # noqa: PLC0415 - a start without anything to do needs no engine
        from sqlalchemy.pool import NullPool  # noqa: PLC0415

        engine = create_engine("mysql+pymysql://", creator=self.connect, poolclass=NullPool)
        event.listen(engine, "before_cursor_execute", _say_how, retval=True)
        with closing(self.connect()) as holder:
            _take_lock(holder)
            with engine.begin() as connection:
                yield connection

    def connect(self) -> "pymysql.Connection[pymysql.cursors.Cursor]":
        """A connection to the server; of several, to the one that takes writes. NoServer."""
        endpoints = self.address.endpoints
        if len(endpoints) == 1:
            return self._connect_to(endpoints[0])
        refusals = []
        for endpoint in endpoints:
            try:
                connection = self._connect_to(endpoint)
            except NoServer as refusal:
                refusals.append(str(refusal))
                continue
            if not _is_read_only(connection):
                return connection
            connection.close()
        raise NoServer(f"None of {self.address.servers} takes writes. {' '.join(refusals)}")

    def _connect_to(self, endpoint: Endpoint) -> "pymysql.Connection[pymysql.cursors.Cursor]":
        address = self.address
        try:
            return pymysql.connect(
                host=endpoint.host,
                port=endpoint.port,
                user=address.user,
                password=address.password,
                database=address.name,
                unix_socket=address.socket,
                ssl=address.tls_context(),
                charset="utf8mb4",
            )
        except (pymysql.MySQLError, OSError) as error:
            raise NoServer(f"The database {address.name} at {endpoint}: {error}") from error


def _is_read_only(connection: "pymysql.Connection[pymysql.cursors.Cursor]") -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT @@GLOBAL.read_only")
        return cursor.fetchone() != (0,)


def _say_how(
    _connection: Connection, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool
) -> tuple[str, Any]:  # Any: parameters as SQLAlchemy passes them
    """The statement that is about to be run, told to lock nobody out."""
    return online(statement), parameters


def _take_lock(connection: "pymysql.Connection[pymysql.cursors.Cursor]") -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS schema_lock (id INT PRIMARY KEY)")
        cursor.execute("INSERT INTO schema_lock VALUES (1) ON DUPLICATE KEY UPDATE id = 1")
        connection.commit()
        cursor.execute("SET SESSION innodb_lock_wait_timeout = %s", (LOCK_SECONDS,))
        cursor.execute("SELECT id FROM schema_lock FOR UPDATE")
