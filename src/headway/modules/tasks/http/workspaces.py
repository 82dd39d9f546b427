"""Routes of workspaces and projects."""

from typing import Final

from headway.changes.writes import Write
from headway.modules.tasks import contracts, service
from headway.modules.tasks.actions.projects import create_project
from headway.modules.tasks.actions.workspaces import create_workspace
from headway.modules.tasks.contracts.workspaces import WorkspaceUsage
from headway.modules.tasks.queries import workspaces as queries
from headway.platform.web.routes import Read, Route

ROUTES: Final[tuple[Route, ...]] = (
    Read(
        path="/workspaces",
        act=queries.list_workspaces,
        needs="self",
        tag="workspaces",
        answer=contracts.WorkspaceList,
    ),
    Write(
        method="POST",
        path="/workspaces",
        body=contracts.NewWorkspace,
        act=create_workspace,
        locate=service.by_new_workspace,
        founds=True,
        enter=service.enter_new,
        needs="self",
        tag="workspaces",
        answer=contracts.Workspace,
        status=201,
        codes=("id_taken", "too_many_workspaces"),
    ),
    Read(
        path="/workspaces/{workspace_id}",
        act=queries.get_workspace,
        needs="workspace:see",
        tag="workspaces",
        answer=contracts.Workspace,
    ),
    Read(
        path="/workspaces/{workspace_id}/usage",
        act=queries.get_usage,
        needs="workspace:admin",
        tag="workspaces",
        answer=WorkspaceUsage,
    ),
    Read(
        path="/projects",
        query=queries.ProjectQuery,
        act=queries.list_projects,
        needs="self",
        tag="projects",
        answer=contracts.ProjectList,
    ),
    Write(
        method="POST",
        path="/projects",
        body=contracts.NewProject,
        act=create_project,
        locate=service.by_home,
        enter=service.enter_workspace,
        needs="workspace:member",
        tag="projects",
        answer=contracts.Project,
        status=201,
        codes=("key_taken", "id_taken", "too_many_projects"),
    ),
)
