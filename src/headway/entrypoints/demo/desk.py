"""What the first person, whom a newcomer signs in as, has to do: days are counted from the story's last one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from headway.entrypoints.demo.people import Person
from headway.modules.tasks.contracts import Priority
from headway.modules.tasks.store.tasks import TaskRow


@dataclass(frozen=True, slots=True)
class Item:
    """A task that is still open. `due` and `made` are days after and before the last one, `at` is the wall time.

    `says` is what a colleague writes about it; `named` is whether that names the first person.
    """

    title: str
    due: int | None = None
    priority: Priority = "none"
    at: str | None = None
    made: float = 5.0
    is_begun: bool = False
    says: str = ""
    named: bool = False

    def moment_made(self, now: datetime) -> datetime:
        """When somebody made it."""
        return now - timedelta(days=self.made)

    def moment_said(self, now: datetime) -> datetime:
        """When the colleague wrote."""
        return now - timedelta(days=self.made / 3)

    def day_due(self, now: datetime) -> date | None:
        """The day it is due."""
        return None if self.due is None else now.date() + timedelta(days=self.due)

    def due_at(self, now: datetime, zone: str) -> datetime | None:
        """The instant it is due, when it has a time."""
        day = self.day_due(now)
        if day is None or self.at is None:
            return None
        return datetime.combine(day, time.fromisoformat(self.at), ZoneInfo(zone)).astimezone(UTC)


TEAM: Final = (
    Item("Approve the price list for the new customers", -6, "high", made=9, says="Two of them asked again today."),
    Item("Review the release notes", -2, "medium", made=6.2, is_begun=True, says="The second half is new.", named=True),
    Item("Answer the questions from the audit", -1, "urgent", made=4.6, says="They are waiting for number 7."),
    Item("Check the invoice template on phones", 0, "medium", made=3.4),
    Item("Call the agency about the landing page", 0, "high", "14:30", made=2.3),
    Item("Sign the contract for the new office", 0, "urgent", made=1.6, says="It is on your table.", named=True),
    Item("Write down what we learnt from the outage", 0, "low", made=6.7, is_begun=True),
    Item("Interview for customer support", 1, "medium", "10:00", made=5.1, says="I have booked the meeting room."),
    Item("Prepare the numbers for the quarterly report", 2, "high", made=1.2, says="The export is ready.", named=True),
    Item("Plan the onboarding of the two new colleagues", 3, "medium", made=0.9),
    Item("Test sign-in with the new screen reader", 4, made=0.6),
    Item("Translate the help centre with the German team", 6, "low", made=0.4),
    Item("Measure search on slow networks", 9, made=0.35),
    Item("Collect ideas for the next release", None, "low", made=7.3),
)
"""Tasks of the first team that others have given her."""

INBOX: Final = (
    Item("Ask Legal whether we may keep old logs", made=0.4),
    Item("Idea: a weekly mail with what was finished", made=0.8),
    Item("Renew the parking permit", 2, made=1.5),
    Item("Read the article about queues that Mina sent", made=2.5),
    Item("Book the train to Hamburg", 1, "medium", made=3.2),
    Item("Find out why the printer prints twice", made=4.1),
)
"""What she has written down for herself and not put anywhere yet."""

HOME: Final = (
    Item("Pay the electricity bill", -1, "high", made=8),
    Item("Buy a present for Grandma's birthday", 0, "medium", made=6),
    Item("Dentist", 3, at="08:15", made=20),
    Item("Take the bicycle to the workshop", 5, made=3, is_begun=True),
    Item("Compare offers for the kitchen", None, "low", made=12),
)
"""A project of her own, which nobody else sees."""


def laid_on_desk(row: TaskRow, item: Item, person: Person, now: datetime) -> TaskRow:
    """A task as the first person has it; somebody has made it at `row.created_at`."""
    return msgspec.structs.replace(
        row,
        title=item.title,
        description="",
        status="in_progress" if item.is_begun else "todo",
        status_category="in_progress" if item.is_begun else "todo",
        priority=item.priority,
        due_date=item.day_due(now),
        due_time=item.at,
        due_zone=person.zone if item.at is not None else None,
        due_at=item.due_at(now, person.zone),
        assignee_ids=() if row.workspace_id == person.id else (person.id,),
        watcher_ids=tuple(dict.fromkeys((row.created_by, person.id))),
    )
