"""Jobs as an administrator sees them: how many wait, which failed, and another try."""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import bindparam, func, select, update

from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import Statement, command
from headway.platform.jobs.queue import NEWS
from headway.platform.jobs.schema import jobs


class JobCounts(msgspec.Struct, frozen=True):
    """How many jobs wait (those that run included) and how many were put aside."""

    waiting: int
    failed: int


class FailedJob(msgspec.Struct, frozen=True):
    """A job that was put aside, with its last error."""

    id: str
    name: str
    attempts: int
    error: str
    created_at: datetime


class HeldJob(msgspec.Struct, frozen=True):
    """A job that is there: it waits until `run_at` (or runs until then at most), or was put aside.

    `done` of `total` is what a long one tells of itself; both are 0 for those that tell nothing.
    """

    id: str
    name: str
    state: Literal["waiting", "failed"]
    attempts: int
    run_at: datetime
    done: int
    total: int
    error: str | None
    created_at: datetime


_HELD: Final = Statement(
    select(*(jobs.c[name] for name in HeldJob.__struct_fields__))
    .order_by(jobs.c.state.desc(), jobs.c.run_at, jobs.c.id)
    .limit(bindparam("limit")),
    HeldJob,
)
_COUNTS: Final = command(select(jobs.c.state, func.count()).group_by(jobs.c.state))
_FAILED: Final = Statement(
    select(*(jobs.c[name] for name in FailedJob.__struct_fields__))
    .where(jobs.c.state == "failed")
    .order_by(jobs.c.run_at.desc(), jobs.c.id)
    .limit(bindparam("limit")),
    FailedJob,
)
_REVIVE: Final = command(
    update(jobs)
    .where(jobs.c.id == bindparam("job"), jobs.c.state == "failed")
    .values(state="waiting", attempts=0, run_at=bindparam("at"))
)


async def count_jobs(reader: Reader) -> JobCounts:
    """How many jobs there are."""
    counts: dict[str, int] = dict(await reader.rows(_COUNTS))
    return JobCounts(waiting=counts.get("waiting", 0), failed=counts.get("failed", 0))


async def held_jobs(reader: Reader, limit: int) -> list[HeldJob]:
    """All jobs, those that were put aside first, then by when they are due."""
    return await reader.rows(_HELD, limit=limit)


async def failed_jobs(reader: Reader, limit: int) -> list[FailedJob]:
    """Jobs that were put aside, the latest first."""
    return await reader.rows(_FAILED, limit=limit)


async def retry_failed(tx: Transaction, job_id: str, now: datetime) -> bool:
    """Let a failed job run again with all its attempts; False when there is no failed job of that id."""
    revived = bool(await tx.execute(_REVIVE, job=job_id, at=now))
    if revived:
        tx.announce(NEWS, 0)
    return revived
