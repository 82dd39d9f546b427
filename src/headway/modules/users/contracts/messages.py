"""What the routes of users take and answer."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.auth.contracts import Language
from headway.modules.users.contracts import ExportState, Person, Theme
from headway.modules.users.domain.preferences import BYTES, KEYS, NAME_PATTERN, Preferences
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText, TimeZone

PersonName = Annotated[str, line(100)]
BoundedPreferences = Annotated[
    Preferences,
    msgspec.Meta(
        description=f"Up to {BYTES} bytes as JSON",
        extra_json_schema={"maxProperties": KEYS, "propertyNames": {"pattern": NAME_PATTERN}},
    ),
]
WeekStart = Annotated[int, msgspec.Meta(ge=1, le=7, description="1 is Monday, 7 is Sunday")]


class Me(msgspec.Struct, frozen=True):
    """Oneself."""

    id: str
    email: str
    name: str
    language: Language
    time_zone: str
    week_start: int
    theme: Theme
    preferences: Preferences
    avatar_url: str | None
    is_admin: bool
    two_factor: bool
    created_at: datetime
    updated_at: datetime
    version: int


class ProfileChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of oneself. A preference that is null goes away; those not named stay."""

    name: PersonName | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    week_start: WeekStart | UnsetType = UNSET
    theme: Theme | UnsetType = UNSET
    preferences: BoundedPreferences | UnsetType = UNSET


class PeopleQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to look up: up to a hundred ids."""

    ids: Annotated[list[IdText], msgspec.Meta(min_length=1, max_length=100)]


class People(msgspec.Struct, frozen=True):
    """Those of them with whom one shares a workspace."""

    items: tuple[Person, ...]
    next_cursor: str | None = None


class AvatarQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which picture; without `v` the present one."""

    v: IdText | None = None


class Export(msgspec.Struct, frozen=True):
    """An export of oneself; once it is ready, its file is there until `expires_at`. `size` is in bytes."""

    id: str
    state: ExportState
    size: int | None
    created_at: datetime
    expires_at: datetime
    version: int


class Exports(msgspec.Struct, frozen=True):
    """One's exports, the newest first; there are never so many that they need pages."""

    items: tuple[Export, ...]
    next_cursor: str | None = None
