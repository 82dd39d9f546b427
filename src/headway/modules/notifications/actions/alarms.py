"""Alarms follow the tasks and reminders of the log, and ring when it is time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import msgspec

from headway.changes.contracts import Recorded, person_scope
from headway.modules.notifications.domain.alarms import due_morning, occurrence_of, people_of
from headway.modules.notifications.domain.followed import Followed
from headway.modules.notifications.domain.news import News
from headway.modules.notifications.store import alarms, followed
from headway.modules.notifications.store.alarms import Alarm
from headway.modules.users.contracts import People
from headway.platform.db.port import Transaction
from headway.platform.db.statement import insert_into
from headway.platform.ids import derived_id
from headway.platform.jobs import Nothing, enqueue

ALARM_JOB: Final = "notifications.alarms"
AT_ONCE: Final = 200
"""Alarms that ring in one transaction."""


@dataclass
class Alarms:
    """Sets the alarms of one transaction."""

    tx: Transaction
    people: People
    _zones: dict[str, str | None] = field(default_factory=dict)
    _moments: set[datetime] = field(default_factory=set)

    async def follow_task(self, before: Followed | None, after: Followed | None, now: datetime) -> None:
        """Keep the alarms of a due task in step with when it is due, and whom that concerns."""
        if before is not None and after is not None and _due_for(before) == _due_for(after):
            return
        task = after or before
        if task is None or (before is None and occurrence_of(task) is None):
            return
        wanted = [] if after is None else await self._wanted(after, now)
        await self._replace(task.workspace_id, task.task_id, wanted)

    async def follow_reminder(self, workspace_id: str, recorded: Recorded) -> None:
        """Keep a reminder's alarm in step with when it fires."""
        entry = recorded.entry
        if entry.op == "update" and "fires_at" not in entry.fields:
            return
        told = entry.fields.get("fires_at")
        fires_at = None if told is None else msgspec.convert(told, datetime)
        wanted = []
        if fires_at is not None and fires_at > entry.at:
            user_id = entry.scope.removeprefix(person_scope(""))
            occurrence = fires_at.isoformat()
            wanted = [Alarm(user_id, recorded.subject, entry.id, occurrence, workspace_id, fires_at, rang=False)]
        await self._replace(workspace_id, entry.id, wanted)

    async def move(self, user_id: str, now: datetime) -> None:
        """Set somebody's alarms anew who lives in another time zone now."""
        for alarm in await self.tx.rows(alarms.WAITING_OF_PERSON, user_id=user_id, rang=False):
            if alarm.source != alarm.task_id:
                continue
            where = {"workspace_id": alarm.workspace_id, "task_id": alarm.task_id}
            task = await self.tx.row(followed.TASK, **where)
            if task is not None:
                await self._replace(alarm.workspace_id, alarm.task_id, await self._wanted(task, now))

    async def _wanted(self, task: Followed, now: datetime) -> list[Alarm]:
        if occurrence_of(task) is None:
            return []
        zones = {user_id: await self._zone(user_id) for user_id in people_of(task)}
        return alarms_of(task, zones, now)

    async def _replace(self, workspace_id: str, source: str, wanted: Iterable[Alarm]) -> None:
        """Let exactly these of a source ring, but for those that rang."""
        held = {
            alarm.key: alarm for alarm in await self.tx.rows(alarms.OF_SOURCE, workspace_id=workspace_id, source=source)
        }
        missing = {alarm.key: alarm for alarm in wanted}
        for key, alarm in held.items():
            if alarm.rang or missing.get(key) == alarm:
                missing.pop(key, None)
            else:
                await self.tx.execute(alarms.DROP, **alarms.named(alarm))
        for alarm in missing.values():
            await self.tx.execute(insert_into(alarms.alarms), **msgspec.structs.asdict(alarm))
            if alarm.fires_at not in self._moments:
                self._moments.add(alarm.fires_at)
                await enqueue(self.tx, ALARM_JOB, Nothing(), alarm.fires_at, key=job_key(alarm.fires_at))

    async def _zone(self, user_id: str) -> str | None:
        """Where somebody is; None for nobody."""
        if user_id not in self._zones:
            profile = await self.people.profile(self.tx, user_id)
            self._zones[user_id] = profile.time_zone if profile else None
        return self._zones[user_id]


def alarms_of(task: Followed, zones: Mapping[str, str | None], now: datetime) -> list[Alarm]:
    """What rings after `now` because the task is due; `zones` are those of whom it may concern, None for nobody."""
    occurrence = occurrence_of(task)
    if occurrence is None:
        return []
    found = []
    for user_id in people_of(task):
        zone = zones.get(user_id)
        fires_at = None if zone is None else due_morning(task.due_date, task.due_at, zone)
        if fires_at is not None and fires_at > now:
            key = (user_id, task.task_id, task.task_id, occurrence)
            found.append(Alarm(*key, task.workspace_id, fires_at, rang=False))
    return found


async def ring(tx: Transaction, now: datetime) -> tuple[list[News], bool]:
    """What the clock has to tell now, each once; and whether that is all."""
    due = await tx.rows(alarms.RINGING, rang=False, now=now, limit=AT_ONCE)
    news = []
    for alarm in due:
        await tx.execute(alarms.SET_RANG, **alarms.named(alarm), to=True)
        task = await tx.row(followed.TASK, workspace_id=alarm.workspace_id, task_id=alarm.task_id)
        if task is not None and task.is_open:
            news.append(_news(alarm, task, now))
    return news, len(due) < AT_ONCE


def job_key(moment: datetime) -> str:
    """One job rings whatever rings at that moment."""
    return moment.isoformat()


def _news(alarm: Alarm, task: Followed, now: datetime) -> News:
    return News(
        user_id=alarm.user_id,
        kind="due" if alarm.source == alarm.task_id else "reminder",
        actor_id=None,
        action_id=derived_id("alarm", *alarm.key),
        workspace_id=alarm.workspace_id,
        task_id=alarm.task_id,
        title=task.title,
        at=now,
    )


def _due_for(task: Followed) -> tuple[str | None, tuple[str, ...]]:
    return occurrence_of(task), people_of(task)
