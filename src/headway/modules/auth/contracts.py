"""What other modules and the gateway may know of auth."""

from datetime import datetime
from typing import Protocol

import msgspec

from headway.platform.actor import Actor
from headway.platform.db.port import Reader


class Authenticator(Protocol):
    """Turns a credential (access cookie or bearer token) into an actor."""

    def remembered(self, credential: str) -> Actor | None:
        """From memory, in well under a microsecond; checks expiry and revocation. None: ask `authenticate`."""
        ...

    async def authenticate(self, credential: str) -> Actor | None:
        """Verify and remember; None when it is not (or no longer) valid."""
        ...


class Account(msgspec.Struct, frozen=True):
    """A person's account as others may know it."""

    id: str
    email: str
    is_admin: bool
    state: str
    created_at: datetime


class Accounts(Protocol):
    """Looks accounts up."""

    async def by_id(self, reader: Reader, user_id: str) -> Account | None:
        """The account of that id."""
        ...

    async def by_email(self, reader: Reader, email: str) -> Account | None:
        """The active account with that address, however it is written."""
        ...
