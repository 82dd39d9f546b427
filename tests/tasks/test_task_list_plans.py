"""Lists walk along indexes: SQLite's own plan says so, for every order and for the filters that people use."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, get_args

import pysqlite3
import pytest

from headway.modules.tasks.store import columns
from headway.modules.tasks.store.task_lists import Shape, Sort, keys_of, page
from headway.platform.db.sqlite import connect
from headway.platform.db.statement import Statement
from tests.support.product import create_tables

SORTS: Sequence[Sort] = get_args(Sort)
LISTS = ("project_ids", "states", "statuses", "categories", "priorities", "assignee_ids", "label_ids", "ids", "not_ids")
VALUES = (
    *("workspace_id", "project_id", "state", "status", "position", "limit", "after_value", "after_id"),
    *("due_before", "due_after", "parent_id", "nobody", "updated_after"),
    *(f"{name}{number}" for name in ("project", "state") for number in range(40)),
)
GIVEN = {**dict.fromkeys(VALUES), **dict.fromkeys(LISTS, (None,))}
"""Some value for every parameter; plans do not depend on which."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pysqlite3.Connection]:
    path = tmp_path_factory.mktemp("plans") / "headway.db"
    create_tables(f"sqlite:///{path}")
    connection = connect(path, writable=False)
    yield connection
    connection.close()


def plan(database: pysqlite3.Connection, statement: Statement[Any]) -> list[str]:  # Any: of whatever it reads
    """The steps that SQLite takes, without any statistics to help it."""
    text, values = statement.on("sqlite").bind(GIVEN)
    return [str(step[3]) for step in database.execute(f"EXPLAIN QUERY PLAN {text}", values)]


@pytest.mark.parametrize(("sort", "descending", "continued"), [*product(SORTS, (False, True), (False, True))])
@pytest.mark.parametrize("filters", [(), ("statuses",), ("priorities",), ("nobody",), ("no_parent",)])
def test_a_page_of_a_project_is_one_walk_along_the_index_of_its_order(
    database: pysqlite3.Connection, sort: Sort, descending: bool, continued: bool, filters: tuple[str, ...]
) -> None:
    (step,) = plan(database, page(Shape(sort, descending, continued, 1, frozenset(filters), False)))

    assert step.startswith("SEARCH tasks USING INDEX")
    assert "workspace_id=? AND project_id=? AND state=?" in step
    assert ("<?" in step or ">?" in step) is continued


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("filters", [(), ("statuses", "priorities")])
def test_a_page_of_many_projects_merges_walks_and_sorts_nothing(
    database: pysqlite3.Connection, sort: Sort, filters: tuple[str, ...]
) -> None:
    steps = plan(database, keys_of(Shape(sort, True, True, 40, frozenset(filters), False)))

    assert len([step for step in steps if step.startswith("SEARCH tasks USING")]) == 40
    assert not [step for step in steps if "SCAN" in step or "TEMP B-TREE" in step]


def test_a_due_date_is_a_range_of_the_walk(database: pysqlite3.Connection) -> None:
    shape = Shape("due_date", False, False, 1, frozenset({"due_before", "due_after"}), False)

    (step,) = plan(database, page(shape))

    assert "tasks_by_due (workspace_id=? AND project_id=? AND state=? AND due_key>? AND due_key<?)" in step


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    ("filters", "found_by"),
    [
        (("assignee_ids",), "SEARCH task_assignees USING PRIMARY KEY (workspace_id=? AND user_id=?)"),
        (("assignee_ids", "due_before"), "SEARCH task_assignees USING PRIMARY KEY (workspace_id=? AND user_id=?)"),
        (("label_ids",), "SEARCH task_labels USING PRIMARY KEY (workspace_id=? AND label_id=?)"),
        (("ids",), "SEARCH tasks USING PRIMARY KEY (workspace_id=? AND id=?)"),
        (("parent_id",), "SEARCH subtasks USING COVERING INDEX tasks_by_parent (workspace_id=? AND parent_id=?)"),
    ],
)
def test_a_filter_that_names_few_tasks_looks_them_up(
    database: pysqlite3.Connection, sort: Sort, filters: tuple[str, ...], found_by: str
) -> None:
    steps = plan(database, keys_of(Shape(sort, True, False, 0, frozenset(filters), False)))

    assert found_by in steps
    assert not [step for step in steps if "SCAN" in step]


@pytest.mark.parametrize("statement", [columns.LAST_POSITION, columns.PREVIOUS, columns.NEXT])
def test_places_in_a_column_are_found_without_reading_it(
    database: pysqlite3.Connection,
    statement: Statement[Any],  # Any: of whatever it reads
) -> None:
    (step,) = plan(database, statement)

    assert "tasks_by_position (workspace_id=? AND project_id=? AND state=?" in step
