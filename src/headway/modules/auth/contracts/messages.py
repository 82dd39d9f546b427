"""What auth's routes take and answer."""

from datetime import datetime
from typing import Annotated

import msgspec

from headway.modules.auth.contracts import Language
from headway.platform.ids import ID_PATTERN
from headway.platform.web.decode import line

IdText = Annotated[str, msgspec.Meta(pattern=ID_PATTERN, description="UUID in lower case")]
Email = Annotated[str, line(254)]
PersonName = Annotated[str, line(100)]
Password = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
LinkToken = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A registration. `id` is the person's, made by the client; `invitation` the token of an invitation's link."""

    email: Email
    password: Password
    name: PersonName | None = None
    id: IdText | None = None
    language: Language | None = None
    time_zone: Annotated[str, line(64)] | None = None
    invitation: LinkToken | None = None


class Credentials(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sign-in. With a second factor, one of the codes too."""

    email: Email
    password: Password
    totp_code: Annotated[str, msgspec.Meta(max_length=16)] | None = None
    recovery_code: Annotated[str, msgspec.Meta(max_length=32)] | None = None


class User(msgspec.Struct, frozen=True):
    """The person who has signed in."""

    id: str
    email: str
    name: str
    is_admin: bool
    two_factor: bool
    created_at: datetime


class SignedIn(msgspec.Struct, frozen=True):
    """A new session. Its tokens are in cookies; the access token is good until `access_expires_at`."""

    user: User
    session_id: str
    access_expires_at: datetime
