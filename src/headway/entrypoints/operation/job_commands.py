"""Commands about jobs, as an operator gives them."""

from collections.abc import Mapping
from typing import Final

import msgspec

from headway.entrypoints.operation.command import Command, Operation
from headway.entrypoints.operation.socket import Nothing
from headway.platform.jobs.admin import HeldJob, failed_jobs, held_jobs, retry_failed
from headway.platform.problems import NotFound

MOST_SHOWN: Final = 1000


class RetryJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The failed job to try again; None for all of them."""

    job_id: str | None


class Retried(msgspec.Struct, frozen=True):
    """How many jobs run again."""

    jobs: int


async def _list(operation: Operation, _nothing: Nothing) -> list[HeldJob]:
    return await held_jobs(operation.monolith.database.reader, MOST_SHOWN)


async def _retry(operation: Operation, asked: RetryJob) -> Retried:
    database = operation.monolith.database
    if asked.job_id is None:
        failed = [job.id for job in await failed_jobs(database.reader, MOST_SHOWN)]
        return Retried(sum([await _retried(operation, job) for job in failed]))
    if not await _retried(operation, asked.job_id):
        raise NotFound("failed job")
    return Retried(1)


async def _retried(operation: Operation, job_id: str) -> bool:
    now = operation.monolith.clock.now()
    return await operation.monolith.database.write(lambda tx: retry_failed(tx, job_id, now))


JOBS: Final[Mapping[str, Command]] = {
    "jobs list": Command(Nothing, _list),
    "jobs retry": Command(RetryJob, _retry),
}
