"""The product on MariaDB: the way of a task from its creation to a mention, a search, an undo and the statistics."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support import mariadb
from tests.support.fold import assert_log_tells_rows
from tests.support.product import Product, running_product
from tests.tasks.team import Team, make_team

pytestmark = pytest.mark.anyio


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    async with running_product(tmp_path / "data", database_url=mariadb.database_of(tmp_path)) as running:
        yield running


@pytest.fixture
async def team(product: Product) -> AsyncIterator[Team]:
    team = await make_team(product)
    yield team
    await assert_log_tells_rows(product, team.id)


async def test_a_task_is_made_changed_found_told_of_and_counted(team: Team) -> None:
    project = await team.project()
    task = await team.task(project, description=f"Ask [@Cleo](headway:user/{team.cleo.id}) for the *ladder*")
    await team.ada.patch(f"/tasks/{task['id']}", assignee_ids=[team.ben.id], priority="high")
    await team.ben.put(f"/tasks/{task['id']}/closure")
    await team.product.settled()

    assert [each["id"] for each in (await team.ada.get("/tasks", q="ladd roof"))["items"]] == [task["id"]]
    assert (await team.cleo.get("/notifications"))["items"]
    assert (await team.ada.get("/stats", project_id=project["id"]))["completed"] == 1
    assert (await team.ada.get(f"/tasks/{task['id']}"))["status_category"] == "completed"


async def test_a_repeated_request_creates_one_task_and_a_stranger_sees_none(team: Team) -> None:
    project = await team.project()
    answers = [
        await team.ada.api.post(
            "/tasks", json={"project_id": project["id"], "title": "Once"}, headers={"idempotency-key": "one"}
        )
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len((await team.ada.get("/tasks", project_id=project["id"]))["items"]) == 1
    assert (await team.eve.api.get(f"/tasks/{answers[0].json()['id']}")).status_code == 404
