"""Statuses of a project: each has a category, and at least one to do and one completed remain."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import UNSET

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.places import check_position
from headway.modules.tasks.contracts.statuses import NewStatus, Status, StatusDeletion, StatusPatch
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.defaults import CLOSED, STATUSES
from headway.modules.tasks.domain.position import PositionExhausted, between, spread
from headway.modules.tasks.store import projects, scoped
from headway.modules.tasks.store.project_tasks import TASKS_IN_STATUS
from headway.modules.tasks.store.projects import STATUS, StatusRow
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.views import same
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Invalid, NotFound
from headway.platform.web.patches import given

AT_MOST: Final = 30
NEEDED: Final = frozenset({"todo", "completed"})
_ORDER: Final = [default.category for default in STATUSES]


async def create_status(work: Work, member: Member, body: NewStatus, *, project_id: str) -> Status:
    """Add a status to a project."""
    there = await _statuses(work, member, project_id)
    if len(there) >= AT_MOST:
        raise Conflict("too_many_statuses", f"A project has at most {AT_MOST} statuses.")
    _check_name(body.name, there)
    position = check_position(body.position) if body.position else await _place_after_category(work, there, body)
    row = StatusRow(
        work.stream.owner,
        project_id,
        body.id or new_id(),
        _key(body.name, there),
        body.name,
        body.category,
        position,
        1,
    )
    return same(await work.insert(STATUS, row), Status)


async def change_status(work: Work, member: Member, body: StatusPatch, *, project_id: str, status_id: str) -> Status:
    """Change a status's name or place. Its category stays: move tasks to another status instead."""
    there = await _statuses(work, member, project_id)
    row = _one(there, status_id)
    work.check_version(row)
    if body.name is not UNSET:
        _check_name(body.name, [each for each in there if each.id != status_id])
    if body.position is not UNSET:
        check_position(body.position)
    changes = given(body)
    return same(await work.update(STATUS, row, **changes), Status)


async def delete_status(work: Work, member: Member, body: StatusDeletion, *, project_id: str, status_id: str) -> None:
    """Remove a status; its tasks go to the status `move_to`, open ones to an open one."""
    there = await _statuses(work, member, project_id)
    row = _one(there, status_id)
    work.check_version(row)
    others = [each for each in there if each.id != status_id]
    _check_not_last(row, others)
    moving = await _tasks_with(work, row)
    if moving:
        await _move(work, moving, _target(body, row, others))
    await work.delete(STATUS, row)


async def check_unused(work: Work, row: StatusRow) -> None:
    """Conflict when tasks have that status, or the project needs it."""
    _check_not_last(row, await _others(work, row))
    if await _tasks_with(work, row):
        raise Conflict("has_tasks", "There are tasks with this status.")


async def check_free_name(work: Work, row: StatusRow) -> None:
    """Conflict when another status of the project has that name."""
    _check_name(row.name, await _others(work, row))


async def _others(work: Work, row: StatusRow) -> list[StatusRow]:
    where = {"workspace_id": row.workspace_id, "project_id": row.project_id}
    return [each for each in await work.tx.rows(projects.STATUSES_OF, **where) if each.id != row.id]


async def _tasks_with(work: Work, row: StatusRow) -> list[TaskRow]:
    where = {"workspace_id": row.workspace_id, "project_id": row.project_id, "status": row.key}
    return await work.tx.rows(TASKS_IN_STATUS, **where)


def _check_not_last(row: StatusRow, others: Sequence[StatusRow]) -> None:
    if row.category in NEEDED and not any(each.category == row.category for each in others):
        raise Conflict("last_status", f"A project needs a status of the category {row.category}.")


async def _statuses(work: Work, member: Member, project_id: str) -> list[StatusRow]:
    await scoped.project(work.tx, member, project_id, "edit")
    member.require_role("member")
    await work.lock()
    return await work.tx.rows(projects.STATUSES_OF, workspace_id=work.stream.owner, project_id=project_id)


def _one(there: Sequence[StatusRow], status_id: str) -> StatusRow:
    for row in there:
        if row.id == status_id:
            return row
    raise NotFound("status")


def _target(body: StatusDeletion, row: StatusRow, others: Sequence[StatusRow]) -> StatusRow:
    if body.move_to is None:
        raise Conflict("has_tasks", "There are tasks with this status; say with `move_to` where they go.")
    target = next((each for each in others if each.key == body.move_to), None)
    if target is None:
        raise Invalid.field("move_to", "unknown_status", "is no other status of this project")
    if (target.category in CLOSED) != (row.category in CLOSED):
        raise Invalid.field("move_to", "other_state", "must be open for open tasks, and closed for closed ones")
    return target


async def _move(work: Work, moving: Sequence[TaskRow], target: StatusRow) -> None:
    for task in moving:
        completed_at = _completed_at(task, target)
        await work.update(TASK, task, status=target.key, status_category=target.category, completed_at=completed_at)


def _completed_at(task: TaskRow, target: StatusRow) -> datetime | None:
    """A canceled task that becomes completed was so when it was last touched, and not today."""
    return task.completed_at or task.updated_at if target.category == "completed" else None


def _check_name(name: str, others: Sequence[StatusRow]) -> None:
    if any(each.name.casefold() == name.casefold() for each in others):
        raise Conflict("name_taken", f"The project has a status “{name}” already.")


def _key(name: str, there: Sequence[StatusRow]) -> str:
    """A key made of the name, unlike every other of the project."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:28].strip("_") or "status"
    taken = {each.key for each in there}
    return next(key for key in (stem, *(f"{stem}_{n}" for n in range(2, AT_MOST + 2))) if key not in taken)


async def _place_after_category(work: Work, there: list[StatusRow], body: NewStatus) -> str:
    """After the last status whose category is not a later one."""
    rank = _ORDER.index(body.category)
    before = [row.position for row in there if _ORDER.index(row.category) <= rank]
    last = max(before, default=None)
    following = min((row.position for row in there if last is None or row.position > last), default=None)
    try:
        return between(last, following)
    except PositionExhausted:
        return await _respread(work, there, last)


async def _respread(work: Work, there: list[StatusRow], last: str | None) -> str:
    """Give all statuses new positions, with room after the one at `last`; the position of that room."""
    positions = spread(None, None, len(there) + 1)
    split = sum(row.position <= (last or "") for row in there)
    for row, position in zip(there, positions[:split] + positions[split + 1 :], strict=True):
        await work.update(STATUS, row, position=position)
    return positions[split]
