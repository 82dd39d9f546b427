"""Routes of a workspace's settings and of the people in it."""

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions import membership, workspace_settings
from headway.modules.tasks.contracts import TaskPage, Workspace
from headway.modules.tasks.contracts import members as contracts
from headway.modules.tasks.queries import people
from headway.platform.web.routes import Read, Route

_MEMBER = "/workspaces/{workspace_id}/members/{user_id}"


def routes(queries: people.Membership) -> tuple[Route, ...]:
    """The table."""
    return (*_of_the_workspace(), *_of_people(queries))


def _of_the_workspace() -> tuple[Route, ...]:
    return (
        Write(
            method="PATCH",
            path="/workspaces/{workspace_id}",
            body=contracts.WorkspacePatch,
            act=workspace_settings.change_workspace,
            locate=service.by_workspace,
            enter=service.enter_workspace,
            needs="workspace:admin",
            tag="workspaces",
            answer=Workspace,
        ),
        Write(
            method="DELETE",
            path="/workspaces/{workspace_id}",
            body=contracts.WorkspaceDeletion,
            act=workspace_settings.delete_workspace,
            locate=service.by_workspace,
            enter=service.enter_workspace,
            needs="workspace:owner",
            tag="workspaces",
            status=204,
            codes=("personal_workspace",),
        ),
    )


def _of_people(queries: people.Membership) -> tuple[Route, ...]:
    return (
        Read(
            path="/workspaces/{workspace_id}/members",
            act=queries.list_members,
            needs="workspace:see",
            tag="members",
            answer=contracts.MemberList,
        ),
        Write(
            method="PATCH",
            path=_MEMBER,
            body=contracts.MemberPatch,
            act=membership.change_role,
            locate=service.by_workspace,
            enter=service.enter_workspace,
            needs="workspace:admin",
            tag="members",
            answer=contracts.Membership,
            codes=("last_owner",),
        ),
        Write(
            method="DELETE",
            path=_MEMBER,
            act=membership.remove_member,
            locate=service.by_workspace,
            enter=service.enter_workspace,
            needs="workspace:see",
            tag="members",
            answer=contracts.Departure,
            codes=("last_owner", "personal_workspace"),
        ),
        Read(
            path=f"{_MEMBER}/tasks",
            query=people.AssignedQuery,
            act=people.list_assigned,
            needs="workspace:see",
            tag="members",
            answer=TaskPage,
        ),
    )
