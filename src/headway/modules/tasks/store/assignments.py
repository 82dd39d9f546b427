"""Open tasks of a person in one workspace: as somebody else there sees them, or all."""

from typing import Final

from sqlalchemy import bindparam, select

from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.defaults import CLOSED
from headway.modules.tasks.store import projects, scoped
from headway.modules.tasks.store.tasks import TaskRow, task_assignees, tasks
from headway.platform.db.port import Reader
from headway.platform.db.statement import Statement, columns_of

_of_person: Final = (
    select(*columns_of(tasks, TaskRow))
    .join(
        task_assignees,
        (task_assignees.c.workspace_id == tasks.c.workspace_id) & (task_assignees.c.task_id == tasks.c.id),
    )
    .where(
        task_assignees.c.workspace_id == bindparam("workspace_id"),
        task_assignees.c.user_id == bindparam("user_id"),
        tasks.c.status_category.not_in(sorted(CLOSED)),
    )
    .order_by(task_assignees.c.task_id)
)
_OPEN_TASKS: Final = Statement(
    _of_person.where(
        task_assignees.c.task_id > bindparam("after"),
        tasks.c.project_id.in_(bindparam("project_ids", expanding=True)),
        tasks.c.trashed_at.is_(None),
    ).limit(bindparam("limit")),
    TaskRow,
)
ALL_OPEN_TASKS: Final = Statement(_of_person, TaskRow)
"""Also in the trash and in projects that hardly anybody sees."""


async def open_tasks_of(
    reader: Reader, viewer: Member, user_id: str, after: str, limit: int
) -> list[tuple[TaskRow, str]]:
    """A person's open tasks with an id above `after` that the viewer sees, each with its project's key."""
    access = await scoped.access(reader, viewer)
    workspace_id = viewer.workspace_id
    rows = await reader.rows(
        _OPEN_TASKS,
        workspace_id=workspace_id,
        user_id=user_id,
        after=after,
        project_ids=list(access.levels),
        limit=limit,
    )
    keys = {project.id: project.key for project in await reader.rows(projects.PROJECTS_OF, workspace_id=workspace_id)}
    return [(row, keys[row.project_id]) for row in rows]
