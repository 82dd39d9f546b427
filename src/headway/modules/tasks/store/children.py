"""What hangs on a task in tables of its own: it moves with the task, goes with it, and is copied with it.

Each kind of it stands in `CHILDREN`: whatever moves, copies or deletes a task reads this list and names no kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, Literal, TypeVar

import msgspec
from msgspec.structs import replace
from sqlalchemy import bindparam

from headway.changes.work import Kind
from headway.modules.tasks.store.attachments import ATTACHMENT, ATTACHMENTS_OF, AttachmentRow
from headway.modules.tasks.store.checklist import CHECKLIST_ITEM, ITEMS_OF, ChecklistItemRow
from headway.modules.tasks.store.comments import COMMENT, CommentRow, comments
from headway.modules.tasks.store.relations import RELATION, RELATIONS_OF, RelationRow
from headway.modules.tasks.store.reminders import REMINDER, REMINDERS_ABOUT, ReminderRow
from headway.modules.tasks.store.tasks import TaskRow
from headway.platform.db.statement import Statement, rows_of

R = TypeVar("R", bound=msgspec.Struct)

Copying = Literal["succession", "duplication"]
"""Why a task is copied: the next one of a recurrence, or because somebody wants another one."""

Copied = Callable[[R, TaskRow, str, datetime], R | None]
"""A row, the task that the copy hangs on, the copy's id and the present time: the copy, or None for none."""


@dataclass(frozen=True)
class Child(Generic[R]):
    """One kind of row. `of_task` takes workspace_id and task_id; `moved` is the row once its task stands elsewhere."""

    kind: Kind[R]
    of_task: Statement[R]
    moved: Callable[[R, TaskRow], R]
    copied: Mapping[Copying, Copied[R]] = field(default_factory=dict)


def _item_of(row: ChecklistItemRow, task: TaskRow, copy_id: str, _now: datetime) -> ChecklistItemRow:
    return replace(row, id=copy_id, task_id=task.id, project_id=task.project_id, is_done=False, version=1)


def _attachment_of(row: AttachmentRow, task: TaskRow, copy_id: str, now: datetime) -> AttachmentRow:
    return replace(row, id=copy_id, task_id=task.id, project_id=task.project_id, created_at=now, version=1)


def _reminder_of(row: ReminderRow, task: TaskRow, copy_id: str, now: datetime) -> ReminderRow | None:
    if row.minutes_before is None:
        return None
    # when it fires follows from the new task's due date, which a reader of the log works out
    return replace(row, id=copy_id, task_id=task.id, fires_at=None, created_at=now, version=1)


def _relation_moved(row: RelationRow, task: TaskRow) -> RelationRow:
    side = "project_id" if row.task_id == task.id else "other_project_id"
    return replace(row, **{side: task.project_id})


def _comment_moved(row: CommentRow, task: TaskRow) -> CommentRow:
    return replace(row, project_id=task.project_id)


def _item_moved(row: ChecklistItemRow, task: TaskRow) -> ChecklistItemRow:
    return replace(row, project_id=task.project_id)


def _attachment_moved(row: AttachmentRow, task: TaskRow) -> AttachmentRow:
    return replace(row, project_id=task.project_id)


def _unmoved(row: ReminderRow, _task: TaskRow) -> ReminderRow:
    return row


_COMMENTS: Final = rows_of(
    comments,
    CommentRow,
    comments.c.workspace_id == bindparam("workspace_id"),
    comments.c.task_id == bindparam("task_id"),
)

# Any: each kind has its own row.
CHILDREN: Final[tuple[Child[Any], ...]] = (
    Child(CHECKLIST_ITEM, ITEMS_OF, _item_moved, {"succession": _item_of, "duplication": _item_of}),
    Child(COMMENT, _COMMENTS, _comment_moved),
    Child(ATTACHMENT, ATTACHMENTS_OF, _attachment_moved, {"duplication": _attachment_of}),
    Child(RELATION, RELATIONS_OF, _relation_moved),
    Child(REMINDER, REMINDERS_ABOUT, _unmoved, {"succession": _reminder_of}),
)
