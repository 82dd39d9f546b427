"""What people do, and how often: 94 % reads, 6 % writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from headway.entrypoints.loadtest.connection import Target
from headway.entrypoints.loadtest.people import Person
from headway.platform.ids import new_id

READS: Final = {
    "list of a project": 30.0,
    "own open tasks": 15.0,
    "task": 20.0,
    "sync": 15.0,
    "stats": 5.0,
    "notifications": 5.0,
    "search": 4.0,
}
WRITES: Final = {"create": 2.0, "edit": 2.5, "close": 1.0, "comment": 0.5}
SHARES: Final = {**READS, **WRITES}
"""Per cent."""

Made = Callable[[str, str], None]
"""Told the id of something that is about to be made, and its project's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and what sort it is of. A repeat does no harm: writes carry a key."""

    sort: str
    raw: bytes


class Mix:
    """Requests in their shares, of one person after the other by chance; `made` hears of what they make."""

    def __init__(self, target: Target, people: Sequence[Person], made: Made) -> None:
        self._target = target
        self._people = people
        self._made = made
        self._chance = Random(7)  # noqa: S311 - the same requests each time, nothing secret

    def next(self) -> Asked:
        """The next request."""
        person = self._chance.choice(self._people)
        task_id, project_id = self._chance.choice(person.tasks)
        [sort] = self._chance.choices(list(SHARES), list(SHARES.values()))
        headers = {"Authorization": f"Bearer {person.token}"}
        if sort in READS:
            return Asked(sort, self._target.request("GET", _read(sort, person, task_id, project_id), headers))
        made = new_id()
        if sort in ("create", "comment"):
            self._made(made, project_id)
        method, path, body = _write(sort, made, task_id, project_id)
        return Asked(sort, self._target.request(method, path, {**headers, "Idempotency-Key": made}, body))


def _read(sort: str, person: Person, task_id: str, project_id: str) -> str:
    return {
        "list of a project": f"/tasks?project_id={project_id}&sort=position&limit=50",
        "own open tasks": f"/tasks?workspace_id={person.workspace_id}&assignee_id=me&completed=false&sort=due_date",
        "task": f"/tasks/{task_id}",
        "sync": f"/sync?cursor={person.cursor}",
        "stats": f"/stats?workspace_id={person.workspace_id}",
        "notifications": "/notifications",
        "search": f"/search?q=invoice%20review&workspace_id={person.workspace_id}",
    }[sort]


def _write(
    sort: str, made: str, task_id: str, project_id: str
) -> tuple[str, str, dict[str, Any] | None]:  # Any: fields of the body
    return {
        "create": ("POST", "/tasks", {"id": made, "title": f"Load test {made[-6:]}", "project_id": project_id}),
        "edit": ("PATCH", f"/tasks/{task_id}", {"title": f"Load test edited this {made[-6:]}"}),
        "close": ("PUT", f"/tasks/{task_id}/closure", None),
        "comment": ("POST", f"/tasks/{task_id}/comments", {"id": made, "body": f"Load test {made[-6:]}"}),
    }[sort]
