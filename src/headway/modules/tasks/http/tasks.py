"""Routes of tasks."""

from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import contracts, service
from headway.modules.tasks.actions.tasks.creation import create_task
from headway.modules.tasks.queries import tasks as queries
from headway.platform.web.routes import Read, Route

ROUTES: Final[tuple[Route, ...]] = (
    Write(
        method="POST",
        path="/tasks",
        body=contracts.NewTask,
        act=create_task,
        locate=service.by_home,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="tasks",
        answer=contracts.Task,
        status=201,
        codes=("id_taken",),
    ),
    Read(
        path="/tasks/{task_id}",
        act=queries.get_task,
        needs="project:view",
        tag="tasks",
        answer=contracts.Task,
    ),
)
