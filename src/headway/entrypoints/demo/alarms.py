"""The mornings of tasks that are still to do: who is told then, and the jobs that see to it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import astuple

from headway.entrypoints.demo.ledger import Encoded, Ids, instant_of, row_encoder
from headway.modules.notifications.actions.alarms import ALARM_JOB, alarms_of, job_key
from headway.modules.notifications.domain.followed import CLOSED, Followed
from headway.modules.notifications.store.alarms import Alarm, alarms
from headway.modules.tasks.store.tasks import TaskRow
from headway.platform.jobs import Nothing
from headway.platform.jobs.queue import waiting_job
from headway.platform.jobs.schema import jobs

_alarm = row_encoder(alarms, Alarm.__struct_fields__)


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
    return [_alarm(astuple(alarm)) for alarm in rings]


def job_rows(moments: Iterable[int], ids: Ids) -> Iterator[Encoded]:
    """A job for each of these moments (microseconds since 1970), at which something rings."""
    for microseconds in sorted(moments):
        moment = instant_of(microseconds)
        row = waiting_job(ids.at(moment), ALARM_JOB, Nothing(), moment, job_key(moment))
        yield row_encoder(jobs, tuple(row))(tuple(row.values()))


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
