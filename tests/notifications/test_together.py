"""Several things that happen at once, or soon after one another, are told as one."""

import pytest

from tests.notifications.office import Office
from tests.notifications.test_news import mention

pytestmark = pytest.mark.anyio


async def test_within_five_minutes_one_task_is_one_notification(office: Office) -> None:
    task = await office.task(by=office.ben)
    for minute in range(3):
        await office.ada.post(f"/tasks/{task['id']}/comments", body=f"Comment {minute}")
        await office.pass_time(minutes=1)
    news, invited = await office.told(office.ben)
    assert (news["kind"], news["count"]) == ("commented", 3)
    assert invited["kind"] == "invited"


async def test_after_five_minutes_it_is_another(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ada.post(f"/tasks/{task['id']}/comments", body="One")
    await office.pass_time(minutes=5)
    await office.ada.post(f"/tasks/{task['id']}/comments", body="Two")
    assert [each["count"] for each in await office.told(office.ben)][:2] == [1, 1]


async def test_what_happens_after_reading_is_told_anew(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ada.post(f"/tasks/{task['id']}/comments", body="One")
    await office.settled()
    await office.ben.put("/notifications/read")
    await office.pass_time(minutes=1)
    await office.ada.post(f"/tasks/{task['id']}/comments", body="Two")
    newest, before, *_ = await office.told(office.ben)
    assert (newest["count"], newest["read_at"], before["count"]) == (1, None, 1)
    assert before["read_at"] is not None


async def test_other_tasks_have_their_own_notifications(office: Office) -> None:
    for title in ("One", "Two"):
        await office.task(title=title, assignee_ids=[office.ben.id])
    assert await office.kinds(office.ben) == ["assigned", "assigned", "invited"]


async def test_the_weightiest_news_speaks_for_the_others(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ada.post(f"/tasks/{task['id']}/comments", body="One")
    called = await office.ada.post(f"/tasks/{task['id']}/comments", body=mention(office.ben))
    await office.ada.put(f"/tasks/{task['id']}/closure")
    news, *_ = await office.told(office.ben)
    assert (news["kind"], news["count"], news["comment_id"]) == ("mentioned", 3, called["id"])


async def test_one_act_that_assigns_and_mentions_is_one_notification(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id], description=mention(office.ben))
    news, *_ = await office.told(office.ben)
    assert (news["kind"], news["count"]) == ("mentioned", 1)


async def test_a_bulk_edit_is_one_notification(office: Office) -> None:
    ids = [(await office.task(title=f"Task {number}"))["id"] for number in range(4)]
    await office.ada.patch("/tasks", ids=ids, patch={"assignee_ids": [office.ben.id]})
    news, invited = await office.told(office.ben)
    assert (news["kind"], news["count"], news["task_id"]) == ("assigned", 4, None)
    assert news["title"] == "Task 0"
    assert invited["kind"] == "invited"


async def test_a_bulk_edit_tells_only_of_tasks_that_are_heard_of(office: Office) -> None:
    ids = [(await office.task(title=f"Task {number}"))["id"] for number in range(3)]
    await office.ben.put(f"/notifications/mutes/tasks/{ids[0]}")
    await office.ada.patch("/tasks", ids=ids, patch={"assignee_ids": [office.ben.id]})
    news, *_ = await office.told(office.ben)
    assert (news["count"], news["title"]) == (2, "Task 1")


async def test_what_was_told_is_not_told_again_when_the_reader_starts_anew(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    told = await office.told(office.ben)
    for _ in range(2):
        await office.settled()
    assert await office.told(office.ben) == told
