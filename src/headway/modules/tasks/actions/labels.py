"""Labels of a workspace: a name is given once, however it is written."""

from typing import Final

from msgspec import UNSET

from headway.changes.work import Work
from headway.modules.tasks.contracts.labels import Label, LabelDeletion, LabelPatch, NewLabel
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import labels
from headway.modules.tasks.store.labels import LABEL, LabelRow
from headway.modules.tasks.store.tasks import TASK
from headway.modules.tasks.views import same
from headway.platform.ids import new_id
from headway.platform.problems import Conflict, Invalid, NotFound
from headway.platform.web.patches import given

AT_MOST: Final = 500


async def create_label(work: Work, member: Member, body: NewLabel) -> Label:
    """Make a label. Guests may not."""
    member.require_role("member")
    await check_free_name(work, body.name, None)
    row = LabelRow(work.stream.owner, body.id or new_id(), body.name, body.color, member.user_id, work.now, work.now, 1)
    return same(await work.insert(LABEL, row), Label)


async def change_label(work: Work, member: Member, body: LabelPatch, *, label_id: str) -> Label:
    """Change a label's name or colour."""
    row = await _label(work, member, label_id)
    if body.name is not UNSET:
        await check_free_name(work, body.name, label_id)
    changes = given(body)
    return same(await work.update(LABEL, row, **changes), Label)


async def delete_label(work: Work, member: Member, body: LabelDeletion, *, label_id: str) -> None:
    """Remove a label, from all tasks too; the label `move_to` takes its place there."""
    row = await _label(work, member, label_id)
    heir = await _heir(work, body, label_id)
    for task in await work.tx.rows(labels.TASKS_WITH, workspace_id=row.workspace_id, label_id=label_id):
        left = tuple(each for each in task.label_ids if each not in {label_id, heir})
        await work.update(TASK, task, label_ids=left if heir is None else (*left, heir))
    await work.delete(LABEL, row)


async def _heir(work: Work, body: LabelDeletion, label_id: str) -> str | None:
    if body.move_to is None:
        return None
    found = await work.tx.row(labels.LABEL_BY_ID, workspace_id=work.stream.owner, id=body.move_to)
    if found is None or found.id == label_id:
        raise Invalid.field("move_to", "unknown_label", "is no other label of this workspace")
    return found.id


async def _label(work: Work, member: Member, label_id: str) -> LabelRow:
    member.require_role("member")
    row = await work.tx.row(labels.LABEL_BY_ID, workspace_id=work.stream.owner, id=label_id)
    if row is None:
        raise NotFound("label")
    work.check_version(row)
    return row


async def take_off_unseen(work: Work, row: LabelRow) -> None:
    """Take a label off the tasks in the trash; Conflict when others have it."""
    having = await work.tx.rows(labels.TASKS_WITH, workspace_id=row.workspace_id, label_id=row.id)
    if any(task.trashed_at is None for task in having):
        raise Conflict("changed_since", "There are tasks with this label by now.")
    for task in having:
        await work.update(TASK, task, label_ids=tuple(each for each in task.label_ids if each != row.id))


async def check_free_name(work: Work, name: str, own_id: str | None) -> None:
    """Conflict when another label of the workspace has that name, or a new one would be too many."""
    await work.lock()
    others = [row for row in await work.tx.rows(labels.LABELS_OF, workspace_id=work.stream.owner) if row.id != own_id]
    if any(row.name.casefold() == name.casefold() for row in others):
        raise Conflict("name_taken", f"There is a label “{name}” already.")
    if own_id is None and len(others) >= AT_MOST:
        raise Conflict("too_many_labels", f"A workspace has at most {AT_MOST} labels.")
