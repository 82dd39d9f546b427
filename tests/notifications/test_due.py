"""Reminders, and mornings on which something is due: each once, at the receiver's own time."""

from datetime import UTC, datetime, timedelta

import pytest

from headway.modules.notifications.actions.alarms import ALARM_JOB
from headway.platform.db.port import Transaction
from headway.platform.jobs import Nothing, enqueue
from tests.notifications.office import Office
from tests.support.clock import NOON

pytestmark = pytest.mark.anyio

TUESDAY = "2026-11-24"


async def until(office: Office, day: int, hour: int, minute: int = 0) -> None:
    """Let time pass until that time in November 2026 (UTC)."""
    left = datetime(2026, 11, day, hour, minute, tzinfo=UTC) - office.clock.at
    await office.pass_time(seconds=left.total_seconds())


async def test_what_is_due_is_told_in_the_morning_where_the_receiver_is(office: Office) -> None:
    await office.ben.patch("/users/me", time_zone="America/New_York")
    await office.settled()
    task = await office.task(assignee_ids=[office.ada.id, office.ben.id], due_date=TUESDAY)
    await until(office, 24, 8, 59)
    assert "due" not in await office.kinds(office.ada)
    await until(office, 24, 9)
    due, *_ = await office.told(office.ada)
    assert (due["kind"], due["task_id"], due["actor_id"]) == ("due", task["id"], None)

    await until(office, 24, 13, 59)
    assert "due" not in await office.kinds(office.ben)
    await until(office, 24, 14)
    assert (await office.kinds(office.ben))[0] == "due"


async def test_who_moves_to_another_zone_is_told_at_the_morning_there(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id], due_date=TUESDAY)
    await office.settled()
    await office.ben.patch("/users/me", time_zone="Asia/Tokyo")
    await until(office, 24, 0)
    assert (await office.kinds(office.ben))[0] == "due"
    await until(office, 24, 9)
    assert (await office.kinds(office.ben)).count("due") == 1


async def test_what_is_due_earlier_than_nine_is_told_when_it_is_due(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id], due_date=TUESDAY, due_time="06:30", due_zone="UTC")
    await until(office, 24, 6, 29)
    assert "due" not in await office.kinds(office.ben)
    await until(office, 24, 6, 30)
    assert (await office.kinds(office.ben))[0] == "due"


async def test_one_is_told_of_what_is_due_in_ones_own_workspace(office: Office) -> None:
    await office.ben.post("/tasks", title="Buy milk", due_date=TUESDAY)
    await until(office, 24, 9)
    due, *_ = await office.told(office.ben)
    assert (due["kind"], due["title"], due["workspace_id"]) == ("due", "Buy milk", office.ben.id)


async def test_what_nobody_is_assigned_to_is_due_for_nobody_in_a_team(office: Office) -> None:
    await office.task(due_date=TUESDAY)
    await until(office, 24, 9)
    assert await office.told(office.ada) == []


async def test_what_is_done_or_moved_away_is_not_due(office: Office) -> None:
    ben = [office.ben.id]
    done = await office.task(title="Done", assignee_ids=ben, due_date=TUESDAY)
    later = await office.task(title="Later", assignee_ids=ben, due_date=TUESDAY)
    other = await office.task(title="Other", assignee_ids=ben, due_date=TUESDAY)
    trashed = await office.task(title="Trashed", assignee_ids=ben, due_date=TUESDAY)
    await office.settled()
    await office.ben.put(f"/tasks/{done['id']}/closure")
    await office.ben.patch(f"/tasks/{later['id']}", due_date="2026-11-25")
    await office.ben.patch(f"/tasks/{other['id']}", assignee_ids=[office.ada.id])
    await office.ben.delete(f"/tasks/{trashed['id']}")
    await until(office, 24, 9)
    assert "due" not in await office.kinds(office.ben)
    assert (await office.kinds(office.ada))[0] == "due"
    await until(office, 25, 9)
    due, *_ = await office.told(office.ben)
    assert (due["kind"], due["title"]) == ("due", "Later")


async def test_a_due_date_that_is_set_back_to_a_day_that_was_told_is_not_told_again(office: Office) -> None:
    task = await office.task(assignee_ids=[office.ben.id], due_date=TUESDAY)
    await until(office, 24, 9)
    await office.ben.patch(f"/tasks/{task['id']}", due_date="2026-11-30")
    await office.settled()
    office.clock.at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    await office.ben.patch(f"/tasks/{task['id']}", due_date=TUESDAY)
    await until(office, 24, 10)
    assert [each["count"] for each in await office.told(office.ben) if each["kind"] == "due"] == [1]


async def test_what_is_due_today_already_is_told_by_nobody_but_who_assigns_it(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id], due_date=NOON.date().isoformat())
    await until(office, 24, 9)
    assert await office.kinds(office.ben) == ["assigned", "invited"]


async def test_who_does_not_see_the_task_any_more_is_not_told_that_it_is_due(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id], due_date=TUESDAY)
    await office.settled()
    await office.ada.patch(f"/projects/{office.project}", access="private")
    await until(office, 24, 9)
    assert "due" not in await office.kinds(office.ben)


async def test_a_reminder_fires_at_its_moment_once(office: Office) -> None:
    task = await office.task(by=office.ben)
    at = office.clock.at + timedelta(minutes=90)
    await office.ben.post(f"/tasks/{task['id']}/reminders", at=at.isoformat())
    await office.pass_time(minutes=89)
    assert "reminder" not in await office.kinds(office.ben)
    await office.pass_time(minutes=1)
    reminder, *_ = await office.told(office.ben)
    assert (reminder["kind"], reminder["task_id"], reminder["actor_id"]) == ("reminder", task["id"], None)
    await office.pass_time(minutes=60)
    assert (await office.kinds(office.ben)).count("reminder") == 1


async def test_an_alarm_that_is_looked_at_twice_rings_once(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id], due_date=TUESDAY)
    await until(office, 24, 9)

    async def act(tx: Transaction) -> None:
        await enqueue(tx, ALARM_JOB, Nothing(), office.clock.now())

    await office.product.monolith.database.write(act)
    assert (await office.kinds(office.ben)).count("due") == 1


async def test_a_reminder_follows_the_due_time_and_fires_for_each(office: Office) -> None:
    task = await office.task(by=office.ben, due_date=TUESDAY, due_time="18:00", due_zone="UTC")
    await office.ben.post(f"/tasks/{task['id']}/reminders", minutes_before=60)
    await office.settled()
    await office.ada.patch(f"/tasks/{task['id']}", due_time="20:00")
    await until(office, 24, 17)
    assert "reminder" not in await office.kinds(office.ben)
    await until(office, 24, 19)
    assert (await office.kinds(office.ben)).count("reminder") == 1
    await office.ada.patch(f"/tasks/{task['id']}", due_date="2026-11-25")
    await until(office, 25, 19)
    assert (await office.kinds(office.ben)).count("reminder") == 2


async def test_a_reminder_that_is_deleted_does_not_fire(office: Office) -> None:
    task = await office.task(by=office.ben)
    at = office.clock.at + timedelta(minutes=90)
    reminder = await office.ben.post(f"/tasks/{task['id']}/reminders", at=at.isoformat())
    await office.settled()
    await office.ben.delete(f"/reminders/{reminder['id']}")
    await office.pass_time(minutes=90)
    assert await office.kinds(office.ben) == ["invited"]


async def test_a_reminder_of_a_completed_task_does_not_fire(office: Office) -> None:
    task = await office.task(by=office.ben)
    await office.ben.post(f"/tasks/{task['id']}/reminders", at=(office.clock.at + timedelta(hours=1)).isoformat())
    await office.ben.put(f"/tasks/{task['id']}/closure")
    await office.pass_time(minutes=60)
    assert "reminder" not in await office.kinds(office.ben)


async def test_a_muted_task_still_reminds_who_asked_for_it(office: Office) -> None:
    task = await office.task(by=office.ben, assignee_ids=[office.ben.id], due_date=TUESDAY)
    await office.ben.post(f"/tasks/{task['id']}/reminders", minutes_before=60)
    await office.ben.put(f"/notifications/mutes/tasks/{task['id']}")
    await until(office, 24, 9)
    assert await office.kinds(office.ben) == ["reminder", "invited"]
