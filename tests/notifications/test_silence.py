"""What nobody is told of."""

import pytest

from headway.changes.contracts import Stream
from headway.changes.work import Work
from headway.modules.tasks.store.tasks import TASK, TASK_BY_ID
from headway.platform.db.port import Transaction
from tests.notifications.office import Office, join
from tests.notifications.test_news import mention

pytestmark = pytest.mark.anyio


async def test_nobody_is_told_of_what_they_did_themselves(office: Office) -> None:
    ada = office.ada
    task = await office.task(assignee_ids=[ada.id], description=mention(ada))
    await ada.post(f"/tasks/{task['id']}/comments", body=mention(ada))
    await ada.put(f"/tasks/{task['id']}/closure")
    assert await office.told(ada) == []


async def test_nobody_is_told_of_an_undo(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ben.put(f"/tasks/{task['id']}/closure")
    answer = await office.ada.api.delete(f"/tasks/{task['id']}/closure")
    assert answer.is_success
    action_id = (await office.ada.get(f"/tasks/{task['id']}/activity"))["items"][0]["action_id"]
    await office.settled()
    await office.ada.post("/undo", action_id=action_id)
    assert (await office.ada.get(f"/tasks/{task['id']}"))["status_category"] == "completed"
    assert await office.kinds(office.ben) == ["invited"]


async def test_nobody_is_told_of_an_import(office: Office) -> None:
    task = await office.task()
    await office.settled()

    async def act(tx: Transaction) -> None:
        stream = Stream("workspace", office.workspace)
        work = Work(tx, stream, office.ada.id, office.clock.now(), origin="import")
        row = await tx.row(TASK_BY_ID, workspace_id=office.workspace, id=task["id"])
        assert row is not None
        await work.update(TASK, row, assignee_ids=(office.ben.id,))
        await work.finish()

    await office.product.monolith.database.write(act)
    assert await office.kinds(office.ben) == ["invited"]
    await office.ada.patch(f"/tasks/{task['id']}", title="Fix it")
    await office.ada.put(f"/tasks/{task['id']}/closure")
    assert await office.kinds(office.ben) == ["invited"]


async def test_who_may_not_see_the_task_is_not_told(office: Office) -> None:
    task = await office.task(by=office.ben, assignee_ids=[office.ben.id])
    await office.settled()
    await office.ada.patch(f"/projects/{office.project}", access="private")
    await office.ada.post(f"/tasks/{task['id']}/comments", body=f"Psst {mention(office.ben)}")
    await office.ada.put(f"/tasks/{task['id']}/closure")
    assert await office.kinds(office.ben) == ["invited"]


async def test_who_is_in_the_workspace_no_more_is_not_told(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ada.delete(f"/workspaces/{office.workspace}/members/{office.ben.id}")
    await office.ada.post(f"/tasks/{task['id']}/comments", body="Who does this now?")
    assert await office.kinds(office.ben) == ["invited"]


async def test_a_task_that_moves_to_another_project_is_no_news(office: Office) -> None:
    task = await office.task(by=office.ben, assignee_ids=[office.ben.id], description=mention(office.ben))
    await office.ada.post(f"/tasks/{task['id']}/comments", body=mention(office.ben))
    other = await office.ada.post("/projects", workspace_id=office.workspace, key="NEW", name="New")
    await office.settled()
    await office.ben.put("/notifications/read")
    await office.ada.patch(f"/tasks/{task['id']}", project_id=other["id"])
    await office.settled()
    assert await office.ben.get("/notifications/unread") == {"count": 0}


async def test_a_task_in_the_trash_is_no_news(office: Office) -> None:
    path = f"/tasks/{(await office.task())['id']}"
    assigned = {"key": "assign", "method": "PUT", "path": f"{path}/assignees/{office.ben.id}"}
    trashed = {"key": "trash", "method": "DELETE", "path": path}
    done = await office.ada.post("/batch", operations=[assigned, trashed])
    assert [each["status"] for each in done["results"]] == [200, 204]
    assert await office.kinds(office.ben) == ["invited"]


async def test_who_is_suspended_is_not_told(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ada.put(f"/admin/people/{office.ben.id}/suspension")
    await office.ada.post(f"/tasks/{task['id']}/comments", body="Where is Ben?")
    await office.settled()
    await office.ada.delete(f"/admin/people/{office.ben.id}/suspension")
    await office.ben.sign_in()
    assert await office.kinds(office.ben) == ["invited"]


@pytest.mark.parametrize("what", ["tasks", "projects", "workspaces"])
async def test_what_is_muted_is_no_news_until_it_is_heard_again(office: Office, what: str) -> None:
    task = await office.task(by=office.ben)
    object_id = {"tasks": task["id"], "projects": office.project, "workspaces": office.workspace}[what]
    muted = await office.ben.put(f"/notifications/mutes/{what}/{object_id}")
    assert (muted["object_id"], muted["what"]) == (object_id, what.removesuffix("s"))
    await office.ada.post(f"/tasks/{task['id']}/comments", body=mention(office.ben))
    assert await office.kinds(office.ben) == ["invited"]

    await office.ben.delete(f"/notifications/mutes/{what}/{object_id}")
    assert (await office.ben.get("/notifications/mutes"))["items"] == []
    await office.ada.post(f"/tasks/{task['id']}/comments", body="Hello?")
    assert await office.kinds(office.ben) == ["commented", "invited"]


async def test_muting_twice_is_muting_once(office: Office) -> None:
    first = await office.ben.put(f"/notifications/mutes/projects/{office.project}")
    assert await office.ben.put(f"/notifications/mutes/projects/{office.project}") == first
    assert (await office.ben.get("/notifications/mutes"))["items"] == [first]


async def test_what_somebody_does_not_see_cannot_be_muted(office: Office) -> None:
    eve = await office.product.person("Eve")
    task = await office.task()
    for path in (f"tasks/{task['id']}", f"projects/{office.project}", f"workspaces/{office.workspace}"):
        assert (await eve.api.put(f"/notifications/mutes/{path}")).status_code == 404


async def test_a_kind_that_is_switched_off_is_no_news(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ben.patch("/notifications/preferences", kinds={"commented": {"in_app": False, "mail": False}})
    await office.ada.post(f"/tasks/{task['id']}/comments", body="I bought nails.")
    assert await office.kinds(office.ben) == ["invited"]


async def test_other_watchers_are_told_when_one_of_them_comments(office: Office) -> None:
    cleo = await office.product.person("Cleo")
    await join(office, cleo)
    task = await office.task(by=cleo)
    await office.ada.post(f"/tasks/{task['id']}/comments", body="I bought nails.")
    await office.ben.post(f"/tasks/{task['id']}/comments", body="I have a hammer.")
    assert (await office.kinds(office.ada))[0] == "commented"
    assert await office.kinds(office.ben) == ["invited"]
    assert [each["count"] for each in await office.told(cleo) if each["kind"] == "commented"] == [2]
