"""What somebody is told of, kind by kind."""

import pytest

from tests.notifications.office import Office
from tests.support.product import Person

pytestmark = pytest.mark.anyio


def mention(person: Person) -> str:
    """Somebody's name in Markdown."""
    return f"[@{person.name}](headway:user/{person.id})"


async def test_who_is_assigned_to_a_new_task_is_told(office: Office) -> None:
    task = await office.task(assignee_ids=[office.ben.id])
    news, *_ = await office.told(office.ben)
    assert (news["kind"], news["task_id"], news["actor_id"]) == ("assigned", task["id"], office.ada.id)
    assert (news["title"], news["count"], news["read_at"]) == ("Fix the roof", 1, None)
    assert news["workspace_id"] == office.workspace


async def test_who_is_assigned_later_is_told(office: Office) -> None:
    task = await office.task()
    await office.ada.put(f"/tasks/{task['id']}/assignees/{office.ben.id}")
    assert (await office.kinds(office.ben))[0] == "assigned"


async def test_who_stays_assigned_is_not_told_again(office: Office) -> None:
    task = await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=10)
    await office.ada.patch(f"/tasks/{task['id']}", assignee_ids=[office.ben.id, office.ada.id], title="Fix it")
    assert [each["kind"] for each in await office.told(office.ben)] == ["assigned", "invited"]


async def test_who_is_mentioned_in_a_comment_is_told(office: Office) -> None:
    task = await office.task()
    comment = await office.ada.post(f"/tasks/{task['id']}/comments", body=f"Can {mention(office.ben)} do it?")
    news, *_ = await office.told(office.ben)
    assert (news["kind"], news["task_id"], news["comment_id"]) == ("mentioned", task["id"], comment["id"])


async def test_who_is_mentioned_by_an_edit_of_a_comment_is_told_once(office: Office) -> None:
    task = await office.task()
    comment = await office.ada.post(f"/tasks/{task['id']}/comments", body="Who does it?")
    await office.ada.patch(f"/comments/{comment['id']}", body=f"{mention(office.ben)} does it")
    await office.pass_time(minutes=10)
    await office.ada.patch(f"/comments/{comment['id']}", body=f"{mention(office.ben)} does it tomorrow")
    assert await office.kinds(office.ben) == ["mentioned", "invited"]


async def test_who_is_mentioned_in_a_description_is_told_once(office: Office) -> None:
    task = await office.task(description=f"Ask {mention(office.ben)}")
    await office.pass_time(minutes=10)
    await office.ada.patch(f"/tasks/{task['id']}", description=f"Ask {mention(office.ben)} on Monday")
    assert await office.kinds(office.ben) == ["mentioned", "invited"]


async def test_a_name_in_code_is_no_mention(office: Office) -> None:
    await office.task(description=f"`{mention(office.ben)}`")
    assert await office.kinds(office.ben) == ["invited"]


async def test_who_watches_a_task_is_told_of_comments(office: Office) -> None:
    task = await office.task(by=office.ben)
    comment = await office.ada.post(f"/tasks/{task['id']}/comments", body="I bought nails.")
    news, *_ = await office.told(office.ben)
    assert (news["kind"], news["comment_id"], news["actor_id"]) == ("commented", comment["id"], office.ada.id)


async def test_who_watches_no_more_is_told_of_no_comments(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ben.delete(f"/tasks/{task['id']}/watchers/{office.ben.id}")
    await office.ada.post(f"/tasks/{task['id']}/comments", body="I bought nails.")
    assert await office.kinds(office.ben) == ["invited"]


async def test_who_watches_a_task_is_told_that_it_is_completed(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ada.put(f"/tasks/{task['id']}/closure")
    assert (await office.kinds(office.ben))[0] == "completed"


async def test_that_a_task_is_canceled_is_no_news(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ada.put(f"/tasks/{task['id']}/closure", status="canceled")
    assert await office.kinds(office.ben) == ["invited"]


async def test_the_next_task_of_a_recurrence_is_no_news(office: Office) -> None:
    people = [office.ada.id, office.ben.id]
    daily = {"rule": "FREQ=DAILY", "zone": "UTC"}
    task = await office.task(assignee_ids=people, due_date="2026-11-30", recurrence=daily)
    await office.pass_time(minutes=10)
    await office.ada.put(f"/tasks/{task['id']}/closure")
    assert await office.kinds(office.ben) == ["completed", "assigned", "invited"]


async def test_who_has_an_account_is_told_of_an_invitation(office: Office) -> None:
    eve = await office.product.person("Eve")
    path = f"/workspaces/{office.workspace}/invitations"
    await office.ada.post(path, email="EVE@example.com", role="guest")
    news, *_ = await office.told(eve)
    assert (news["kind"], news["title"], news["actor_id"]) == ("invited", "Roofers", office.ada.id)
    assert (news["workspace_id"], news["task_id"]) == (office.workspace, None)


async def test_notifications_are_the_receivers_alone(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    news, *_ = await office.told(office.ben)
    assert await office.told(office.ada) == []
    answer = await office.ada.api.patch(f"/notifications/{news['id']}", json={"read": True})
    assert answer.status_code == 404
