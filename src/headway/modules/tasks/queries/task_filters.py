"""The filters of a list, made into the conditions and parameters of its statements."""

from dataclasses import dataclass
from typing import Any, Final

from headway.modules.tasks.contracts.task_query import TaskQuery
from headway.modules.tasks.domain.defaults import CLOSED
from headway.modules.tasks.store import labels, search_index
from headway.modules.tasks.store.task_lists import CATEGORIES_OF, NARROW
from headway.modules.tasks.store.tasks import NO_DUE, State
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.ids import is_id
from headway.platform.search_text import search_query

_END_OF_DAY: Final = "T24:00"

# Any: parameters of statements have the types of their columns.
Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """Names of conditions, their parameters, and the states of tasks that the list shows."""

    names: frozenset[str]
    parameters: Parameters
    states: tuple[State, ...]

    @property
    def is_narrow(self) -> bool:
        """Whether they name so few tasks that those are looked up and sorted."""
        return not NARROW.isdisjoint(self.names)


async def filters_of(
    reader: Reader, actor: Actor, query: TaskQuery, workspace_id: str, project_ids: list[str], *, whole: bool
) -> Filters | None:
    """The filters in one workspace; None when nothing there can fit. `whole`: the projects are all that there are."""
    found = _plain(query) | _due(query) | _people(query, actor)
    if query.parent_id is not None:
        found |= {"no_parent": None} if query.parent_id == "none" else {"parent_id": query.parent_id}
    if query.label:
        found["label_ids"] = await _label_ids(reader, workspace_id, query.label)
    if query.q is not None:
        among = None if whole else project_ids
        hits = await search_index.find(reader, search_query(query.q), workspace_id, among, ranked=False)
        found["ids"] = [hit.id for hit in hits if hit.kind == "task"]
    if found.get("label_ids") == [] or found.get("ids") == []:
        return None
    names = frozenset(found)
    if "nobody_or" in found:
        found |= found.pop("nobody_or")
    return Filters(names, found, await _states(reader, query, workspace_id, project_ids))


def _plain(query: TaskQuery) -> Parameters:
    given: Parameters = {
        "statuses": query.status,
        "categories": ("completed",) if query.completed else query.status_category,
        "priorities": query.priority,
        "updated_after": query.updated_after,
    }
    return {name: value for name, value in given.items() if value}


def _due(query: TaskQuery) -> Parameters:
    found: Parameters = {}
    if query.due_before is not None:
        found["due_before"] = query.due_before.isoformat()
    if query.due_after is not None:
        found["due_after"] = query.due_after.isoformat() + _END_OF_DAY
        found.setdefault("due_before", NO_DUE)
    return found


def _people(query: TaskQuery, actor: Actor) -> Parameters:
    people = [actor.id if person == "me" else person for person in query.assignee_id if person != "none"]
    if "none" not in query.assignee_id:
        return {"assignee_ids": people} if people else {}
    return {"nobody_or": {"assignee_ids": people, "nobody": ()}} if people else {"nobody": ()}


async def _label_ids(reader: Reader, workspace_id: str, wanted: tuple[str, ...]) -> list[str]:
    found = [each for each in wanted if is_id(each)]
    names = {each.casefold() for each in wanted if not is_id(each)}
    rows = await reader.rows(labels.LABELS_OF, workspace_id=workspace_id) if names else []
    return found + [row.id for row in rows if row.name.casefold() in names]


async def _states(reader: Reader, query: TaskQuery, workspace_id: str, project_ids: list[str]) -> tuple[State, ...]:
    if query.trashed:
        return ("trashed",)
    if query.completed is not None:
        return ("closed",) if query.completed else ("open",)
    categories: set[str] = {*query.status_category}
    if query.status and not categories:
        where = {"workspace_id": workspace_id, "project_ids": project_ids, "statuses": query.status}
        categories = {*await reader.rows(CATEGORIES_OF, **where)}
    if categories and CLOSED.issuperset(categories):
        return ("closed",)
    if categories and CLOSED.isdisjoint(categories):
        return ("open",)
    return ("open", "closed")
