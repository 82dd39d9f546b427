"""Somebody's desk in this process: the routes that the API has, called without HTTP."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from headway.changes.writes import Operation as Writing
from headway.changes.writes import Write
from headway.entrypoints.operation.adding import Added, AddTask, add_line
from headway.entrypoints.operation.command import Command, Operation
from headway.modules.tasks.contracts import NewTask, Project, Task
from headway.modules.tasks.contracts.labels import Label
from headway.modules.tasks.contracts.members import WorkspaceMember
from headway.modules.tasks.queries.labels import LabelQuery
from headway.modules.tasks.queries.workspaces import ProjectQuery
from headway.modules.users.contracts.messages import Me
from headway.platform.actor import Actor
from headway.platform.ids import new_id
from headway.platform.problems import Forbidden, Invalid
from headway.platform.web.routes import Read

if TYPE_CHECKING:  # a command that the running server carries out need not load the product
    from headway.entrypoints.monolith import Monolith


class OwnDesk:
    """What `person_id` sees and may do."""

    def __init__(self, monolith: "Monolith", person_id: str) -> None:
        self._monolith = monolith
        self._actor = Actor(person_id)
        routes = [route for module in monolith.modules for route in module.routes]
        self._reads = {route.path: route for route in routes if isinstance(route, Read)}
        self._creations = {route.path: route for route in routes if isinstance(route, Write) and route.method == "POST"}

    async def me(self) -> Me:
        """Who it is."""
        found: Me = await self._read("/users/me")
        return found

    async def projects(self) -> Sequence[Project]:
        """The projects of all workspaces."""
        found: Sequence[Project] = (await self._read("/projects", ProjectQuery())).items
        return found

    async def members(self, workspace_id: str) -> Sequence[WorkspaceMember]:
        """The people of a workspace."""
        answer = await self._read("/workspaces/{workspace_id}/members", workspace_id=workspace_id)
        found: Sequence[WorkspaceMember] = answer.items
        return found

    async def labels(self, workspace_id: str) -> Sequence[Label]:
        """The labels of a workspace."""
        found: Sequence[Label] = (await self._read("/labels", LabelQuery(workspace_id))).items
        return found

    async def create(self, new: NewTask) -> Task:
        """Make a task."""
        creation = Writing(self._creations["/tasks"], new, {}, new_id())
        performed = await self._monolith.writer.perform(self._actor, creation)
        return msgspec.json.decode(performed.answer, type=Task)

    # Any: of the route's answer type
    async def _read(self, path: str, query: msgspec.Struct | None = None, **names: str) -> Any:
        return await self._reads[path].act(self._monolith.database.reader, self._actor, query, **names)


async def _add(operation: Operation, asked: AddTask) -> Added:
    desk = OwnDesk(operation.monolith, await _person(operation, asked.who))
    return await add_line(desk, asked.text, asked.region, operation.monolith.clock.now())


async def _person(operation: Operation, who: str | None) -> str:
    operator = operation.monolith.operator
    people = await operator.people() if who is None else [await operator.find(who)]
    if len(people) != 1:
        raise Invalid.field("who", "required", "Say whose task it is: --as ada@example.org.")
    if people[0].state != "active":
        raise Forbidden("suspended", f"The account {people[0].email} is suspended.")
    return people[0].id


ADDING: Final[Mapping[str, Command]] = {"add": Command(AddTask, _add)}
