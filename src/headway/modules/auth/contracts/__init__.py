"""What other modules and the gateway may know of auth."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from headway.platform.actor import Actor
from headway.platform.db.port import Reader

AccountState = Literal["active", "suspended", "erased"]
Language = Literal["en", "de"]
RegistrationMode = Literal["open", "invitation", "closed"]


class Authenticator(Protocol):
    """Turns a credential (access cookie or bearer token) into an actor."""

    def remembered(self, credential: str) -> Actor | None:
        """From memory, in well under a microsecond; checks expiry and revocation. None: ask `authenticate`."""
        ...

    async def authenticate(self, credential: str) -> Actor | None:
        """Verify and remember; None when it is not (or no longer) valid."""
        ...

    async def confirm(self, actor: Actor) -> bool:
        """Whether the session or token that an actor came with still stands: for connections that stay open."""
        ...


class Account(msgspec.Struct, frozen=True):
    """A person's account as others may know it. `name`, `language` and `time_zone` follow the profile."""

    id: str
    email: str
    is_admin: bool
    state: AccountState
    created_at: datetime
    name: str
    language: Language
    time_zone: str
    two_factor: bool = False


class Accounts(Protocol):
    """Looks accounts up."""

    async def by_id(self, reader: Reader, user_id: str) -> Account | None:
        """The account of that id."""
        ...

    async def by_ids(self, reader: Reader, user_ids: Sequence[str]) -> dict[str, Account]:
        """The accounts of those ids that exist, by id."""
        ...

    async def by_email(self, reader: Reader, email: str) -> Account | None:
        """The active account with that address, however it is written."""
        ...


class Mailer(Protocol):
    """Writes mail in words; the module that keeps the mail implements it."""

    async def send(self, to: str, kind: str, language: str, values: Mapping[str, str]) -> None:
        """Send the mail of that kind to an address, in that language (`en`, `de`).

        Kinds of auth: `password_reset` and `confirm_address` (values `link`, `name`, `hours`), `address_changed` and
        `password_changed` (`name`, and `email` for the new address), `invitation` (`link`, `from_name`, `days`). Values
        are plain text and may hold secrets.
        """
        ...


class Admission(Protocol):
    """Lets somebody register by an invitation that another module keeps."""

    async def admits(self, reader: Reader, token: str, email: str) -> bool:
        """Whether the token belongs to an invitation that is open to that address."""
        ...


class AccountRecords(Protocol):
    """What auth keeps of a person, for the person's own export."""

    async def of_person(self, reader: Reader, user_id: str) -> dict[str, Any]:  # Any: to be written as JSON
        """The account with its sessions, tokens and lines of the audit log; never a secret."""
        ...
