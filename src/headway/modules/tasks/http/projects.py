"""Routes of one project: its settings, the people who see it, its statuses."""

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions import project_settings, sharing, statuses
from headway.modules.tasks.contracts import Project, ProjectList
from headway.modules.tasks.contracts import sharing as contracts
from headway.modules.tasks.contracts import statuses as status_contracts
from headway.modules.tasks.queries import projects as queries
from headway.platform.web.routes import Read, Route

_PROJECT = "/projects/{project_id}"
_PERSON = f"{_PROJECT}/members/{{user_id}}"
_STATUS = f"{_PROJECT}/statuses/{{status_id}}"


def routes(sight: queries.Sight) -> tuple[Route, ...]:
    """The table."""
    return (*_SETTINGS, *_people(sight), *_STATUSES)


_SETTINGS: tuple[Route, ...] = (
    Read(path=_PROJECT, act=queries.get_project, needs="project:view", tag="projects", answer=Project),
    Write(
        method="PATCH",
        path=_PROJECT,
        body=contracts.ProjectPatch,
        act=project_settings.change_project,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="projects",
        answer=contracts.ChangedProject,
        codes=("key_taken", "inbox_stays"),
    ),
    Write(
        method="PUT",
        path=f"{_PROJECT}/position",
        body=contracts.ProjectPosition,
        act=project_settings.place_project,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="projects",
        answer=Project,
    ),
    Write(
        method="PUT",
        path=f"{_PROJECT}/archive",
        act=project_settings.archive_project,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="projects",
        answer=Project,
        codes=("inbox_stays",),
    ),
    Write(
        method="DELETE",
        path=f"{_PROJECT}/archive",
        act=project_settings.unarchive_project,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="projects",
        answer=Project,
    ),
    Write(
        method="DELETE",
        path=_PROJECT,
        body=contracts.ProjectDeletion,
        act=project_settings.delete_project,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="workspace:admin",
        tag="projects",
        status=204,
        codes=("has_tasks", "inbox_stays"),
    ),
    Write(
        method="PUT",
        path=f"{_PROJECT}/restoration",
        act=project_settings.restore_project,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="workspace:admin",
        tag="projects",
        answer=Project,
    ),
    Read(
        path="/workspaces/{workspace_id}/trashed-projects",
        act=queries.list_trashed,
        needs="workspace:admin",
        tag="projects",
        answer=ProjectList,
    ),
)


def _people(sight: queries.Sight) -> tuple[Route, ...]:
    return (
        Read(
            path=f"{_PROJECT}/members",
            act=sight.list_people,
            needs="project:view",
            tag="projects",
            answer=contracts.ProjectPeople,
        ),
        Write(
            method="PUT",
            path=_PERSON,
            body=contracts.Listing,
            act=sharing.share_project,
            locate=service.by_project,
            enter=service.enter_workspace,
            needs="project:edit",
            tag="projects",
            answer=contracts.ProjectMember,
            codes=("last_editor",),
        ),
        Write(
            method="DELETE",
            path=_PERSON,
            act=sharing.unshare_project,
            locate=service.by_project,
            enter=service.enter_workspace,
            needs="project:view",
            tag="projects",
            status=204,
            codes=("last_editor",),
        ),
    )


_STATUSES: tuple[Route, ...] = (
    Read(
        path=f"{_PROJECT}/statuses",
        act=queries.list_statuses,
        needs="project:view",
        tag="statuses",
        answer=status_contracts.StatusList,
    ),
    Write(
        method="POST",
        path=f"{_PROJECT}/statuses",
        body=status_contracts.NewStatus,
        act=statuses.create_status,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="statuses",
        answer=status_contracts.Status,
        status=201,
        codes=("name_taken", "too_many_statuses", "id_taken"),
    ),
    Write(
        method="PATCH",
        path=_STATUS,
        body=status_contracts.StatusPatch,
        act=statuses.change_status,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="statuses",
        answer=status_contracts.Status,
        codes=("name_taken",),
    ),
    Write(
        method="DELETE",
        path=_STATUS,
        body=status_contracts.StatusDeletion,
        act=statuses.delete_status,
        locate=service.by_project,
        enter=service.enter_workspace,
        needs="project:edit",
        tag="statuses",
        status=204,
        codes=("has_tasks", "last_status"),
    ),
)
