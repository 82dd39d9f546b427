"""A team workspace with one person of each role, and a stranger."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.product import Person, Product


@dataclass
class Team:
    """Ada owns the workspace; Ben is an admin, Cleo a member, Dan a guest who sees nothing yet; Eve is elsewhere."""

    product: Product
    id: str
    ada: Person
    ben: Person
    cleo: Person
    dan: Person
    eve: Person

    async def project(self, by: Person | None = None, **fields: Any) -> Any:  # Any: the JSON answer
        """A project of the workspace, made by its owner unless somebody else is named."""
        values = {"workspace_id": self.id, "key": "OPS", "name": "Operations", **fields}
        return await (by or self.ada).post("/projects", **values)

    async def task(self, project: Any, by: Person | None = None, **fields: Any) -> Any:  # Any: the JSON answer
        """A task in that project."""
        return await (by or self.ada).post("/tasks", project_id=project["id"], **{"title": "Fix the roof", **fields})


async def make_team(product: Product) -> Team:
    """Register everybody and let them join."""
    ada, ben, cleo, dan, eve = [await product.person(name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve")]
    workspace = await ada.post("/workspaces", name="Roofers")
    team = Team(product, workspace["id"], ada, ben, cleo, dan, eve)
    for person, role in ((ben, "admin"), (cleo, "member"), (dan, "guest")):
        await join(team, person, role)
    return team


async def come_back(product: Product, team: Team) -> Team:
    """The same team on a copy of its data, everybody still signed in."""
    people = [await _still_signed_in(product, each) for each in (team.ada, team.ben, team.cleo, team.dan, team.eve)]
    return Team(product, team.id, *people)


async def _still_signed_in(product: Product, person: Person) -> Person:
    client = product.client()
    client.cookies = person.api.cookies
    assert (await client.post("/auth/refresh")).is_success
    return Person(person.id, person.name, person.email, client)


async def join(team: Team, person: Person, role: str, **more: Any) -> Any:  # Any: the JSON answer
    """Invite somebody, and accept."""
    path = f"/workspaces/{team.id}/invitations"
    invitation = await team.ada.post(path, email=person.email, role=role, **more)
    return await person.post("/invitations/acceptance", token=invitation["token"])


async def delete(person: Person, path: str, **body: Any) -> httpx.Response:  # Any: fields of the body
    """A DELETE with a body."""
    return await person.api.request("DELETE", path, json=body)


async def do(person: Person, method: str, path: str, **body: Any) -> tuple[Any, str]:  # Any: JSON
    """Send a write that must succeed; its answer, and the name of the action for undo."""
    answer = await person.api.request(method, path, json=body or None)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None, answer.headers["headway-action"]


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem."""
    return answer.status_code, answer.json()["code"]
