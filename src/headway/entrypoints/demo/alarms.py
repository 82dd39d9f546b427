"""The mornings of tasks that are still to do: who is told then, and the jobs that see to it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import astuple

from headway.entrypoints.demo.ledger import Encoded, Ids, encode_rows, instant_of
from headway.modules.notifications.actions.alarms import ALARM_JOB, alarms_of, job_key
from headway.modules.notifications.domain.followed import CLOSED, Followed
from headway.modules.notifications.store.alarms import Alarm, alarms
from headway.modules.tasks.store.tasks import TaskRow
from headway.platform.jobs import Nothing
from headway.platform.jobs.queue import waiting_job
from headway.platform.jobs.schema import jobs


def alarms_after(tasks: Iterable[TaskRow], zones: Mapping[str, str], now: datetime) -> list[Alarm]:
    """What is going to ring because of these tasks. `zones` are those of the people of their workspace."""
    today = now.date()
    # The day before is still to come where it is behind that of UTC; all others are told by now, or never.
    still_due = (
        row for row in tasks if row.due_date and row.status_category not in CLOSED and (today - row.due_date).days <= 1
    )
    return [alarm for row in still_due for alarm in alarms_of(followed_of(row), zones, now)]


def alarm_rows(rings: Iterable[Alarm]) -> list[Encoded]:
    """The rows of alarms."""
    return encode_rows(alarms, Alarm.__struct_fields__, map(astuple, rings))


def job_rows(moments: Iterable[int], ids: Ids) -> list[Encoded]:
    """A job for each of these moments (microseconds since 1970), at which something rings."""
    rows = [_job(instant_of(microseconds), ids) for microseconds in sorted(moments)]
    return encode_rows(jobs, rows[0], [tuple(row.values()) for row in rows]) if rows else []


def _job(moment: datetime, ids: Ids) -> dict[str, Any]:  # Any: values of columns
    return waiting_job(ids.at(moment), ALARM_JOB, Nothing(), moment, job_key(moment))


def followed_of(row: TaskRow) -> Followed:
    """A task as the notifications know it."""
    return Followed(
        workspace_id=row.workspace_id,
        task_id=row.id,
        title=row.title,
        status_category=row.status_category,
        assignee_ids=row.assignee_ids,
        watcher_ids=row.watcher_ids,
        due_date=row.due_date,
        due_at=row.due_at,
        trashed_at=row.trashed_at,
    )
