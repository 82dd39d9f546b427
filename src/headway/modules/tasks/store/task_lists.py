"""Pages of tasks, each one statement per workspace, compiled once per shape.

A list is a merge of *walks*: one project's tasks in one state, in the order of an index, from where the page before
ended. SQLite reads the walks only as far as the page needs. Where a filter names few tasks (an assignee, a label, a
parent, a search), those are looked up instead and sorted.
"""

from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)

from headway.modules.tasks.domain.defaults import Category
from headway.modules.tasks.store.projects import projects, statuses
from headway.modules.tasks.store.tasks import task_assignees, task_labels, tasks
from headway.platform.db.statement import Row, Statement, command

Sort = Literal["position", "created_at", "updated_at", "due_date", "priority", "title"]

MAX_WALKS: Final = 64
"""Walks of one statement. Who sees more projects gets several statements, whose pages are merged."""
WHOLE_WALKS: Final = 2
"""Up to so many walks read whole tasks; more of them read keys alone, and then the tasks of the page."""

# By what a list is sorted: its column, and the type that its values have in the database. Any: columns of any type.
_SORTED_BY: Final[dict[Sort, tuple[ColumnElement[Any], "String | BigInteger"]]] = {
    "position": (tasks.c.position, String()),
    "created_at": (tasks.c.created_at, BigInteger()),
    "updated_at": (tasks.c.updated_at, BigInteger()),
    "due_date": (tasks.c.due_key, String()),
    "priority": (tasks.c.priority, BigInteger()),
    "title": (tasks.c.title_key, String()),
}

_IN_WORKSPACE: Final = tasks.c.workspace_id == bindparam("workspace_id")


def _among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:  # Any: columns of any type
    return column.in_(bindparam(name, expanding=True))


def _plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column's value, for which no index is used."""
    return func.coalesce(column, column)


_ASSIGNED: Final = tasks.c.id.in_(
    select(task_assignees.c.task_id).where(
        task_assignees.c.workspace_id == bindparam("workspace_id"), _among(task_assignees.c.user_id, "assignee_ids")
    )
)
_LABELLED: Final = tasks.c.id.in_(
    select(task_labels.c.task_id).where(
        task_labels.c.workspace_id == bindparam("workspace_id"), _among(task_labels.c.label_id, "label_ids")
    )
)
_subtasks: Final = tasks.alias("subtasks")
_BELOW: Final = (
    _subtasks.c.workspace_id == bindparam("workspace_id"),
    _subtasks.c.parent_id == bindparam("parent_id"),
)
_UNASSIGNED: Final = tasks.c.assignee_ids == bindparam("nobody")

FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "statuses": _among(tasks.c.status, "statuses"),
    "categories": _among(tasks.c.status_category, "categories"),
    "priorities": _among(_plain(tasks.c.priority), "priorities"),
    "assignee_ids": _ASSIGNED,
    "nobody": _UNASSIGNED,
    "nobody_or": or_(_ASSIGNED, _UNASSIGNED),
    "label_ids": _LABELLED,
    "due_before": tasks.c.due_key < bindparam("due_before"),
    "due_after": tasks.c.due_key > bindparam("due_after"),
    "parent_id": tasks.c.id.in_(select(_subtasks.c.id).where(*_BELOW)),
    "no_parent": tasks.c.parent_id.is_(None),
    "updated_after": tasks.c.updated_at > bindparam("updated_after"),
    "ids": _among(tasks.c.id, "ids"),
}
NARROW: Final = frozenset({"assignee_ids", "label_ids", "parent_id", "ids"})
"""Filters that name few tasks."""

COLUMNS: Final = (
    "id",
    "number",
    "workspace_id",
    "project_id",
    "parent_id",
    "title",
    "status",
    "status_category",
    "priority",
    "start_date",
    "due_date",
    "due_time",
    "due_zone",
    "due_at",
    "assignee_ids",
    "label_ids",
    "watcher_ids",
    "estimate_minutes",
    "position",
    "recurrence",
    "completed_at",
    "trashed_at",
    "created_by",
    "created_at",
    "updated_at",
    "version",
)
"""What a list reads of a task; the description comes after them when asked for, and what it is sorted by last."""


class Shape(NamedTuple):
    """What makes one list another statement than the next. `walks` is 0 for a list that looks tasks up."""

    sort: Sort
    descending: bool
    continued: bool
    walks: int
    filters: frozenset[str]
    with_description: bool


@lru_cache(maxsize=512)
def keys_of(shape: Shape) -> Statement[Row]:
    """Id and sort value of each task of a page, in order.

    Parameters: workspace_id, limit, those of the filters; `project<n>` and `state<n>` of each walk, or `project_ids`
    and `states`; when continued `after_value` and `after_id`, where the page before ended.
    """
    if shape.walks:
        return command(_merged(shape, [_branch(shape, ("id",), *_walk(number)) for number in range(shape.walks)]))
    # coalesced, so that no planner prefers a walk along a project to looking up the few tasks that the filter names
    where = _among(_plain(tasks.c.project_id), "project_ids"), _among(_plain(tasks.c.state), "states")
    return command(_ordered(shape, _branch(shape, ("id",), *where)))


@lru_cache(maxsize=64)
def tasks_of_keys(sort: Sort, with_description: bool) -> Statement[Row]:
    """The tasks of `ids`, as `page` reads them, in no order."""
    shape = Shape(sort, False, False, 0, frozenset({"ids"}), with_description)
    return command(_branch(shape, _columns(shape)))


@lru_cache(maxsize=512)
def page(shape: Shape) -> Statement[Row]:
    """The tasks of a page of a few walks, in order; parameters as for `keys_of`."""
    branches = [_branch(shape, _columns(shape), *_walk(number)) for number in range(shape.walks)]
    return command(_ordered(shape, branches[0]) if len(branches) == 1 else _merged(shape, branches))


def _walk(number: int) -> tuple[ColumnElement[bool], ...]:
    project = bindparam(f"project{number}", type_=tasks.c.project_id.type)
    return tasks.c.project_id == project, tasks.c.state == bindparam(f"state{number}", type_=tasks.c.state.type)


def _columns(shape: Shape) -> tuple[str, ...]:
    return (*COLUMNS, "description") if shape.with_description else COLUMNS


# Any: the columns' types, here and below.
def _branch(shape: Shape, names: tuple[str, ...], *where: ColumnElement[bool]) -> Select[Any]:
    column, raw = _SORTED_BY[shape.sort]
    conditions = [_IN_WORKSPACE, *where, *(FILTERS[name] for name in sorted(shape.filters))]
    if shape.continued:
        conditions.extend(_continued(shape, column, raw))
    wanted = [tasks.c[name] for name in names]
    return select(*wanted, type_coerce(column, raw).label("sort_value")).where(*conditions)


def _continued(shape: Shape, column: ColumnElement[Any], raw: String | BigInteger) -> list[ColumnElement[bool]]:
    value, last = bindparam("after_value", type_=raw), bindparam("after_id", type_=tasks.c.id.type)
    plain = type_coerce(column, raw)
    if shape.descending:
        return [plain <= value, or_(plain < value, tasks.c.id < last)]
    return [plain >= value, or_(plain > value, tasks.c.id > last)]


def _merged(shape: Shape, branches: list[Select[Any]]) -> CompoundSelect[Any]:
    merged = union_all(*branches)
    order = (merged.selected_columns.sort_value, merged.selected_columns.id)
    return merged.order_by(*(each.desc() if shape.descending else each for each in order)).limit(bindparam("limit"))


def _ordered(shape: Shape, wanted: Select[Any]) -> Select[Any]:
    order = (_SORTED_BY[shape.sort][0], tasks.c.id)
    return wanted.order_by(*(each.desc() if shape.descending else each for each in order)).limit(bindparam("limit"))


CATEGORIES_OF: Final[Statement[Category]] = Statement(
    select(statuses.c.category)
    .where(
        statuses.c.workspace_id == bindparam("workspace_id"),
        _among(statuses.c.project_id, "project_ids"),
        _among(statuses.c.key, "statuses"),
    )
    .distinct(),
    lambda category: category,
)
"""The categories that statuses of these keys have."""

PROJECTS_SEEN: Final = command(
    select(projects.c.id, projects.c.key, projects.c.access).where(
        projects.c.workspace_id == bindparam("workspace_id"), projects.c.trashed_at.is_(None)
    )
)
"""Id, key and openness of every project, for lists that span them."""
