"""Tasks by where they stand in a project, for changes of the project itself."""

from typing import Final

from sqlalchemy import bindparam, select

from headway.modules.tasks.store.tasks import TaskRow, tasks
from headway.platform.db.statement import Statement, rows_of

_IN_PROJECT: Final = (
    tasks.c.workspace_id == bindparam("workspace_id"),
    tasks.c.project_id == bindparam("project_id"),
)
ANY_TASK: Final = Statement(select(tasks.c.id).where(*_IN_PROJECT, tasks.c.trashed_at.is_(None)).limit(1), str)
TASKS_IN_STATUS: Final = rows_of(tasks, TaskRow, *_IN_PROJECT, tasks.c.status == bindparam("status"))
