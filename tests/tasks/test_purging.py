"""What was deleted goes for good after 30 days: its rows, its files, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from headway.modules.tasks.actions.purging import purge
from headway.modules.tasks.store.attachments import loose_files
from headway.modules.tasks.store.children import CHILDREN
from headway.modules.tasks.store.kinds import KINDS
from headway.modules.tasks.store.purgeable import OF_PROJECT
from headway.modules.tasks.store.schema import metadata
from headway.modules.tasks.store.tasks import TASK
from headway.platform.db.statement import command
from tests.tasks.team import Team, delete

pytestmark = pytest.mark.anyio


KEPT = timedelta(days=30)


def test_every_kind_that_belongs_to_a_project_goes_with_it() -> None:
    with_tasks = {TASK.name, *(child.kind.name for child in CHILDREN)}
    of_project = {
        name for name, kind in KINDS.items() if "project_id" in kind.row.__struct_fields__ and name not in with_tasks
    }

    assert of_project == {kind.name for kind in OF_PROJECT}


async def _fill(team: Team, project: dict[str, str]) -> dict[str, str]:
    """A task with one of everything on it."""
    label = await team.ada.post("/labels", workspace_id=team.id, name=f"Bug {project['key']}")
    task: dict[str, str] = await team.task(project, assignee_ids=[team.cleo.id], label_ids=[label["id"]])
    below = await team.ada.post("/tasks", title="Below", parent_id=task["id"])
    path = f"/tasks/{task['id']}"
    await team.ada.post(f"{path}/comments", body="Hello")
    await team.ada.post(f"{path}/checklist", text="Step")
    await team.ada.post(f"{path}/relations", kind="blocks", task_id=below["id"])
    await team.ada.post(f"{path}/reminders", at="2199-01-01T00:00:00Z")
    await team.ada.api.post(f"{path}/attachments", params={"name": "a.txt"}, content=b"bytes")
    await team.ada.post("/views", project_id=project["id"], name="Board", shared_with="project")
    await team.ada.patch(f"/projects/{project['id']}", key=f"{project['key']}X")
    return task


async def _rows_left(team: Team) -> dict[str, int]:
    """How many rows of the workspace each table has."""
    reader = team.product.monolith.database.reader
    left = {}
    for table in metadata.sorted_tables:
        owner = table.c.id if table.name == "workspaces" else table.c.get("workspace_id")
        if owner is not None:
            rows = await reader.rows(command(select(owner)))
            left[table.name] = sum(row[0] == team.id for row in rows)
    return {name: count for name, count in left.items() if count}


async def test_a_project_goes_for_good_with_everything_in_it(team: Team) -> None:
    gone, kept = await team.project(), await team.project(key="TWO", name="Two")
    await _fill(team, gone)
    task = await _fill(team, kept)
    await delete(team.ada, f"/projects/{gone['id']}", with_tasks=True)
    database, now = team.product.monolith.database, team.product.monolith.clock.now()

    await purge(database, now + KEPT - timedelta(minutes=1), KEPT)
    assert len((await team.ada.get(f"/workspaces/{team.id}/trashed-projects"))["items"]) == 1
    await purge(database, now + KEPT + timedelta(minutes=1), KEPT)

    left = await _rows_left(team)
    assert (left["projects"], left["tasks"], left["statuses"], left["views"]) == (1, 2, 5, 1)
    assert [left[name] for name in ("comments", "attachments", "relations", "reminders", "checklist_items")] == [1] * 5
    assert (await team.ada.get(f"/tasks/{task['id']}/comments"))["items"][0]["body"] == "Hello"


async def test_a_deleted_workspace_goes_for_good_and_lets_go_of_its_files(team: Team) -> None:
    await _fill(team, await team.project())
    own = await team.ada.post("/tasks", title="Mine")
    await delete(team.ada, f"/workspaces/{team.id}", name="Roofers")
    database, now = team.product.monolith.database, team.product.monolith.clock.now()
    await team.product.settled()
    before = await _rows_left(team)

    await purge(database, now + KEPT - timedelta(minutes=1), KEPT)
    assert await _rows_left(team) == before
    await purge(database, now + KEPT + timedelta(minutes=1), KEPT)
    await team.product.settled()

    assert await _rows_left(team) == {loose_files.name: 1}
    assert (await team.ada.get(f"/tasks/{own['id']}"))["title"] == "Mine"
