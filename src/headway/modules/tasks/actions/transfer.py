"""Moving a task to another workspace: the intent, what arrives there, and the end here.

There is no transaction over two workspaces. The intent takes the task out of sight and queues a job; the job copies
the task with all that hangs on it into the other workspace under new ids that follow from the old ones; then it
deletes the task here and leaves a forward. Each step may be repeated, so a crash between any two only delays it.
"""

from typing import Any, Final

import msgspec
from msgspec.structs import replace

from headway.changes.contracts import project_scope
from headway.changes.log import NEWEST, about, row_of
from headway.changes.schema import activity
from headway.changes.work import Work
from headway.modules.tasks.actions.forwards import forward_subtasks
from headway.modules.tasks.actions.tasks.hierarchy import descendants
from headway.modules.tasks.actions.tasks.places import first_of, position_at_end, statuses_of, take_numbers
from headway.modules.tasks.actions.tasks.trash import delete_for_good, live_task
from headway.modules.tasks.contracts.transfers import NewTransfer, Transfer
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import labels, projects, scoped, tasks, transfers
from headway.modules.tasks.store.attachments import ATTACHMENT, AttachmentRow
from headway.modules.tasks.store.children import CHILDREN
from headway.modules.tasks.store.labels import LABEL, LabelRow
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.relations import RELATION
from headway.modules.tasks.store.reminders import REMINDER
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.store.transfers import TRANSFER, ArrivalRow, TransferRow
from headway.modules.tasks.store.workspaces import stream_of
from headway.modules.tasks.views import transfer_view
from headway.platform.db.port import Reader
from headway.platform.db.statement import insert_into
from headway.platform.ids import derived_id, new_id
from headway.platform.jobs import HIGH, enqueue
from headway.platform.problems import Conflict

JOB: Final = "transfer_task"
HISTORY_LIMIT: Final = 10_000


class TransferJob(msgspec.Struct, frozen=True):
    """Which transfer to carry out."""

    workspace_id: str
    transfer_id: str


async def begin_transfer(work: Work, member: Member, body: NewTransfer, *, task_id: str) -> Transfer:
    """Move a task with its subtasks to a project of another workspace.

    Comments, files, checklist and history go along; people who do not see the other project are left out.
    """
    row, project = await live_task(work, member, task_id)
    if body.workspace_id == work.stream.owner:
        raise Conflict("same_workspace", "The task is in this workspace already; move it to another project instead.")
    transfer_id = body.id or new_id()
    transfer = await work.insert(
        TRANSFER,
        TransferRow(
            workspace_id=row.workspace_id,
            id=transfer_id,
            task_id=row.id,
            task_key=f"{project.key}-{row.number}",
            target_workspace_id=body.workspace_id,
            target_project_id=body.project_id,
            new_task_id=derived_id(transfer_id, row.id),
            state="under_way",
            reason="",
            requested_by=member.user_id,
            created_at=work.now,
            version=1,
        ),
    )
    for each in [row, *await descendants(work, row)]:
        if each.trashed_at is None:
            await work.update(TASK, each, trashed_at=work.now)
    await enqueue(work.tx, JOB, TransferJob(row.workspace_id, transfer_id), work.now, key=transfer_id, priority=HIGH)
    return transfer_view(transfer)


async def tree_of(work: Work, transfer: TransferRow) -> list[TaskRow]:
    """The tasks that move: the task and the subtasks that went out of sight with it."""
    row = await work.tx.row(tasks.TASK_BY_ID, workspace_id=transfer.workspace_id, id=transfer.task_id)
    if row is None:
        return []
    return [row, *[each for each in await descendants(work, row) if each.trashed_at == row.trashed_at]]


async def files_of(work: Work, transfer: TransferRow) -> list[AttachmentRow]:
    """The attachments whose bytes have to be in the other workspace before the rows are."""
    found: list[AttachmentRow] = []
    for row in await tree_of(work, transfer):
        for child in CHILDREN:
            if child.kind is ATTACHMENT:
                found += await work.tx.rows(child.of_task, workspace_id=row.workspace_id, task_id=row.id)
    return found


async def fingerprint(work: Work, transfer: TransferRow) -> dict[str, int]:
    """The versions of everything that moves, by id: tells whether something changed after it was copied."""
    found: dict[str, int] = {}
    for row in await tree_of(work, transfer):
        found[row.id] = row.version
        for child in CHILDREN:
            for hanging in await work.tx.rows(child.of_task, workspace_id=row.workspace_id, task_id=row.id):
                found[hanging.id] = hanging.version
    return found


async def may_arrive(reader: Reader, transfer: TransferRow) -> None:
    """NotFound or Forbidden unless who asked for it may still put the task there."""
    member = await scoped.member(reader, transfer.requested_by, transfer.target_workspace_id)
    await scoped.project(reader, member, transfer.target_project_id, "edit")


async def arrive(source: Work, transfer: TransferRow) -> None:
    """Copy into the other workspace, unless what is there was copied from the same versions."""
    versions = await fingerprint(source, transfer)
    target = Work(source.tx, stream_of(transfer.target_workspace_id), source.actor, source.now, origin="import")
    where = {"workspace_id": transfer.target_workspace_id, "id": transfer.id}
    arrival = await target.tx.row(transfers.ARRIVAL, **where)
    if arrival is not None and arrival.copied == versions:
        return
    arriving = _Arriving(source, target, transfer)
    if arrival is not None:
        await arriving.forget(arrival)
    await arriving.copy()
    await target.tx.execute(insert_into(transfers.arrivals), **where, task_id=transfer.new_task_id, copied=versions)
    await target.finish()


async def depart(work: Work, transfer: TransferRow) -> bool:
    """Delete the tasks here and leave their forwards; False when something has changed since it was copied."""
    arrival = await work.tx.row(transfers.ARRIVAL, workspace_id=transfer.target_workspace_id, id=transfer.id)
    if arrival is None or arrival.copied != await fingerprint(work, transfer):
        return False
    tree = await tree_of(work, transfer)
    await forward_subtasks(work, transfer, tree[1:])
    if tree:
        await delete_for_good(work, tree[0])
    await work.update(TRANSFER, transfer, state="done")
    return True


async def refuse(work: Work, transfer: TransferRow, reason: str) -> None:
    """Give the move up: the task is where it was."""
    for each in await tree_of(work, transfer):
        await work.update(TASK, each, trashed_at=None)
    await work.update(TRANSFER, transfer, state="refused", reason=reason[:200])


class _Arriving:
    """The copy of one transfer into the target's stream."""

    def __init__(self, source: Work, target: Work, transfer: TransferRow) -> None:
        self._source = source
        self._target = target
        self._transfer = transfer

    async def forget(self, arrival: ArrivalRow) -> None:
        """Delete what an earlier attempt has copied."""
        row = await self._target.tx.row(tasks.TASK_BY_ID, workspace_id=arrival.workspace_id, id=arrival.task_id)
        if row is not None:
            await delete_for_good(self._target, row)
        await self._target.tx.execute(transfers.FORGET_ARRIVAL, workspace=arrival.workspace_id, transfer=arrival.id)

    async def copy(self) -> None:
        """Copy the tasks, what hangs on them, and their history."""
        project = await self._target.tx.row(
            projects.PROJECT_BY_ID,
            workspace_id=self._transfer.target_workspace_id,
            id=self._transfer.target_project_id,
        )
        assert project is not None  # noqa: S101 - `may_arrive` has just found it
        tree = await tree_of(self._source, self._transfer)
        moved = {row.id: await self._copy_task(row, project) for row in tree}
        for row in tree:
            await self._copy_hanging(row, moved)
            await self._copy_history(row, moved[row.id])

    def _id(self, old: str) -> str:
        return derived_id(self._transfer.id, old)

    async def _copy_task(self, row: TaskRow, project: ProjectRow) -> TaskRow:
        status = first_of(await statuses_of(self._target, project), row.status_category, "todo", "backlog")
        is_root = row.id == self._transfer.task_id
        return await self._target.insert(
            TASK,
            replace(
                row,
                workspace_id=project.workspace_id,
                id=self._id(row.id),
                project_id=project.id,
                number=await take_numbers(self._target, project),
                parent_id=None if is_root or row.parent_id is None else self._id(row.parent_id),
                status=status.key,
                status_category=status.category,
                position=await position_at_end(self._target, project, status),
                label_ids=await self._labels(row),
                assignee_ids=await self._who_sees(row.assignee_ids, project),
                watcher_ids=await self._who_sees(row.watcher_ids, project),
                trashed_at=None,
                version=1,
            ),
        )

    async def _copy_hanging(self, row: TaskRow, moved: dict[str, TaskRow]) -> None:
        task = moved[row.id]
        for child in CHILDREN:
            for hanging in await self._source.tx.rows(child.of_task, workspace_id=row.workspace_id, task_id=row.id):
                copied = await self._hanging(child.kind.name, hanging, task, moved)
                if copied is not None:
                    await self._target.insert(child.kind, copied)

    # Any: a row of any kind that hangs on a task.
    async def _hanging(self, kind: str, row: Any, task: TaskRow, moved: dict[str, TaskRow]) -> Any:
        changed: dict[str, Any] = {"workspace_id": task.workspace_id, "id": self._id(row.id), "version": 1}
        if kind == RELATION.name:
            if row.task_id not in moved or row.other_task_id not in moved or self._id(row.task_id) != task.id:
                return None
            other = moved[row.other_task_id]
            changed |= {"other_task_id": other.id, "other_project_id": other.project_id}
        if kind == REMINDER.name:
            if await scoped.find_member(self._target.tx, row.user_id, task.workspace_id) is None:
                return None
        else:
            changed["project_id"] = task.project_id
        return replace(row, **changed, task_id=task.id)

    async def _copy_history(self, row: TaskRow, task: TaskRow) -> None:
        """Of the history, what who moves the task may see: it may have stood where that person sees nothing."""
        scopes = await self._projects_seen(row)
        found = await about(self._source.tx, self._source.stream, row.id, NEWEST, HISTORY_LIMIT)
        told = [recorded for recorded in found if recorded.entry.scope in scopes]
        here = {"subject": task.id, "scope": project_scope(task.project_id)}
        rows = [
            row_of(self._target.stream, recorded)
            | here
            | {"version": -number, "object_id": self._id(recorded.entry.id)}
            for number, recorded in enumerate(told, start=1)
        ]
        await self._target.tx.execute_many(insert_into(activity), rows)

    async def _projects_seen(self, row: TaskRow) -> frozenset[str]:
        member = await scoped.find_member(self._source.tx, self._transfer.requested_by, row.workspace_id)
        levels = {} if member is None else (await scoped.access(self._source.tx, member)).levels
        return frozenset(map(project_scope, {row.project_id, *levels}))

    async def _labels(self, row: TaskRow) -> tuple[str, ...]:
        """The labels of the same names, made where they are missing."""
        there = {
            label.name.casefold(): label.id
            for label in await self._target.tx.rows(labels.LABELS_OF, workspace_id=self._transfer.target_workspace_id)
        }
        found = []
        for label_id in row.label_ids:
            label = await self._source.tx.row(labels.LABEL_BY_ID, workspace_id=row.workspace_id, id=label_id)
            if label is not None:
                found.append(there.get(label.name.casefold()) or await self._make_label(label))
        return tuple(found)

    async def _make_label(self, label: LabelRow) -> str:
        now = self._target.now
        made = replace(
            label,
            workspace_id=self._transfer.target_workspace_id,
            id=self._id(label.id),
            created_at=now,
            updated_at=now,
            version=1,
        )
        return (await self._target.insert(LABEL, made)).id

    async def _who_sees(self, user_ids: tuple[str, ...], project: ProjectRow) -> tuple[str, ...]:
        return tuple([user_id for user_id in user_ids if await scoped.sees(self._target.tx, user_id, project)])
