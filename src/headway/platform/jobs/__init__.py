"""Background jobs that survive a crash: queued in the caller's transaction, run at least once."""

from headway.platform.jobs.handlers import GiveUp, JobType, Nothing, Running
from headway.platform.jobs.queue import HIGH, LOW, NORMAL, enqueue
from headway.platform.jobs.schedule import Schedule, daily, every
from headway.platform.jobs.schema import metadata
from headway.platform.jobs.worker import Worker

__all__ = [
    "HIGH",
    "LOW",
    "NORMAL",
    "GiveUp",
    "JobType",
    "Nothing",
    "Running",
    "Schedule",
    "Worker",
    "daily",
    "enqueue",
    "every",
    "metadata",
]
