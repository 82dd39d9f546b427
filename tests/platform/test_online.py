"""A server is told to change tables while people work on them, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from headway.platform.db.address import parse_address
from headway.platform.db.mysql_schema import MySqlSchema
from headway.platform.db.online import online
from tests.support import mariadb


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("ALTER TABLE a ADD COLUMN b INT;", "ALTER TABLE a ADD COLUMN b INT, ALGORITHM=INSTANT"),
        ("CREATE INDEX b ON a (c)", "CREATE INDEX b ON a (c) ALGORITHM=INPLACE LOCK=NONE"),
        ("\ncreate unique index b on a (c)", "\ncreate unique index b on a (c) ALGORITHM=INPLACE LOCK=NONE"),
    ],
)
def test_a_change_says_that_it_locks_nobody_out(given: str, told: str) -> None:
    assert online(given) == told


@pytest.mark.parametrize(
    "given",
    [
        "ALTER TABLE a ADD COLUMN b INT, ALGORITHM=INPLACE, LOCK=NONE",
        "CREATE FULLTEXT INDEX b ON a (c)",
        "CREATE TABLE a (b INT)",
        "DROP INDEX b ON a",
        "UPDATE schema_tasks SET version_num = 'm0002'",
    ],
)
def test_what_says_so_itself_and_what_changes_no_table_stays_as_it_is(given: str) -> None:
    assert online(given) == given


@pytest.fixture
def upgrading(tmp_path: Path) -> Iterator[Connection]:
    with MySqlSchema(parse_address(mariadb.database_of(tmp_path))).upgrading() as connection:
        connection.execute(text("CREATE TABLE roofs (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL)"))
        connection.execute(text("INSERT INTO roofs VALUES (1, 'first')"))
        yield connection
        connection.execute(text("DROP TABLE roofs"))


def test_mariadb_takes_new_columns_and_indexes_that_way(upgrading: Connection) -> None:
    upgrading.execute(text("ALTER TABLE roofs ADD COLUMN colour VARCHAR(20) NOT NULL DEFAULT 'red'"))
    upgrading.execute(text("CREATE INDEX roofs_by_name ON roofs (name)"))
    upgrading.execute(text("DROP INDEX roofs_by_name ON roofs"))
    assert upgrading.execute(text("SELECT name, colour FROM roofs")).all() == [("first", "red")]


def test_mariadb_refuses_what_would_build_the_table_anew(upgrading: Connection) -> None:
    with pytest.raises(DBAPIError, match="ALGORITHM"):
        upgrading.execute(text("ALTER TABLE roofs ADD COLUMN number INT NOT NULL AUTO_INCREMENT UNIQUE"))
