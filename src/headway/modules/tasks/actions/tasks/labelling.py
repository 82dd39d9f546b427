"""Labels on tasks."""

from collections.abc import Iterable

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts import Task
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.limits import LABELS_PER_TASK
from headway.modules.tasks.store import labels
from headway.modules.tasks.store.tasks import TASK
from headway.modules.tasks.views import task_view
from headway.platform.problems import Invalid, NotFound


async def add_label(work: Work, member: Member, _body: None, *, task_id: str, label_id: str) -> Task:
    """Put a label on a task."""
    row, project = await live_task(work, member, task_id)
    if label_id not in row.label_ids:
        if len(row.label_ids) == LABELS_PER_TASK:
            raise Invalid.field("label_id", "too_many", f"A task has at most {LABELS_PER_TASK} labels.")
        if await _unknown(work, [label_id]):
            raise NotFound("label")
        row = await work.update(TASK, row, label_ids=(*row.label_ids, label_id))
    return task_view(row, project.key)


async def remove_label(work: Work, member: Member, _body: None, *, task_id: str, label_id: str) -> Task:
    """Take a label off a task."""
    row, project = await live_task(work, member, task_id)
    left = tuple(each for each in row.label_ids if each != label_id)
    return task_view(await work.update(TASK, row, label_ids=left), project.key)


async def check_labels(work: Work, label_ids: Iterable[str]) -> None:
    """Invalid unless each is a label of the workspace."""
    unknown = await _unknown(work, label_ids)
    if unknown:
        raise Invalid.field("label_ids", "unknown_label", f"there is no label {unknown[0]} in this workspace")


async def _unknown(work: Work, label_ids: Iterable[str]) -> list[str]:
    return [
        label_id
        for label_id in label_ids
        if await work.tx.row(labels.LABEL_BY_ID, workspace_id=work.stream.owner, id=label_id) is None
    ]
