"""Lists of tasks: filtered, sorted, page by page, over one workspace or all that the reader belongs to."""

from collections.abc import Mapping, Sequence
from typing import cast

from msgspec import UNSET

from headway.modules.tasks.contracts import Task, TaskPage
from headway.modules.tasks.contracts.task_query import TaskQuery
from headway.modules.tasks.queries.cursors import Place, fingerprint, read_cursor, write_cursor
from headway.modules.tasks.queries.sight import Sight, sights
from headway.modules.tasks.queries.task_filters import Filters, Parameters, filters_of
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.locate import locate
from headway.modules.tasks.store.task_lists import (
    COLUMNS,
    MAX_WALKS,
    WHOLE_WALKS,
    Shape,
    Sort,
    keys_of,
    page,
    tasks_of_keys,
)
from headway.modules.tasks.store.tasks import State
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.db.statement import Row
from headway.platform.problems import NotFound
from headway.platform.web.routes import Dependency


async def list_tasks(reader: Reader, actor: Actor, query: TaskQuery) -> TaskPage:
    """List tasks that you see, newest first unless `sort` says otherwise; without those in the trash."""
    order = _Order.of(query)
    rows: list[Row] = []
    keys: dict[str, str] = {}
    seen = await sights(reader, actor, query.workspace_id, query.project_id)
    if not {*query.project_id} <= {project_id for sight in seen for project_id in sight.keys}:
        raise NotFound("project")
    for sight in seen:
        keys |= sight.keys
        rows += await _in_workspace(reader, actor, query, sight, order)
    rows.sort(key=lambda row: (row[-1], row[0]), reverse=order.descending)
    return order.page(rows[: query.limit + 1], keys)


async def depends(reader: Reader, actor: Actor, query: TaskQuery) -> Dependency:
    """A list follows from the workspaces that it spans."""
    if query.workspace_id is not None:
        return Dependency((str(stream_of(query.workspace_id)),))
    if len(query.project_id) == 1:
        return Dependency((str(stream_of(await locate(reader, actor, "project", query.project_id[0]))),))
    members = await scoped.members_of_person(reader, actor.id)
    return Dependency(tuple(str(stream_of(member.workspace_id)) for member in members))


class _Order:
    """How a list is sorted, and where in it the page begins."""

    def __init__(self, query: TaskQuery, of: str, sort: Sort, place: Place | None) -> None:
        self.limit = query.limit
        self.with_description = "description" in query.include
        self.descending = query.sort.startswith("-")
        self.sort = sort
        self._of = of
        self.place = place

    @classmethod
    def of(cls, query: TaskQuery) -> "_Order":
        """Read from the query; Invalid when its cursor belongs to another list."""
        asked = {name: getattr(query, name) for name in query.__struct_fields__ if name not in _NOT_OF_THE_LIST}
        of = fingerprint(asked)
        sort = cast("Sort", query.sort.removeprefix("-"))
        place = None if query.cursor is None else read_cursor(query.cursor, of, int if sort in _NUMBERS else str)
        return cls(query, of, sort, place)

    def shape(self, walks: int, filters: Filters) -> Shape:
        """The statement to run."""
        return Shape(self.sort, self.descending, self.place is not None, walks, filters.names, self.with_description)

    def page(self, rows: Sequence[Row], keys: Mapping[str, str]) -> TaskPage:
        """Rows as an answer; there is one more of them than the page takes when there is a next page."""
        shown = rows[: self.limit]
        cursor = write_cursor(self._of, shown[-1][-1], shown[-1][0]) if len(rows) > len(shown) else None
        return TaskPage([_task(row, keys, self.with_description) for row in shown], cursor)


_NUMBERS = frozenset({"created_at", "updated_at", "priority"})
_NOT_OF_THE_LIST = frozenset({"cursor", "limit", "include"})


async def _in_workspace(reader: Reader, actor: Actor, query: TaskQuery, sight: Sight, order: _Order) -> list[Row]:
    wanted = [each for each in query.project_id if each in sight.keys] if query.project_id else [*sight.keys]
    workspace_id = sight.member.workspace_id
    whole = sight.whole and not query.project_id
    filters = await filters_of(reader, actor, query, workspace_id, wanted, whole=whole)
    if filters is None or not wanted:
        return []
    parameters: Parameters = {**filters.parameters, "workspace_id": workspace_id, "limit": order.limit + 1}
    if order.place is not None:
        parameters |= {"after_value": order.place.value, "after_id": order.place.id}
    walks = [(project_id, state) for project_id in wanted for state in filters.states]
    if not filters.is_narrow and len(walks) <= WHOLE_WALKS:
        return await reader.rows(page(order.shape(len(walks), filters)), **parameters, **_numbered(walks))
    if filters.is_narrow:
        parameters |= {"project_ids": wanted, "states": filters.states}
        keys = await reader.rows(keys_of(order.shape(0, filters)), **parameters)
    else:
        keys = await _walked(reader, order, filters, walks, parameters)
    ids = [task_id for task_id, _value in keys[: order.limit + 1]]
    whole_tasks = tasks_of_keys(order.sort, order.with_description)
    return await reader.rows(whole_tasks, workspace_id=workspace_id, ids=ids)


async def _walked(
    reader: Reader, order: _Order, filters: Filters, walks: Sequence[tuple[str, State]], parameters: Parameters
) -> list[Row]:
    """The keys that many walks come upon first, in order."""
    keys: list[Row] = []
    for start in range(0, len(walks), MAX_WALKS):
        part = walks[start : start + MAX_WALKS]
        keys += await reader.rows(keys_of(order.shape(len(part), filters)), **parameters, **_numbered(part))
    return sorted(keys, key=lambda key: (key[1], key[0]), reverse=order.descending)


def _numbered(walks: Sequence[tuple[str, State]]) -> dict[str, str]:
    """The parameters of walks."""
    found: dict[str, str] = {}
    for number, (project_id, state) in enumerate(walks):
        found[f"project{number}"] = project_id
        found[f"state{number}"] = state
    return found


def _task(row: Row, keys: Mapping[str, str], with_description: bool) -> Task:
    task_id, number, workspace_id, project_id = row[:4]
    description = row[len(COLUMNS)] if with_description else UNSET
    # the other columns stand in the order of the answer's fields
    fields = (f"{keys[project_id]}-{number}", workspace_id, project_id, *row[4 : len(COLUMNS)], description)
    return Task(task_id, *fields)
