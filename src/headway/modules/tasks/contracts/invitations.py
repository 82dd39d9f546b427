"""Shapes of invitations."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from headway.modules.tasks.domain.access import Level, Role
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText

InvitationState = Literal["open", "expired", "accepted", "revoked"]


class NewInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to invite. `project_ids` are shared with whoever accepts, with `level`: guests see no others."""

    email: Annotated[str, line(254)]
    role: Role = "member"
    project_ids: Annotated[tuple[IdText, ...], msgspec.Meta(max_length=50)] = ()
    level: Level = "edit"
    id: IdText | None = None


class Invitation(msgspec.Struct, frozen=True):
    """An invitation as administrators of the workspace see it. `expires_at` ends the link."""

    id: str
    workspace_id: str
    email: str
    role: Role
    project_ids: tuple[str, ...]
    level: Level
    state: InvitationState
    invited_by: str
    created_at: datetime
    expires_at: datetime
    version: int


class InvitationLink(Invitation, frozen=True):
    """An invitation with its link, which is answered once and kept nowhere."""

    url: str
    token: str


class InvitationList(msgspec.Struct, frozen=True):
    """Invitations that nobody has accepted yet, the oldest first."""

    items: list[Invitation]
    next_cursor: str | None = None


class InvitationProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The token of an invitation's link."""

    token: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class InvitationPreview(msgspec.Struct, frozen=True):
    """What the holder of a link is told before signing in."""

    workspace_name: str
    inviter_name: str
    email: str
    role: Role
    expires_at: datetime
