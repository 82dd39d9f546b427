"""How far each session or token has seen: what it is answered next must not be older.

Positions are versions of streams by name. They matter for the seconds in which copies (caches, replicas) may be
behind, so they are forgotten soon.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Mapping, Sequence
from typing import Final, Protocol

CREDENTIALS: Final = 50_000
STREAMS: Final = 64
"""So many streams of one session are remembered; the one that moved longest ago gives way."""

Versions = Mapping[str, int]

PLACE: Final = "at:"
"""Begins the names of places, by which is remembered how far the whole of a place had come that has been read."""


class Positions(Protocol):
    """Remembers positions by session or token."""

    def ask(self, credential: str) -> Awaitable[Versions]:
        """What the credential has seen; asked now, to be awaited later."""
        ...

    async def note(self, credential: str, versions: Sequence[tuple[str, int]]) -> None:
        """Remember what it sees now; older versions change nothing. Done when whoever asks next will be told."""
        ...


class OwnPositions:
    """`Positions` of this process alone."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, dict[str, int]] = OrderedDict()

    def ask(self, credential: str) -> Awaitable[Versions]:
        answer: asyncio.Future[Versions] = asyncio.get_running_loop().create_future()
        answer.set_result(self.held(credential))
        return answer

    async def note(self, credential: str, versions: Sequence[tuple[str, int]]) -> None:
        self.advance(credential, versions)

    def held(self, credential: str) -> Versions:
        """What is remembered."""
        return self._held.get(credential, {})

    def advance(self, credential: str, versions: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        """Remember; those that are news."""
        held = self._held.setdefault(credential, {})
        self._held.move_to_end(credential)
        if len(self._held) > CREDENTIALS:
            self._held.popitem(last=False)
        news = [(stream, version) for stream, version in versions if held.get(stream, 0) < version]
        for stream, version in news:
            held.pop(stream, None)
            held[stream] = version
        while len(held) > STREAMS:
            del held[next(iter(held))]
        return news
