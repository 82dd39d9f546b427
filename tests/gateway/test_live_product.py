"""Live news of the product: another's change arrives, and a stream ends with what it was opened with."""

import asyncio
from dataclasses import dataclass

import pytest

from headway.gateway.app import Gateway
from tests.gateway.listening import PATIENCE, Listener, listening
from tests.support.product import PASSWORD, Person, Product
from tests.tasks.team import Team, make_team


@dataclass
class Running:
    """What `listening` needs of a server."""

    app: Gateway


@pytest.fixture
async def team(product: Product) -> Team:
    return await make_team(product)


async def token_of(person: Person) -> tuple[str, str]:
    """A new token of a person: its id and itself."""
    made = await person.post("/auth/tokens", name="listener", scopes=["read"], password=PASSWORD)
    return made["id"], made["token"]


async def until_changed(listener: Listener, text: str) -> None:
    """Wait for an event that tells of something."""
    async with asyncio.timeout(PATIENCE):
        while text not in str((await listener.event()).data):
            pass


async def test_a_change_arrives_at_everybody_who_may_see_it(product: Product, team: Team) -> None:
    project = await team.project()
    _, token = await token_of(team.cleo)
    async with listening(Running(product.monolith.app), token) as cleo:
        await cleo.event()
        await team.task(project, title="Mend the gutter")
        await until_changed(cleo, "Mend the gutter")


async def test_whoever_joins_or_is_shared_a_project_is_told_to_sync(product: Product, team: Team) -> None:
    project = await team.project()
    _, token = await token_of(team.dan)
    async with listening(Running(product.monolith.app), token) as dan:
        await dan.event()
        await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="view")
        while (await dan.event()).name != "resync":
            pass
        await team.task(project, title="Mend the gutter")
        await until_changed(dan, "Mend the gutter")


@pytest.mark.parametrize("what", ["token", "suspension"])
async def test_a_stream_ends_with_what_it_was_opened_with(product: Product, team: Team, what: str) -> None:
    id_, token = await token_of(team.cleo)
    async with listening(Running(product.monolith.app), token) as cleo:
        await cleo.event()
        if what == "token":
            await team.cleo.delete(f"/auth/tokens/{id_}")
        else:
            await team.ada.put(f"/admin/people/{team.cleo.id}/suspension")
        await cleo.end()
