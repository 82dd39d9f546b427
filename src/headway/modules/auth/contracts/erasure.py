"""The end of an account, and who has a say in it."""

from typing import Protocol

from headway.modules.auth.contracts.messages import Proof
from headway.platform.db.port import Reader
from headway.platform.web.routes import Asked


class Erasure(Protocol):
    """Ends an account for good."""

    async def erase(self, asked: Asked, proof: Proof) -> tuple[str, ...]:
        """Erase the account of whoever asks, once they prove to be its person.

        Gives the cookies that sign the browser out. Forbidden for a wrong password or code and for a token, Conflict
        for the last administrator and when an `ErasureGuard` says so. The account stays as `erased` without any
        personal data; other modules learn of it from the account stream.
        """
        ...


class ErasureGuard(Protocol):
    """Another module's say before an account is erased."""

    async def check_erasure(self, reader: Reader, user_id: str) -> None:
        """Conflict that says what the person must settle first."""
        ...
