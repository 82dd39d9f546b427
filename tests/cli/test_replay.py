"""`headway doctor --deep` replays the log over the rows."""

import pytest
from sqlalchemy import text

from headway.entrypoints.operation.replay import replay
from headway.platform.db.statement import command
from tests.support.product import Product
from tests.tasks.team import Team, make_team

pytestmark = pytest.mark.anyio


async def disagreements(product: Product) -> list[str]:
    modules = product.monolith.modules
    return await product.monolith.database.read_slowly(lambda reader: replay(reader, modules, lambda *_: None))


@pytest.fixture
async def team(product: Product) -> Team:
    team = await make_team(product)
    project = await team.project()
    kept = await team.task(project)
    gone = await team.task(project, title="Buy tiles")
    await team.ben.post(f"/tasks/{kept['id']}/comments", body="On my way")
    await team.ada.patch(f"/tasks/{kept['id']}", title="Fix the roof at once")
    await team.ada.delete(f"/tasks/{gone['id']}")
    await product.settled()
    return team


async def test_rows_and_log_agree_after_ordinary_work(product: Product, team: Team) -> None:
    assert await disagreements(product) == []


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE tasks SET title = 'Burn the roof' WHERE title LIKE 'Fix%'", "has another title than the log tells"),
        ("UPDATE tasks SET version = version + 1 WHERE title LIKE 'Fix%'", "in the log at"),
        ("DELETE FROM comments", "is in the log, but no row"),
        ("DELETE FROM changes WHERE kind = 'comment'", "is a row that the log never told"),
    ],
)
async def test_a_row_that_was_changed_behind_the_logs_back_is_found(
    product: Product, team: Team, damage: str, sentence: str
) -> None:
    await product.monolith.database.write(lambda tx: tx.execute(command(text(damage))))
    found = await disagreements(product)
    assert len(found) == 1
    assert sentence in found[0]
    assert f"workspace:{team.id}" in found[0]
