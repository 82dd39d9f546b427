"""A task copied with its subtasks and what hangs on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.hierarchy import children
from headway.modules.tasks.actions.tasks.places import take_numbers
from headway.modules.tasks.store.children import CHILDREN, Copying
from headway.modules.tasks.store.projects import ProjectRow, StatusRow
from headway.modules.tasks.store.tasks import TASK, TaskRow


@dataclass(frozen=True)
class Copier:
    """How a tree of tasks is copied: into which status, by whom, and which id the copy of an object gets."""

    work: Work
    project: ProjectRow
    status: StatusRow
    why: Copying
    made_by: str
    id_of: Callable[[str], str]

    # Any: values of the row's fields, here and below.
    async def copy(self, source: TaskRow, **changed: Any) -> TaskRow:
        """Copy a task as an open one. Its subtasks follow, but for those in the trash."""
        now = self.work.now
        fields = {
            "id": self.id_of(source.id),
            "number": await take_numbers(self.work, self.project),
            "status": self.status.key,
            "status_category": self.status.category,
            "completed_at": None,
            "trashed_at": None,
            "created_by": self.made_by,
            "created_at": now,
            "updated_at": now,
            "version": 1,
        }
        row = replace(source, **{**fields, **changed})
        await self.work.insert(TASK, row)
        await self._copy_hanging(source, row)
        for subtask in await children(self.work, source):
            if subtask.trashed_at is None:
                await self.copy(subtask, parent_id=row.id, version=row.version)
        return row

    async def _copy_hanging(self, source: TaskRow, row: TaskRow) -> None:
        of_task = {"workspace_id": source.workspace_id, "task_id": source.id}
        for child in CHILDREN:
            copied = child.copied.get(self.why)
            for hanging in await self.work.tx.rows(child.of_task, **of_task) if copied else ():
                made = copied(hanging, row, self.id_of(hanging.id), self.work.now) if copied else None
                if made is not None:
                    await self.work.insert(child.kind, made)
