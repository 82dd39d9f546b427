"""Where a task stands: its number and status in a project, its position in a column."""

from headway.changes.work import Work
from headway.modules.tasks.domain.defaults import CLOSED, Category
from headway.modules.tasks.domain.position import PositionExhausted, between, is_position, spread
from headway.modules.tasks.store import columns, projects
from headway.modules.tasks.store.projects import ProjectRow, StatusRow
from headway.modules.tasks.store.tasks import TASK, State, TaskRow, state_of
from headway.platform.problems import Conflict, Invalid, NotFound


async def statuses_of(work: Work, project: ProjectRow) -> list[StatusRow]:
    """The project's statuses in order."""
    return await work.tx.rows(projects.STATUSES_OF, workspace_id=project.workspace_id, project_id=project.id)


async def status_of(work: Work, project: ProjectRow, key: str | None) -> StatusRow:
    """The project's status of that key; without one its first to-do status."""
    found = await statuses_of(work, project)
    if key is None:
        return first_of(found, "todo")
    for status in found:
        if status.key == key:
            return status
    raise Invalid.field("status", "unknown_status", f"the project {project.key} has no such status")


def first_of(statuses: list[StatusRow], *categories: Category) -> StatusRow:
    """The first status of the first of these categories that has one, else the first of all."""
    for category in categories:
        for status in statuses:
            if status.category == category:
                return status
    return statuses[0]


async def take_numbers(work: Work, project: ProjectRow, count: int = 1) -> int:
    """The first of so many new numbers for tasks' keys."""
    where = {"workspace_id": project.workspace_id, "project": project.id}
    await work.tx.execute(projects.TAKE_NUMBERS, count=count, **where)
    number = await work.tx.row(projects.LAST_NUMBER, **where)
    if number is None:
        raise NotFound("project")
    return number - count + 1


def check_position(position: str) -> str:
    """A position that a client made; Invalid when it is none."""
    if not is_position(position):
        raise Invalid.field("position", "bad_position", "is no fractional index")
    return position


async def position_at_end(work: Work, project: ProjectRow, status: StatusRow) -> str:
    """The position after the last task of a column."""
    state: State = "closed" if status.category in CLOSED else "open"
    last = await work.tx.row(
        columns.LAST_POSITION, workspace_id=project.workspace_id, project_id=project.id, state=state
    )
    return between(last, None)


async def position_beside(work: Work, row: TaskRow, before: TaskRow | None, after: TaskRow | None) -> str:
    """A position for `row`, as it will be, before one task and after another of its column; None for what comes.

    When there is no room the column gets new positions, each told.
    """
    low, high = await _gap(work, row, before, after)
    try:
        return between(low, high)
    except PositionExhausted:
        return await _make_room(work, row, before, after)
    except ValueError:
        raise Conflict("not_neighbours", "The task to stand after comes later than the one to stand before.") from None


async def _gap(
    work: Work, row: TaskRow, before: TaskRow | None, after: TaskRow | None
) -> tuple[str | None, str | None]:
    column = {**_column(row), "not_ids": [row.id]}
    if before is not None and after is not None:
        return after.position, before.position
    if before is not None:
        column["not_ids"] = [row.id, before.id]
        return await work.tx.row(columns.PREVIOUS, position=before.position, **column), before.position
    if after is not None:
        column["not_ids"] = [row.id, after.id]
        return after.position, await work.tx.row(columns.NEXT, position=after.position, **column)
    last = await work.tx.row(columns.LAST_POSITION, **{**_column(row), "state": state_of(row)})
    return last, None


async def _make_room(work: Work, row: TaskRow, before: TaskRow | None, after: TaskRow | None) -> str:
    others = [each for each in await work.tx.rows(columns.COLUMN, **_column(row)) if each.id != row.id]
    places = [each.id for each in others]
    place = places.index(before.id) if before else places.index(after.id) + 1 if after else len(places)
    positions = spread(None, None, len(others) + 1)
    own = positions.pop(place)
    for each, position in zip(others, positions, strict=True):
        await work.update(TASK, each, position=position)
    return own


def _column(row: TaskRow) -> dict[str, object]:
    return {
        "workspace_id": row.workspace_id,
        "project_id": row.project_id,
        "state": state_of(row),
        "status": row.status,
    }
