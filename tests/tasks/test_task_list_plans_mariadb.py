"""Lists walk along indexes on MariaDB too, with some thousand tasks there: nothing reads or sorts a whole workspace."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from itertools import product
from typing import Any, TypeVar, get_args

import pymysql
import pytest
from sqlalchemy import BigInteger, Column, Integer, Table

from headway.changes.contracts import Stream
from headway.changes.log import NEWEST, about, newest, read_after
from headway.changes.schema import activity, changes
from headway.modules.notifications.store.notifications import PAGE, UNREAD_PAGE, notifications
from headway.modules.tasks.store import columns
from headway.modules.tasks.store.comments import COMMENTS_OF, comments
from headway.modules.tasks.store.task_lists import Shape, Sort, keys_of, page
from headway.modules.tasks.store.tasks import task_assignees, task_labels, tasks
from headway.platform.clock import EPOCH
from headway.platform.db.address import parse_address
from headway.platform.db.mysql_schema import MySqlSchema
from headway.platform.db.statement import Statement
from headway.platform.db.types import Flag, Id, Instant, Ranked
from tests.support import mariadb
from tests.support.product import create_tables

T = TypeVar("T")

FAR = EPOCH + timedelta(days=30_000)
SORTS: Sequence[Sort] = get_args(Sort)
ROWS, PROJECTS, STATES, PEOPLE = 6_000, 20, 2, 500


def id_of(number: int) -> str:
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


SPREAD = {
    "workspace_id": "seq % 2",
    "project_id": f"(seq DIV 2) % {PROJECTS}",
    "state": f"(seq DIV 40) % {STATES}",
    "parent_id": "IF(seq % 10, NULL, seq % 100)",
    "user_id": f"(seq DIV 2) % {PEOPLE}",
    "label_id": f"(seq DIV 2) % {PEOPLE}",
    "stream_owner": "seq % 2",
    "stream_kind": "'workspace'",
    "subject": "(seq DIV 2) % 20",
    "comments.task_id": "(seq DIV 2) % 20",
    "notifications.user_id": "seq % 5",
}
"""Of what all rows share few values, as expressions of the row's number."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator["pymysql.cursors.DictCursor"]:
    url = mariadb.database_of(tmp_path_factory.mktemp("plans"))
    create_tables(url)
    connection = MySqlSchema(parse_address(url)).connect()
    with closing(connection), connection.cursor(pymysql.cursors.DictCursor) as cursor:
        for table in (tasks, task_assignees, task_labels, changes, activity, notifications, comments):
            fill(cursor, table)
        yield cursor


def fill(cursor: "pymysql.cursors.DictCursor", table: Table) -> None:
    needed = [column for column in table.columns if not column.nullable or column.name in SPREAD]
    names = ", ".join(f"`{column.name}`" for column in needed)
    values = ", ".join(map(made, needed))
    cursor.execute(f"INSERT INTO {table.name} ({names}) SELECT {values} FROM seq_1_to_{ROWS}")  # noqa: S608 - names of ours
    cursor.execute(
        f"ALTER TABLE {table.name} STATS_SAMPLE_PAGES = 65535"
    )  # all of them, so that plans are always the same
    cursor.execute(f"ANALYZE TABLE {table.name}")
    cursor.fetchall()


def made(column: Column[Any]) -> str:  # Any: of every type
    """What stands in a column, as an expression of the row's number."""
    number = SPREAD.get(f"{column.table.name}.{column.name}", SPREAD.get(column.name, "seq"))
    if isinstance(column.type, Id):
        return f"UNHEX(LPAD(HEX({number}), 32, '0'))"
    if isinstance(column.type, BigInteger | Integer | Instant | Flag | Ranked):
        return number if column.name != "priority" else "seq % 5"
    return number if number.startswith("'") else f"LPAD({number}, 8, '0')"


def given(walks: int) -> dict[str, Any]:  # Any: of every type
    """Values for every parameter, which name rows that are there."""
    few = [id_of(number) for number in range(3, 6)]
    return {
        "workspace_id": id_of(1),
        "project_id": id_of(3),
        "project_ids": [id_of(number) for number in range(PROJECTS)],
        "states": ["open", "closed"],
        "state": "open",
        "status": "todo",
        "statuses": ["00000003", "00000005"],
        "categories": ["00000003"],
        "priorities": ["high", "urgent"],
        "assignee_ids": few[:1],
        "label_ids": few[:1],
        "ids": few,
        "not_ids": few,
        "nobody": [],
        "parent_id": id_of(10),
        "position": "00000100",
        "due_before": "2026-11-24",
        "due_after": "2026-11-01",
        "updated_after": EPOCH,
        "after_id": id_of(7),
        "limit": 50,
        **{f"project{number}": id_of(number) for number in range(walks)},
        **{f"state{number}": "open" for number in range(walks)},
    }


def after(sort: Sort) -> object:
    return {"priority": 3, "created_at": 3000, "updated_at": 3000}.get(sort, "00003000")


def plan(
    cursor: "pymysql.cursors.DictCursor",
    statement: Statement[Any],  # Any: of whatever it reads
    values: dict[str, Any],
) -> list[dict[str, Any]]:
    """The steps that MariaDB takes."""
    cursor.execute(*_explained(*statement.on("mysql").bind(values)))
    return [dict(step) for step in cursor.fetchall()]


def _explained(text: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    return f"EXPLAIN {text}", values


@pytest.mark.parametrize(("sort", "descending", "continued"), [*product(SORTS, (False, True), (False, True))])
@pytest.mark.parametrize("filters", [(), ("statuses",), ("priorities",)])
def test_a_page_of_a_project_is_one_walk_along_the_index_of_its_order(
    database: "pymysql.cursors.DictCursor", sort: Sort, descending: bool, continued: bool, filters: tuple[str, ...]
) -> None:
    shape = Shape(sort, descending, continued, 1, frozenset(filters), False)

    (step,) = plan(database, page(shape), {**given(1), "after_value": after(sort)})

    assert step["type"] in ("ref", "range"), step
    assert step["key"].startswith("tasks_by_"), step
    assert "filesort" not in step["Extra"], step


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("filters", [(), ("statuses", "priorities")])
def test_a_page_of_many_projects_merges_walks_and_sorts_their_ends_only(
    database: "pymysql.cursors.DictCursor", sort: Sort, filters: tuple[str, ...]
) -> None:
    shape = Shape(sort, True, True, PROJECTS, frozenset(filters), False)

    steps = plan(database, keys_of(shape), {**given(PROJECTS), "after_value": after(sort)})

    walks = [step for step in steps if step["table"] == "tasks"]
    assert len(walks) == PROJECTS
    assert {step["type"] for step in walks} <= {"ref", "range"}
    assert {str(step["key"])[:9] for step in walks} == {"tasks_by_"}


@pytest.mark.parametrize(
    ("filters", "table"),
    [
        (("assignee_ids",), "task_assignees"),
        (("assignee_ids", "due_before"), "task_assignees"),
        (("label_ids",), "task_labels"),
        (("ids",), "tasks"),
        (("parent_id",), "subtasks"),
    ],
)
def test_a_filter_that_names_few_tasks_looks_them_up(
    database: "pymysql.cursors.DictCursor", filters: tuple[str, ...], table: str
) -> None:
    steps = plan(database, keys_of(Shape("position", True, False, 0, frozenset(filters), False)), given(0))

    assert steps[0]["table"] == table
    assert {step["type"] for step in steps} <= {"ref", "range", "eq_ref"}
    assert sum(int(step["rows"]) for step in steps) < ROWS / PROJECTS


class Explaining:
    """A reader that finds nothing, and keeps the plans of what it was asked."""

    dialect = "mysql"

    def __init__(self, cursor: "pymysql.cursors.DictCursor") -> None:
        self._cursor = cursor
        self.steps: list[dict[str, Any]] = []

    async def rows(self, statement: Statement[T], **parameters: Any) -> list[T]:
        self.steps += plan(self._cursor, statement, parameters)
        return []

    async def row(self, statement: Statement[T], **parameters: Any) -> T | None:
        await self.rows(statement, **parameters)
        return None


def check_walks(steps: list[dict[str, Any]]) -> None:
    assert steps
    for step in steps:
        assert step["type"] in ("ref", "range"), step
        assert step["key"], step
        assert "filesort" not in step["Extra"], step


@pytest.mark.anyio
async def test_history_is_read_along_its_index(database: "pymysql.cursors.DictCursor") -> None:
    workspace = Stream("workspace", id_of(1))
    reader = Explaining(database)
    await read_after(reader, workspace, 5_900)
    await newest(reader, workspace, NEWEST, 50)
    await about(reader, workspace, id_of(3), NEWEST, 50)
    assert {step["table"] for step in reader.steps} == {"changes", "activity"}
    check_walks(reader.steps)


def test_comments_and_the_inbox_are_read_along_their_indexes(database: "pymysql.cursors.DictCursor") -> None:
    comments_of = {"workspace_id": id_of(1), "task_id": id_of(3), "at": EPOCH, "after": id_of(0), "limit": 50}
    inbox = {"user_id": id_of(1), "at": FAR, "last": id_of(0), "limit": 50}
    check_walks(plan(database, COMMENTS_OF, comments_of))
    check_walks(plan(database, PAGE, inbox))
    check_walks(plan(database, UNREAD_PAGE, inbox))


@pytest.mark.parametrize("statement", [columns.LAST_POSITION, columns.PREVIOUS, columns.NEXT])
def test_places_in_a_column_are_found_without_reading_it(
    database: "pymysql.cursors.DictCursor",
    statement: Statement[Any],  # Any: of whatever it reads
) -> None:
    (step,) = plan(database, statement, given(0))

    assert step["key"] == "tasks_by_position", step
    assert "filesort" not in step["Extra"], step
