"""Hashes of passwords: argon2id with OWASP's parameters, a few at a time, away from the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from headway.modules.auth.domain import passwords

T = TypeVar("T")

# https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: 19 MiB, two passes, one lane
_ARGON2: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Of a password that nobody was told, made with these parameters: verifying it takes as long as any other.
_OF_NOBODY: Final = "$argon2id$v=19$m=19456,t=2,p=1$Vax8Pk2VMMZ9GzQ3d7AMIQ$x+YhuqmJjOVf+r76ijwC8CKGAwZoz/ENutSNB20L0P0"


class Hasher:
    """Hashes and verifies. Threads bound how many run at once: each takes 19 MiB and a core."""

    def __init__(self, at_once: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="argon2")

    async def hash(self, password: str) -> str:
        """The hash to keep."""
        return await self._run(_ARGON2.hash, passwords.normal(password))

    async def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one hashed. None, for an unknown person, takes as long and is False."""
        matches = await self._run(_matches, kept or _OF_NOBODY, passwords.normal(password))
        return matches and bool(kept)

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return _ARGON2.check_needs_rehash(kept)

    async def _run(self, function: Callable[..., T], *arguments: str) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *arguments)


def _matches(kept: str, password: str) -> bool:
    try:
        return _ARGON2.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
