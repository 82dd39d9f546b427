"""What is slow waits behind the same person's own: words that are hard to find keep nobody else waiting for long."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from headway.gateway.exchange import Exchange
from headway.platform.problems import TooMany

AT_ONCE: Final = 2
WAITING: Final = 20
"""As many as a page with all its panels asks for, several times."""


@dataclass(slots=True)
class _Line:
    """One person's: those that are being answered, and those that wait."""

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    length: int = 0


class Queues:
    """A queue for each person's slow requests."""

    def __init__(self) -> None:
        self._lines: dict[str | None, _Line] = {}

    @contextlib.asynccontextmanager
    async def turn(self, exchange: Exchange) -> AsyncIterator[None]:
        """Wait for one's turn; TooMany when the queue is long already."""
        person = exchange.actor.user_id
        line = self._lines.setdefault(person, _Line())
        if line.length >= AT_ONCE + WAITING:
            detail = f"{line.length} of your requests are being worked on; ask again once they have been answered."
            raise TooMany("too_many_waiting", detail, headers={"Retry-After": "2"})
        line.length += 1
        try:
            async with line.turns:
                yield
        finally:
            line.length -= 1
            if line.length == 0:
                del self._lines[person]
