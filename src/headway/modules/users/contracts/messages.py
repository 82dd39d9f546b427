"""What the routes of users take and answer."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.auth.contracts import Language
from headway.modules.users.contracts import Theme
from headway.modules.users.domain.preferences import Preferences
from headway.platform.web.decode import line

PersonName = Annotated[str, line(100)]
TimeZone = Annotated[str, line(64)]
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
    preferences: Preferences | UnsetType = UNSET
