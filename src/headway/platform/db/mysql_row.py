"""One row of a MariaDB or MySQL server, for programs without an event loop."""

from contextlib import closing
from typing import TypeVar

import pymysql

from headway.platform.db.address import Address
from headway.platform.db.mysql_schema import DIALECT, MySqlSchema, NoServer
from headway.platform.db.statement import Statement

T = TypeVar("T")


def row_at(address: Address, statement: Statement[T]) -> T | None:
    """The first row, or None. NoServer when the server cannot be asked."""
    compiled = statement.on(DIALECT)
    try:
        with closing(MySqlSchema(address).connect()) as connection, connection.cursor() as cursor:
            cursor.execute(*compiled.bind({}))
            row = cursor.fetchone()
    except pymysql.MySQLError as error:
        raise NoServer(f"{address.servers}: {error}") from error
    return None if row is None else compiled.read(row)
