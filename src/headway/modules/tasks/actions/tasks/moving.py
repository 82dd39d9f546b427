"""A task moves to another project, with its subtasks and all that hangs on them; its old key leads to it still."""

from dataclasses import dataclass
from typing import Any

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.hierarchy import descendants
from headway.modules.tasks.actions.tasks.people import check_see_project, together
from headway.modules.tasks.actions.tasks.places import first_of, position_at_end, statuses_of, take_numbers
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.store import scoped
from headway.modules.tasks.store.children import CHILDREN
from headway.modules.tasks.store.former_keys import former_keys
from headway.modules.tasks.store.projects import ProjectRow, StatusRow
from headway.modules.tasks.store.tasks import TASK, Ids, TaskRow
from headway.platform.db.statement import insert_into


@dataclass(frozen=True)
class Move:
    """Tasks on their way into another project."""

    work: Work
    target: ProjectRow
    statuses: list[StatusRow]

    # Any: values of the row's fields.
    async def changes(self, row: TaskRow) -> dict[str, Any]:
        """What changes in a task: a new number, the first status of its category, the end of that column."""
        status = first_of(self.statuses, row.status_category, "todo", "backlog")
        return {
            "project_id": self.target.id,
            "number": await take_numbers(self.work, self.target),
            "status": status.key,
            "status_category": status.category,
            "position": await position_at_end(self.work, self.target, status),
            **({} if status.category == row.status_category else {"completed_at": None}),
        }

    async def follow(self, before: TaskRow, after: TaskRow) -> None:
        """Once a task has moved: keep its old key, and take along its subtasks and what hangs on it."""
        for subtask in await descendants(self.work, before):
            moved = await self.work.update(TASK, subtask, **await self.changes(subtask))
            await self._take_along(subtask, moved)
        await self._take_along(before, after)

    async def _take_along(self, before: TaskRow, after: TaskRow) -> None:
        await self.work.tx.execute(
            insert_into(former_keys),
            workspace_id=before.workspace_id,
            project_id=before.project_id,
            number=before.number,
            task_id=before.id,
        )
        of_task = {"workspace_id": before.workspace_id, "task_id": before.id}
        for child in CHILDREN:
            for row in await self.work.tx.rows(child.of_task, **of_task):
                moved = child.moved(row, after)
                changed = {name for name in row.__struct_fields__ if getattr(row, name) != getattr(moved, name)}
                if changed:
                    await self.work.update(child.kind, row, **{name: getattr(moved, name) for name in changed})


async def begin_move(
    work: Work, member: Member, row: TaskRow, project_id: str, assignee_ids: Ids | None = None
) -> Move:
    """Check a move: the member may edit the target, and all who work on the tasks see it.

    `assignee_ids` are the task's from now on, when they change with the move.
    """
    target = await scoped.project(work.tx, member, project_id, "edit")
    working = row.assignee_ids if assignee_ids is None else assignee_ids
    for subtask in await descendants(work, row):
        working = together(working, subtask.assignee_ids)
    await check_see_project(work, target, working)
    return Move(work, target, await statuses_of(work, target))
