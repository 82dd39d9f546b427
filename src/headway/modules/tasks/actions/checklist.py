"""A task's checklist."""

from msgspec import UNSET

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.places import check_position
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts.checklist import ChecklistItem, ChecklistItemPatch, NewChecklistItem
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.limits import CHECKLIST_ITEMS_PER_TASK
from headway.modules.tasks.domain.position import between
from headway.modules.tasks.store import checklist, scoped
from headway.modules.tasks.store.checklist import CHECKLIST_ITEM, ChecklistItemRow
from headway.modules.tasks.views import same
from headway.platform.ids import new_id
from headway.platform.problems import Conflict
from headway.platform.web.patches import given


async def create_item(work: Work, member: Member, body: NewChecklistItem, *, task_id: str) -> ChecklistItem:
    """Add a step to a task; without a position at the end."""
    task, _ = await live_task(work, member, task_id)
    await work.lock()
    there = await work.tx.rows(checklist.ITEMS_OF, workspace_id=task.workspace_id, task_id=task_id)
    if len(there) >= CHECKLIST_ITEMS_PER_TASK:
        raise Conflict("too_many_items", f"A checklist has at most {CHECKLIST_ITEMS_PER_TASK} items.")
    last = there[-1].position if there else None
    position = between(last, None) if body.position is None else check_position(body.position)
    row = ChecklistItemRow(
        task.workspace_id, body.id or new_id(), task_id, task.project_id, body.text, body.is_done, position, 1
    )
    return same(await work.insert(CHECKLIST_ITEM, row), ChecklistItem)


async def change_item(work: Work, member: Member, body: ChecklistItemPatch, *, checklist_item_id: str) -> ChecklistItem:
    """Change a step, tick it off, or give it another place."""
    row = await _item(work, member, checklist_item_id)
    if body.position is not UNSET:
        check_position(body.position)
    changes = given(body)
    return same(await work.update(CHECKLIST_ITEM, row, **changes), ChecklistItem)


async def delete_item(work: Work, member: Member, _body: None, *, checklist_item_id: str) -> None:
    """Remove a step."""
    await work.delete(CHECKLIST_ITEM, await _item(work, member, checklist_item_id))


async def _item(work: Work, member: Member, item_id: str) -> ChecklistItemRow:
    row = await scoped.within(work.tx, member, checklist.ITEM_BY_ID, item_id, "edit", "checklist item")
    work.check_version(row)
    return row
