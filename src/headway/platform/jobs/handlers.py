"""What a job type says about itself, and what a running job may do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from headway.platform.db.port import Transaction
from headway.platform.jobs.queue import NORMAL

P = TypeVar("P", bound=msgspec.Struct)


class Nothing(msgspec.Struct, frozen=True):
    """The payload of a job that needs none, such as one that the clock queues."""


class GiveUp(Exception):
    """Raised by a job that no further attempt can help; it goes to the failed ones at once."""


class LeaseLost(Exception):
    """Another worker has the job by now; what this one wrote in the same transaction is undone."""


class Running(Protocol):
    """A job's view of its own run."""

    @property
    def id(self) -> str:
        """The job's id: the same in every attempt."""
        ...

    @property
    def attempt(self) -> int:
        """1 for the first."""
        ...

    def report(self, done: int, total: int) -> None:
        """How far the job is; saved with the next renewal of the lease."""
        ...

    async def finish(self, tx: Transaction) -> None:
        """Finish the job in the transaction that holds its effect, so that the effect happens exactly once.

        LeaseLost when another worker has the job.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class JobType(Generic[P]):
    """How jobs of one name run: `run(payload, running)`. It may run more than once, so it must bear a repeat.

    After `attempts` failures, or when it raises GiveUp, the job is put aside; in the same transaction
    `gave_up(payload, tx)` tells whoever waits for it. `timeout` in seconds.
    """

    name: str
    payload: type[P]
    run: Callable[[P, Running], Awaitable[None]]
    attempts: int = 10
    timeout: float = 600.0
    priority: int = NORMAL
    gave_up: Callable[[P, Transaction], Awaitable[None]] | None = None


AnyJobType = JobType[Any]  # Any: a worker holds job types of every payload
