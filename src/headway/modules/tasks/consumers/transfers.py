"""Carries out moves of tasks between workspaces; see actions/transfer.py for the steps."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from headway.changes.work import Work
from headway.modules.tasks.actions import transfer as steps
from headway.modules.tasks.actions.transfer import JOB, TransferJob
from headway.modules.tasks.store import transfers
from headway.modules.tasks.store.attachments import file_key, thumbnail_key
from headway.modules.tasks.store.transfers import TransferRow
from headway.modules.tasks.store.workspaces import stream_of
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.faults import Faults
from headway.platform.jobs import JobType, Running
from headway.platform.objects import ObjectStore
from headway.platform.problems import Problem

T = TypeVar("T")

ROUNDS: Final = 5
"""How often a task that changes meanwhile is copied again before the job is put off."""


class StillChanging(Exception):
    """The task changed during every attempt; the job is tried again later."""


@dataclass(frozen=True)
class Transfers:
    """The job that moves tasks."""

    database: Database
    objects: ObjectStore
    clock: Clock
    faults: Faults

    def job(self) -> JobType[TransferJob]:
        """The job type."""
        return JobType(name=JOB, payload=TransferJob, run=self._run)

    async def _run(self, job: TransferJob, _running: Running) -> None:
        for _ in range(ROUNDS):
            transfer = await self.database.reader.row(
                transfers.TRANSFER_BY_ID, workspace_id=job.workspace_id, id=job.transfer_id
            )
            if transfer is None or transfer.state != "under_way":
                return
            try:
                await steps.may_arrive(self.database.reader, transfer)
            except Problem as problem:
                await self._change(transfer, _refusing(transfer, problem.detail))
                return
            await self._copy_files(transfer)
            await self._change(transfer, _arriving(transfer))
            self.faults("saga.move_copied")
            if await self._change(transfer, _departing(transfer)):
                return
        raise StillChanging

    async def _copy_files(self, transfer: TransferRow) -> None:
        for row in await self._change(transfer, lambda work: steps.files_of(work, transfer)):
            for key_of in (file_key, thumbnail_key):
                source = key_of(row.workspace_id, row.file_id)
                target = key_of(transfer.target_workspace_id, row.file_id)
                size = await self.objects.size(source)
                if size is not None and await self.objects.size(target) != size:
                    await self.objects.put(target, self.objects.read(source), size)

    async def _change(self, transfer: TransferRow, step: Callable[[Work], Awaitable[T]]) -> T:
        async def act(tx: Transaction) -> T:
            now = self.clock.now()
            work = Work(tx, stream_of(transfer.workspace_id), transfer.requested_by, now, origin="system")
            result = await step(work)
            await work.finish()
            return result

        return await self.database.write(act)


def _arriving(transfer: TransferRow) -> Callable[[Work], Awaitable[None]]:
    return lambda work: steps.arrive(work, transfer)


def _departing(transfer: TransferRow) -> Callable[[Work], Awaitable[bool]]:
    return lambda work: steps.depart(work, transfer)


def _refusing(transfer: TransferRow, reason: str) -> Callable[[Work], Awaitable[None]]:
    return lambda work: steps.refuse(work, transfer, reason)
