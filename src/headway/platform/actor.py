"""Who asks: every read and write is made on behalf of an actor."""

from dataclasses import dataclass
from typing import Final, Literal

TokenScope = Literal["read", "write", "admin"]

ALL_SCOPES: Final[frozenset[TokenScope]] = frozenset({"read", "write", "admin"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, a program with that person's token, or the system itself (`user_id` None).

    `credential_id` is the session or token that the request came with. `scopes` limit what a token may do; a session
    has all. `is_admin`: may run this installation; it gives no sight of other people's workspaces.
    """

    user_id: str | None
    credential_id: str | None = None
    scopes: frozenset[TokenScope] = ALL_SCOPES
    is_admin: bool = False

    @property
    def id(self) -> str:
        """The person's id; only for routes that need somebody signed in."""
        if self.user_id is None:
            raise RuntimeError("this actor is nobody")
        return self.user_id


NOBODY: Final = Actor(user_id=None, scopes=frozenset())
