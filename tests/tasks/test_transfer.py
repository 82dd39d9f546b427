"""A task moves to another workspace: all that is its own goes along, and only one of it is ever seen."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.fold import assert_log_tells_rows
from tests.support.product import Person, Product, running_product

pytestmark = pytest.mark.anyio


class Places:
    """Two workspaces of Ada's, each with a project."""

    def __init__(self, product: Product, ada: Person, there: Any, projects: tuple[Any, Any]) -> None:
        self.product = product
        self.ada = ada
        self.there = there
        self.from_project, self.to_project = projects

    async def move(self, task: Any) -> Any:
        """Ask for the move and wait until it has come to an end."""
        target = {"workspace_id": self.there["id"], "project_id": self.to_project["id"]}
        asked = await self.ada.post(f"/tasks/{task['id']}/transfer", **target)
        assert asked["state"] == "under_way"

        async def ended() -> bool:
            return bool((await self.ada.get(f"/tasks/{task['id']}/transfer"))["state"] != "under_way")

        await self.product.until(ended)
        return await self.ada.get(f"/tasks/{task['id']}/transfer")


async def _places(product: Product) -> Places:
    ada = await product.person("Ada")
    here = await ada.post("/workspaces", name="Here")
    there = await ada.post("/workspaces", name="There")
    projects = [
        await ada.post("/projects", workspace_id=each["id"], key="OPS", name="Operations") for each in (here, there)
    ]
    return Places(product, ada, there, (projects[0], projects[1]))


async def test_everything_that_is_its_own_goes_along(product: Product) -> None:
    places = await _places(product)
    ada = places.ada
    label = await ada.post("/labels", workspace_id=places.from_project["workspace_id"], name="urgent", color="red")
    task = await ada.post(
        "/tasks", project_id=places.from_project["id"], title="Roof", description="It leaks", label_ids=[label["id"]]
    )
    sub = await ada.post("/tasks", project_id=places.from_project["id"], title="Ladder", parent_id=task["id"])
    await ada.post(f"/tasks/{task['id']}/comments", body="Bring nails")
    await ada.post(f"/tasks/{task['id']}/checklist", text="Nails")
    uploaded = await ada.api.post(f"/tasks/{task['id']}/attachments", params={"name": "plan.txt"}, content=b"a plan")
    assert uploaded.is_success, uploaded.text

    moved = await places.move(task)

    assert moved["state"] == "done"
    new = await ada.get(f"/tasks/{moved['new_task_id']}")
    assert (new["title"], new["description"], new["workspace_id"]) == ("Roof", "It leaks", places.there["id"])
    labels = (await ada.get("/labels", workspace_id=places.there["id"]))["items"]
    assert [each["name"] for each in labels if each["id"] in new["label_ids"]] == ["urgent"]
    subtasks = (await ada.get("/tasks", workspace_id=places.there["id"], parent_id=new["id"]))["items"]
    assert [each["title"] for each in subtasks] == [sub["title"]]
    comments = (await ada.get(f"/tasks/{new['id']}/comments"))["items"]
    assert [each["body"] for each in comments] == ["Bring nails"]
    assert [each["text"] for each in (await ada.get(f"/tasks/{new['id']}/checklist"))["items"]] == ["Nails"]
    attachments = (await ada.get(f"/tasks/{new['id']}/attachments"))["items"]
    content = await ada.api.get(f"/attachments/{attachments[0]['id']}/content")
    assert content.content == b"a plan"
    history = (await ada.get(f"/tasks/{new['id']}/activity"))["items"]
    assert any(each["op"] == "create" and each["fields"].get("title") == "Roof" for each in history)


async def test_the_old_one_is_gone_and_says_where_it_went(product: Product) -> None:
    places = await _places(product)
    task = await places.ada.post("/tasks", project_id=places.from_project["id"], title="Roof")

    moved = await places.move(task)

    new = await places.ada.get(f"/tasks/{moved['new_task_id']}")
    for old in (f"/tasks/{task['id']}", f"/tasks/by-key/{task['key'].lower()}?workspace_id={task['workspace_id']}"):
        told = await places.ada.api.get(old)
        assert (told.status_code, told.json()["code"]) == (308, "moved")
        assert (told.json()["task_id"], told.json()["workspace_id"]) == (new["id"], places.there["id"])
        assert (await places.ada.api.get(old, follow_redirects=True)).json() == new
    assert (await places.ada.get("/tasks", project_id=places.from_project["id"]))["items"] == []
    assert (await places.ada.get("/tasks", project_id=places.from_project["id"], trashed="true"))["items"] == []
    here = (await places.ada.get("/tasks", project_id=places.to_project["id"]))["items"]
    assert [each["id"] for each in here] == [moved["new_task_id"]]


async def test_subtasks_are_found_by_their_old_ids_and_keys_as_well(product: Product) -> None:
    places = await _places(product)
    ada, zoe, project_id = places.ada, await product.person("Zoe"), places.from_project["id"]
    task = await ada.post("/tasks", project_id=project_id, title="Roof")
    ladder = await ada.post("/tasks", project_id=project_id, title="Ladder", parent_id=task["id"])
    rung = await ada.post("/tasks", project_id=project_id, title="Rung", parent_id=ladder["id"])

    await places.move(task)

    for old in (ladder, rung):
        for address in (f"/tasks/{old['id']}", f"/tasks/by-key/{old['key']}?workspace_id={old['workspace_id']}"):
            found = (await ada.api.get(address, follow_redirects=True)).json()
            assert (found["title"], found["workspace_id"]) == (old["title"], places.there["id"])
            assert (await zoe.api.get(address)).status_code == 404
        assert (await ada.get(f"/tasks/{old['id']}/transfer"))["state"] == "done"


async def test_only_who_sees_the_new_place_is_told_of_it(product: Product) -> None:
    places = await _places(product)
    ben = await product.person("Ben")
    await _join(places.ada, ben, places.from_project["workspace_id"])
    task = await places.ada.post("/tasks", project_id=places.from_project["id"], title="Roof")
    await places.move(task)

    assert (await ben.api.get(f"/tasks/{task['id']}")).status_code == 404
    assert (await ben.api.get(f"/tasks/by-key/{task['key']}")).status_code == 404
    await _join(places.ada, ben, places.there["id"])
    assert (await ben.api.get(f"/tasks/{task['id']}")).status_code == 308


async def test_who_sees_where_a_task_arrived_but_not_where_it_is_now_is_told_nothing(product: Product) -> None:
    places = await _places(product)
    ada, ben, there = places.ada, await product.person("Ben"), places.there["id"]
    await _join(ada, ben, places.from_project["workspace_id"])
    await _join(ada, ben, there)
    private = await ada.post("/projects", workspace_id=there, key="HR", name="Staff", access="private")
    task = await ada.post("/tasks", project_id=places.from_project["id"], title="Roof")
    moved = await places.move(task)
    addresses = (f"/tasks/{task['id']}", f"/tasks/by-key/{task['key']}", f"/tasks/{task['id']}/transfer")
    assert (await ben.api.get(addresses[0])).status_code == 308

    await ada.patch(f"/tasks/{moved['new_task_id']}", project_id=private["id"])

    for address in addresses:
        assert (await ben.api.get(address)).status_code == 404
    assert (await ada.api.get(addresses[0])).status_code == 308


async def _join(host: Person, guest: Person, workspace_id: str) -> None:
    invitation = await host.post(f"/workspaces/{workspace_id}/invitations", email=guest.email)
    await guest.post("/invitations/acceptance", token=invitation["token"])


async def test_both_logs_tell_their_rows(product: Product) -> None:
    places = await _places(product)
    task = await places.ada.post("/tasks", project_id=places.from_project["id"], title="Roof")
    await places.ada.post(f"/tasks/{task['id']}/comments", body="Bring nails")

    await places.move(task)

    await assert_log_tells_rows(product, places.there["id"])
    await assert_log_tells_rows(product, places.from_project["workspace_id"])


async def test_nobody_moves_a_task_where_they_may_not_edit(tmp_path: Path) -> None:
    async with running_product(tmp_path) as product:
        places = await _places(product)
        ben = await product.person("Ben")
        task = await ben.post("/tasks", title="Ben's own")

        target = {"workspace_id": places.there["id"], "project_id": places.to_project["id"]}
        answer = await ben.api.post(f"/tasks/{task['id']}/transfer", json=target)

        assert answer.status_code == 404
        assert (await ben.get(f"/tasks/{task['id']}"))["trashed_at"] is None


async def test_history_that_the_mover_may_not_see_stays_behind(product: Product) -> None:
    places = await _places(product)
    ada, ben = places.ada, await product.person("Ben")
    here = places.from_project["workspace_id"]
    invitation = await ada.post(f"/workspaces/{here}/invitations", email=ben.email, role="member")
    await ben.post("/invitations/acceptance", token=invitation["token"])
    private = await ada.post("/projects", workspace_id=here, key="HR", name="Staff", access="private")
    task = await ada.post("/tasks", project_id=private["id"], title="Dismiss somebody")
    await ada.patch(f"/tasks/{task['id']}", title="Order chairs")
    await ada.patch(f"/tasks/{task['id']}", project_id=places.from_project["id"])
    await ada.patch(f"/tasks/{task['id']}", priority="high")
    home = (await ben.get("/projects", workspace_id=ben.id))["items"][0]

    target = {"workspace_id": ben.id, "project_id": home["id"]}
    asked = await ben.post(f"/tasks/{task['id']}/transfer", **target)

    async def ended() -> bool:
        return bool((await ben.get(f"/tasks/{task['id']}/transfer"))["state"] == "done")

    await product.until(ended)
    history = (await ben.get(f"/tasks/{asked['new_task_id']}/activity"))["items"]
    assert any(each["fields"].get("priority") == "high" for each in history), "what Ben could see went along"
    assert "Dismiss somebody" not in str(history)
