"""What auth's routes take and answer."""

from datetime import datetime
from typing import Annotated, Protocol

import msgspec

from headway.modules.auth.contracts import Language
from headway.modules.auth.domain import passwords
from headway.platform.actor import TokenScope
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText, TimeZone

Email = Annotated[str, line(254), msgspec.Meta(extra_json_schema={"format": "email"})]
PersonName = Annotated[str, line(100)]
Password = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
NewSecret = Annotated[
    str,
    msgspec.Meta(
        max_length=1024,
        description="A password: not one character repeated, not among the most common ones, not the address",
        extra_json_schema={"minLength": passwords.MINIMUM, "pattern": r"^(?!([\s\S])\1*$)"},
    ),
]
LinkText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A registration. `id` is the person's, made by the client; `invitation` the token of an invitation's link."""

    email: Email
    password: NewSecret
    name: PersonName | None = None
    id: IdText | None = None
    language: Language | None = None
    time_zone: TimeZone | None = None
    invitation: LinkText | None = None


class Codes(Protocol):
    """What may prove a second factor."""

    @property
    def totp_code(self) -> str | None: ...

    @property
    def recovery_code(self) -> str | None: ...


class Credentials(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sign-in. With a second factor, one of the codes too."""

    email: Email
    password: Password
    totp_code: Code | None = None
    recovery_code: Code | None = None


class User(msgspec.Struct, frozen=True):
    """The person who has signed in."""

    id: str
    email: str
    name: str
    is_admin: bool
    two_factor: bool
    created_at: datetime


class SignedIn(msgspec.Struct, frozen=True):
    """A session. Its tokens are in cookies; the access token is good until `access_expires_at`."""

    user: User
    session_id: str
    access_expires_at: datetime


class Session(msgspec.Struct, frozen=True):
    """A place where one is signed in. `current`: the one that asks."""

    id: str
    address: str
    user_agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    current: bool


class Sessions(msgspec.Struct, frozen=True):
    """All of one's sessions, the last used first; there are never so many that they need pages."""

    items: tuple[Session, ...]
    next_cursor: str | None = None


class PasswordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new password, and as proof the present one and, where there is a second factor, one of the codes."""

    current_password: Password
    new_password: NewSecret
    totp_code: Code | None = None
    recovery_code: Code | None = None

    @property
    def password(self) -> str:
        """The proof, as of other requests."""
        return self.current_password


class ResetRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose password is to be set anew."""

    email: Email


class NewPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The token of the link that was sent, and the password that is to hold from now on."""

    token: LinkText
    password: NewSecret


class LinkProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The token of a link that was sent."""

    token: LinkText


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """That it is still the same person: the password, and one of the codes where there is a second factor."""

    password: Password
    totp_code: Code | None = None
    recovery_code: Code | None = None


class AddressChange(Proof, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The address to change to, with the password and, where there is a second factor, one of the codes."""

    email: Email


class NewToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A token to make. Without `expires_at` it is good until it is revoked."""

    name: PersonName
    scopes: Annotated[list[TokenScope], msgspec.Meta(min_length=1, max_length=3)]
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    id: IdText | None = None


class ProvenToken(NewToken, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A token to make, with the password and, where there is a second factor, one of the codes."""

    password: Password
    totp_code: Code | None = None
    recovery_code: Code | None = None


class Token(msgspec.Struct, frozen=True):
    """A personal API token. `last_used_at` is right to the hour."""

    id: str
    name: str
    scopes: tuple[TokenScope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class Tokens(msgspec.Struct, frozen=True):
    """All of one's tokens, the newest first; there are never so many that they need pages."""

    items: tuple[Token, ...]
    next_cursor: str | None = None


class MadeToken(msgspec.Struct, frozen=True):
    """A new token. A program sends `token` as `Authorization: Bearer <token>`; it cannot be shown again."""

    id: str
    name: str
    scopes: tuple[TokenScope, ...]
    created_at: datetime
    expires_at: datetime | None
    token: str


class SecondFactorState(msgspec.Struct, frozen=True):
    """Whether there is a second factor, and how many recovery codes are left."""

    enabled: bool
    confirmed_at: datetime | None
    recovery_codes_left: int


class SecondFactorSetup(msgspec.Struct, frozen=True):
    """For an authenticator app: the secret in base32, the same as an otpauth URL, and that as a QR code in SVG."""

    secret: str
    otpauth_url: str
    qr_svg: str


class TotpCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code that the app shows."""

    totp_code: Code


class RecoveryCodes(msgspec.Struct, frozen=True):
    """Codes that each stand in for the app once."""

    codes: tuple[str, ...]
