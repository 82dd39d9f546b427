"""The queue itself: put a job in, take it under a lease, settle it. Every step is one compare-and-set."""

from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import bindparam, delete, select, update

from headway.platform.db.port import DuplicateKey, Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into
from headway.platform.ids import new_id
from headway.platform.jobs.schema import jobs

HIGH: Final = 0
NORMAL: Final = 1
LOW: Final = 2
PRIORITIES: Final = (HIGH, NORMAL, LOW)

NEWS: Final = "jobs"
"""What the database announces when jobs were queued; no stream has this name."""


class Job(msgspec.Struct, frozen=True):
    """A queued job. `fence` is the number of the lease under which it was read."""

    id: str
    name: str
    payload: Any  # Any: each job type decodes its own
    priority: int
    run_at: datetime
    fence: int
    attempts: int


_HELD: Final = (jobs.c.id == bindparam("job"), jobs.c.fence == bindparam("held"), jobs.c.state == "waiting")
_DUE: Final = Statement(
    select(*(jobs.c[name] for name in Job.__struct_fields__))
    .where(jobs.c.state == "waiting", jobs.c.priority == bindparam("of"), jobs.c.run_at <= bindparam("now"))
    .order_by(jobs.c.run_at, jobs.c.id)
    .limit(bindparam("limit")),
    Job,
)
_NEXT: Final = Statement(
    select(jobs.c.run_at)
    .where(jobs.c.state == "waiting", jobs.c.priority == bindparam("of"))
    .order_by(jobs.c.run_at)
    .limit(1),
    lambda run_at: run_at,
)
_ID_BY_KEY: Final = Statement(
    select(jobs.c.id).where(jobs.c.name == bindparam("called"), jobs.c.key == bindparam("by")), str
)
_TAKE: Final = command(
    update(jobs)
    .where(*_HELD, jobs.c.run_at <= bindparam("now"))
    .values(fence=jobs.c.fence + 1, attempts=jobs.c.attempts + 1, run_at=bindparam("until"))
)
_EXTEND: Final = command(
    update(jobs).where(*_HELD).values(run_at=bindparam("until"), done=bindparam("so_far"), total=bindparam("of_all"))
)
_FINISH: Final = command(delete(jobs).where(*_HELD))
_RETRY: Final = command(
    update(jobs).where(*_HELD).values(run_at=bindparam("again_at"), attempts=bindparam("tried"), error=bindparam("why"))
)
_BURY: Final = command(update(jobs).where(*_HELD).values(state="failed", error=bindparam("why")))


async def enqueue(
    tx: Transaction,
    name: str,
    payload: object,
    run_at: datetime,
    *,
    key: str | None = None,
    priority: int = NORMAL,
) -> str:
    """Queue a job in the caller's transaction and return its id; it runs after the commit, not before `run_at`.

    `payload` is what the job type of that name decodes: a Struct or plain JSON values, never a secret. A second job of
    the same name and `key` is not queued while the first is there: its id is returned.
    """
    if key is not None:
        there = await tx.row(_ID_BY_KEY, called=name, by=key)
        if there is not None:
            return there
    job_id = new_id()
    try:
        await tx.execute(insert_into(jobs), **waiting_job(job_id, name, payload, run_at, key or job_id, priority))
    except DuplicateKey:  # queued by another instance between the look and the insert
        there = await tx.row(_ID_BY_KEY, called=name, by=key)
        if there is None:
            raise
        return there
    tx.announce(NEWS, 0)
    return job_id


def waiting_job(
    job_id: str, name: str, payload: object, run_at: datetime, key: str, priority: int = NORMAL
) -> dict[str, Any]:  # Any: values of columns
    """The row of a job that nobody has taken yet."""
    row = {"id": job_id, "name": name, "key": key, "payload": payload, "priority": priority}
    fresh = {"state": "waiting", "fence": 0, "attempts": 0, "done": 0, "total": 0, "error": None}
    return {**row, **fresh, "run_at": run_at, "created_at": run_at}


async def due(reader: Reader, now: datetime, limit: int) -> list[Job]:
    """Jobs that may be taken now: by priority, then the longest waiting first."""
    found: list[Job] = []
    for priority in PRIORITIES:
        if len(found) < limit:
            found += await reader.rows(_DUE, of=priority, now=now, limit=limit - len(found))
    return found


async def next_run(reader: Reader) -> datetime | None:
    """When the next job may be taken; None when none waits."""
    times = [await reader.row(_NEXT, of=priority) for priority in PRIORITIES]
    return min((time for time in times if time is not None), default=None)


async def take(tx: Transaction, job: Job, now: datetime, until: datetime) -> Job | None:
    """Lease a due job; None when somebody else was quicker."""
    if not await tx.execute(_TAKE, job=job.id, held=job.fence, now=now, until=until):
        return None
    return msgspec.structs.replace(job, fence=job.fence + 1, attempts=job.attempts + 1, run_at=until)


async def extend(tx: Transaction, job: Job, until: datetime, done: int, total: int) -> bool:
    """Hold a lease for longer and note the progress; False when it is lost."""
    return bool(await tx.execute(_EXTEND, job=job.id, held=job.fence, until=until, so_far=done, of_all=total))


async def finish(tx: Transaction, job: Job) -> bool:
    """Remove a job that is done; False when the lease is lost."""
    return bool(await tx.execute(_FINISH, job=job.id, held=job.fence))


async def retry(tx: Transaction, job: Job, at: datetime, attempts: int, error: str | None) -> bool:
    """Let a job be taken again later; False when the lease is lost."""
    return bool(await tx.execute(_RETRY, job=job.id, held=job.fence, again_at=at, tried=attempts, why=error))


async def bury(tx: Transaction, job: Job, error: str) -> bool:
    """Put a job aside for an administrator; False when the lease is lost."""
    return bool(await tx.execute(_BURY, job=job.id, held=job.fence, why=error))
