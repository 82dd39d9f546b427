"""Reminders: everybody sets their own, about tasks that they see."""

from dataclasses import dataclass
from datetime import UTC

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts.reminders import NewReminder, Reminder
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.defaults import CLOSED
from headway.modules.tasks.domain.limits import FIRST_YEAR, LAST_YEAR, REMINDERS_PER_TASK
from headway.modules.tasks.domain.reminding import due_moment, fires_at
from headway.modules.tasks.store import reminders, tasks
from headway.modules.tasks.store.reminders import REMINDER, ReminderRow
from headway.modules.tasks.store.tasks import TaskRow
from headway.modules.tasks.views import same
from headway.modules.users.contracts import People
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Invalid, NotFound


@dataclass(frozen=True)
class Reminding:
    """What setting a reminder needs: the person's zone, of users."""

    people: People

    async def create_reminder(self, work: Work, member: Member, body: NewReminder, *, task_id: str) -> Reminder:
        """Have oneself reminded of a task, at a moment or before it is due."""
        task, _ = await live_task(work, member, task_id, "view")
        _check(work, body, task)
        of_person = {"workspace_id": task.workspace_id, "task_id": task_id, "user_id": member.user_id}
        if len(await work.tx.rows(reminders.REMINDERS_OF, **of_person)) >= REMINDERS_PER_TASK:
            raise Conflict("too_many_reminders", f"You have at most {REMINDERS_PER_TASK} reminders of one task.")
        profile = await self.people.profile(work.tx, member.user_id)
        zone = profile.time_zone if profile else "UTC"
        at = body.at.astimezone(UTC) if body.at else None
        row = ReminderRow(
            workspace_id=task.workspace_id,
            id=body.id or new_id(),
            task_id=task_id,
            user_id=member.user_id,
            at=at,
            minutes_before=body.minutes_before,
            zone=zone,
            fires_at=fires_at(at, body.minutes_before, due_moment(task.due_date, task.due_at, zone), work.now),
            created_at=work.now,
            version=1,
        )
        if task.status_category not in CLOSED and row.fires_at is None and task.due_date is not None:
            raise Invalid.field("minutes_before", "past", "the moment has passed")
        return same(await work.insert(REMINDER, row), Reminder)


async def delete_reminder(work: Work, member: Member, _body: None, *, reminder_id: str) -> None:
    """Remove one's own reminder."""
    row = await work.tx.row(reminders.REMINDER_BY_ID, workspace_id=member.workspace_id, id=reminder_id)
    if row is None or row.user_id != member.user_id:
        raise NotFound("reminder")
    work.check_version(row)
    await work.delete(REMINDER, row)


async def follow_task(work: Work, task_id: str) -> None:
    """Let the reminders of a task follow it: none fires for a task that is closed or in the trash."""
    of_task = {"workspace_id": work.stream.owner, "task_id": task_id}
    found = await work.tx.rows(reminders.REMINDERS_ABOUT, **of_task)
    task = await work.tx.row(tasks.TASK_BY_ID, workspace_id=work.stream.owner, id=task_id)
    if task is None:
        return
    over = task.status_category in CLOSED or task.trashed_at is not None
    for row in found:
        due = due_moment(task.due_date, task.due_at, row.zone)
        moment = None if over else fires_at(row.at, row.minutes_before, due, work.now)
        await work.update(REMINDER, row, fires_at=moment)


def _check(work: Work, body: NewReminder, task: TaskRow) -> None:
    if (body.at is None) == (body.minutes_before is None):
        raise Invalid.field("at", "one_of", "either `at` or `minutes_before` says when")
    if body.at is not None and not FIRST_YEAR <= body.at.year <= LAST_YEAR:
        raise Invalid.field("at", "out_of_range", f"must lie between {FIRST_YEAR} and {LAST_YEAR}")
    if body.at is not None and body.at <= work.now:
        raise Invalid.field("at", "past", "the moment has passed")
    if body.minutes_before is not None and task.due_date is None:
        raise Invalid.field("minutes_before", "not_due", "the task has no due date")
