"""Routes of activity."""

from typing import Final

from headway.modules.tasks.contracts.activity import Activity, ActivityPage
from headway.modules.tasks.queries import activity as queries
from headway.platform.web.routes import Read, Route

ROUTES: Final[tuple[Route, ...]] = (
    Read(
        path="/workspaces/{workspace_id}/activity",
        query=queries.ActivityQuery,
        act=queries.of_workspace,
        needs="workspace:see",
        tag="activity",
        answer=ActivityPage,
        slow=True,
    ),
    Read(
        path="/projects/{project_id}/activity",
        query=queries.ActivityQuery,
        act=queries.of_project,
        needs="project:view",
        tag="activity",
        answer=ActivityPage,
        slow=True,
    ),
    Read(
        path="/tasks/{task_id}/activity",
        query=queries.ActivityQuery,
        act=queries.of_task,
        needs="project:view",
        tag="activity",
        answer=ActivityPage,
        slow=True,
    ),
    Read(
        path="/tasks/{task_id}/activity/{version:str}",
        act=queries.one_of_task,
        needs="project:view",
        tag="activity",
        answer=Activity,
    ),
)
