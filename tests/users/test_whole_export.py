"""An export of oneself out of the whole product: the own workspace whole, of a team's what is one's own."""

import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from headway.platform.jobs import Worker
from tests.support.product import Person, Product
from tests.tasks.team import make_team

pytestmark = pytest.mark.anyio


async def export_of(product: Product, person: Person) -> zipfile.ZipFile:
    asked = await person.post("/users/me/export")
    monolith = product.monolith
    types = [job for module in monolith.modules for job in module.jobs]
    await Worker(monolith.database, monolith.clock, types).run_due()
    file: httpx.Response = await person.api.get(f"/users/me/exports/{asked['id']}/file")
    assert file.status_code == 200, file.text
    return zipfile.ZipFile(io.BytesIO(file.content))


def lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(name).splitlines()]


async def test_it_holds_the_own_workspace_and_what_one_made_elsewhere(product: Product) -> None:
    team = await make_team(product)
    ada, cleo = team.ada, team.cleo
    mine = await ada.post("/tasks", title="Water the plants", description="the *green* ones")
    project = await team.project()
    hers = await team.task(project)
    his = await team.task(project, by=cleo, title="Cleo's task")
    given = await team.task(project, title="For Cleo", assignee_ids=[cleo.id])
    await cleo.post(f"/tasks/{hers['id']}/comments", body="Cleo was here")

    archive = await export_of(product, cleo)

    own, shared = f"workspaces/{cleo.id}", f"workspaces/{team.id}"
    assert {each["id"] for each in lines(archive, f"{shared}/task.ndjson")} == {his["id"], given["id"]}
    assert [each["body"] for each in lines(archive, f"{shared}/comment.ndjson")] == ["Cleo was here"]
    assert [each["role"] for each in lines(archive, f"{shared}/member.ndjson")] == ["member"]
    assert [each["name"] for each in lines(archive, f"{own}/project.ndjson")] == ["Inbox"]
    assert not any(mine["id"].encode() in archive.read(name) for name in archive.namelist())

    told = lines(await export_of(product, ada), f"workspaces/{ada.id}/task.ndjson")
    assert [(each["title"], each["description"]) for each in told] == [("Water the plants", "the *green* ones")]


async def test_it_holds_the_own_notifications_and_what_one_has_muted(product: Product) -> None:
    team = await make_team(product)
    project = await team.project()
    for number in range(3):
        await team.task(project, title=f"For Cleo {number}", assignee_ids=[team.cleo.id])
    await team.cleo.put(f"/notifications/mutes/projects/{project['id']}")
    await product.settled()

    archive = await export_of(product, team.cleo)

    listed = {each["id"] for each in (await team.cleo.get("/notifications"))["items"]}
    assert listed
    assert {each["id"] for each in lines(archive, "notifications/notification.ndjson")} >= listed
    assert len(lines(archive, "notifications/mute.ndjson")) == 1
    other = await export_of(product, team.dan)
    assert not any(id_.encode() in other.read("notifications/notification.ndjson") for id_ in listed)
