"""Where a task stands among the tasks of its column: those of one project and status, in manual order."""

from typing import Final

from sqlalchemy import bindparam, select

from headway.modules.tasks.store.tasks import TaskRow, tasks
from headway.platform.db.statement import Statement, columns_of

_IN_PROJECT: Final = (
    tasks.c.workspace_id == bindparam("workspace_id"),
    tasks.c.project_id == bindparam("project_id"),
    tasks.c.state == bindparam("state"),
)
_IN_COLUMN: Final = (*_IN_PROJECT, tasks.c.status == bindparam("status"))
_FORWARD: Final = (tasks.c.position, tasks.c.id)
_BACKWARD: Final = (tasks.c.position.desc(), tasks.c.id.desc())

LAST_POSITION: Final = Statement(select(tasks.c.position).where(*_IN_PROJECT).order_by(*_BACKWARD).limit(1), str)
"""The highest position of all columns of that state: a position after it is at the end of each of them."""

PREVIOUS: Final = Statement(
    select(tasks.c.position)
    .where(
        *_IN_COLUMN, tasks.c.position <= bindparam("position"), tasks.c.id.not_in(bindparam("not_ids", expanding=True))
    )
    .order_by(*_BACKWARD)
    .limit(1),
    str,
)
NEXT: Final = Statement(
    select(tasks.c.position)
    .where(
        *_IN_COLUMN, tasks.c.position >= bindparam("position"), tasks.c.id.not_in(bindparam("not_ids", expanding=True))
    )
    .order_by(*_FORWARD)
    .limit(1),
    str,
)
COLUMN: Final = Statement(select(*columns_of(tasks, TaskRow)).where(*_IN_COLUMN).order_by(*_FORWARD), TaskRow)
