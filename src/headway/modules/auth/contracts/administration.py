"""What the routes of administrators take and answer."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.auth.contracts import AccountState, RegistrationMode
from headway.modules.auth.contracts.messages import Email
from headway.platform.ids import ID_PATTERN
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText

AuditArea = Literal[
    "account", "password", "address", "second_factor", "token", "link", "administrator", "settings", "invitation"
]
InvitationState = Literal["open", "used", "expired"]
Limit = Annotated[int, msgspec.Meta(ge=1, le=200)]
Cursor = Annotated[str, msgspec.Meta(max_length=200, extra_json_schema={"pattern": ID_PATTERN})]


class InstanceInfo(msgspec.Struct, frozen=True):
    """What anybody may know of this installation. `claimable`: whoever registers first becomes its administrator.

    `max_upload_bytes` is what one attachment may have, `max_avatar_bytes` a person's picture.
    """

    name: str
    registration: RegistrationMode
    claimable: bool
    max_upload_bytes: int
    max_avatar_bytes: int


class InstanceSettings(msgspec.Struct, frozen=True):
    """The installation's settings."""

    name: str
    registration: RegistrationMode
    version: int


class SettingsChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change. A `registration` of null means: as the configuration says."""

    name: Annotated[str, line(100)] | UnsetType = UNSET
    registration: RegistrationMode | UnsetType | None = UNSET


class PeopleQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to list: `q` is part of a name or an address."""

    q: Annotated[str, line(100, 0)] = ""
    state: AccountState | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class ManagedPerson(msgspec.Struct, frozen=True):
    """Somebody with an account, as administrators see them."""

    id: str
    name: str
    email: str
    state: AccountState
    is_admin: bool
    two_factor: bool
    created_at: datetime


class ManagedPeople(msgspec.Struct, frozen=True):
    """A page of people."""

    items: tuple[ManagedPerson, ...]
    next_cursor: str | None


class HandedLink(msgspec.Struct, frozen=True):
    """A link to hand over. It works once, and cannot be shown again."""

    link: str
    expires_at: datetime


class NewInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to invite. With an address, only that one may register by the link, and it is sent there."""

    email: Email | None = None
    id: IdText | None = None


class Invitation(msgspec.Struct, frozen=True):
    """An invitation to register."""

    id: str
    email: str | None
    state: InvitationState
    created_by: str | None
    created_at: datetime
    expires_at: datetime


class MadeInvitation(msgspec.Struct, frozen=True):
    """A new invitation and its link, which cannot be shown again."""

    id: str
    email: str | None
    link: str
    expires_at: datetime


class Invitations(msgspec.Struct, frozen=True):
    """All invitations, the newest first; old ones are swept away before there are so many that they need pages."""

    items: tuple[Invitation, ...]
    next_cursor: str | None = None


class AuditQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of the audit log to list, the newest first: about whom, by whom, about what."""

    subject: IdText | None = None
    actor: IdText | None = None
    area: AuditArea | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class AuditLine(msgspec.Struct, frozen=True):
    """Who did what to whom, and when. `actor` is null for the system."""

    id: str
    at: datetime
    actor: str | None
    action: str
    subject: str | None
    details: dict[str, Any]  # Any: each action has its own


class AuditLog(msgspec.Struct, frozen=True):
    """A page of the audit log."""

    items: tuple[AuditLine, ...]
    next_cursor: str | None
