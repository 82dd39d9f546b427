"""Routes of invitations."""

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions.acceptance import Accepting
from headway.modules.tasks.actions.invitations import Inviting, revoke_invitation
from headway.modules.tasks.contracts import Workspace
from headway.modules.tasks.contracts import invitations as contracts
from headway.modules.tasks.queries.invitations import ReadInvitations
from headway.platform.web.routes import Read, Route

_INVITATIONS = "/workspaces/{workspace_id}/invitations"
_INVITATION = f"{_INVITATIONS}/{{invitation_id}}"


def routes(queries: ReadInvitations, inviting: Inviting, accepting: Accepting) -> tuple[Route, ...]:
    """The table."""
    return (*_for_those_who_invite(queries, inviting), *_for_the_invited(queries, accepting))


def _for_those_who_invite(queries: ReadInvitations, inviting: Inviting) -> tuple[Route, ...]:
    return (
        Read(
            path=_INVITATIONS,
            act=queries.list_invitations,
            needs="workspace:admin",
            tag="invitations",
            answer=contracts.InvitationList,
        ),
        Write(
            method="POST",
            path=_INVITATIONS,
            body=contracts.NewInvitation,
            act=inviting.invite,
            locate=service.by_workspace,
            enter=service.enter_workspace,
            needs="workspace:admin",
            tag="invitations",
            answer=contracts.InvitationLink,
            status=201,
            secret=True,
            codes=(
                "already_member",
                "already_invited",
                "personal_workspace",
                "too_many_invitations",
                "too_many_links",
                "id_taken",
            ),
        ),
        Write(
            method="POST",
            path=f"{_INVITATION}/renewal",
            act=inviting.renew,
            locate=service.by_workspace,
            enter=service.enter_workspace,
            needs="workspace:admin",
            tag="invitations",
            answer=contracts.InvitationLink,
            secret=True,
            codes=("invitation_used", "too_many_links"),
        ),
        Write(
            method="DELETE",
            path=_INVITATION,
            act=revoke_invitation,
            locate=service.by_workspace,
            enter=service.enter_workspace,
            needs="workspace:admin",
            tag="invitations",
            status=204,
            codes=("invitation_used",),
        ),
    )


def _for_the_invited(queries: ReadInvitations, accepting: Accepting) -> tuple[Route, ...]:
    return (
        Read(
            path="/invitations/{token:str}",
            act=queries.preview,
            needs="public",
            tag="invitations",
            answer=contracts.InvitationPreview,
            codes=("invitation_expired", "invitation_revoked", "invitation_used"),
        ),
        Write(
            method="POST",
            path="/invitations/{token:str}/acceptance",
            act=accepting.accept,
            locate=service.by_token,
            enter=service.enter_new,
            needs="self",
            tag="invitations",
            answer=Workspace,
            codes=("invitation_expired", "invitation_revoked", "invitation_used"),
        ),
    )
