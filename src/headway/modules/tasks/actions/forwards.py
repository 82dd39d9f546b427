"""What stays behind of subtasks that moved to another workspace with their task: where each has gone."""

from collections.abc import Iterable

from msgspec.structs import replace

from headway.changes.work import Work
from headway.modules.tasks.store import projects
from headway.modules.tasks.store.tasks import TaskRow
from headway.modules.tasks.store.transfers import TRANSFER, TransferRow
from headway.platform.ids import derived_id, new_id


async def forward_subtasks(work: Work, transfer: TransferRow, subtasks: Iterable[TaskRow]) -> None:
    """Leave a forward from the old id and key of each; the task itself has the transfer."""
    for row in subtasks:
        project = await work.tx.row(projects.PROJECT_BY_ID, workspace_id=row.workspace_id, id=row.project_id)
        forward = replace(
            transfer,
            id=new_id(),
            task_id=row.id,
            task_key="" if project is None else f"{project.key}-{row.number}",
            new_task_id=derived_id(transfer.id, row.id),
            state="done",
            version=1,
        )
        await work.insert(TRANSFER, forward)
