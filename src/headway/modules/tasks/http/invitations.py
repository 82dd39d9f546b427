"""Routes of invitations."""

from headway.changes.writes import Write
from headway.modules.tasks import service
from headway.modules.tasks.actions.acceptance import Accepting
from headway.modules.tasks.actions.invitations import Inviting, revoke_invitation
from headway.modules.tasks.contracts import Workspace
from headway.modules.tasks.contracts import invitations as contracts
from headway.modules.tasks.queries.invitations import ReadInvitations
from headway.platform.db.port import Reader
from headway.platform.web.routes import Asked, Endpoint, Read, Reply, Route

_INVITATIONS = "/workspaces/{workspace_id}/invitations"
_LINK_CODES = ("invitation_expired", "invitation_revoked", "invitation_used")
_INVITATION = f"{_INVITATIONS}/{{invitation_id}}"


def routes(queries: ReadInvitations, inviting: Inviting, accepting: Accepting, reader: Reader) -> tuple[Route, ...]:
    """The table."""
    return (*_for_those_who_invite(queries, inviting), *_for_the_invited(queries, accepting, reader))


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


def _for_the_invited(queries: ReadInvitations, accepting: Accepting, reader: Reader) -> tuple[Route, ...]:
    """The token is in the body: paths end up in the logs of proxies."""

    async def preview(_asked: Asked, body: contracts.InvitationProof) -> Reply:
        """Read what an invitation's link invites to. Nobody needs to be signed in."""
        return Reply(await queries.preview(reader, body.token))

    return (
        Endpoint(
            method="POST",
            path="/invitations/preview",
            act=preview,
            body=contracts.InvitationProof,
            needs="public",
            tag="invitations",
            answer=contracts.InvitationPreview,
            codes=_LINK_CODES,
        ),
        Write(
            method="POST",
            path="/invitations/acceptance",
            act=accepting.accept,
            body=contracts.InvitationProof,
            locate=service.by_token,
            enter=service.enter_new,
            needs="self",
            tag="invitations",
            answer=Workspace,
            codes=_LINK_CODES,
        ),
    )
