"""How many snapshots a person may be sent at once: each reads all that the person sees."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import Final

from headway.platform.problems import TooMany

AT_ONCE: Final = 2
RETRY_SECONDS: Final = 5


class Turns:
    """Counts snapshots under way by person. Nothing here awaits: no number of concurrent requests gets one more."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._under_way: Counter[str] = Counter()

    def take(self, person: str) -> "Turn":
        """A turn, which ends when it is ended or forgotten; TooMany."""
        if self._under_way[person] >= self._at_once:
            raise TooMany(
                "too_many_snapshots",
                f"You are being sent {self._at_once} snapshots already; ask again once one of them has ended.",
                headers={"Retry-After": str(RETRY_SECONDS)},
            )
        self._under_way[person] += 1
        return Turn(self, person)

    def end(self, person: str) -> None:
        """One snapshot less."""
        self._under_way[person] -= 1
        self._under_way += Counter()  # drops who has none


class Turn:
    """One snapshot under way. An answer that is never begun, since its client has gone, is forgotten with its turn."""

    def __init__(self, turns: Turns, person: str) -> None:
        self._turns: Turns | None = turns
        self._person = person

    def end(self) -> None:
        """Let somebody else have it."""
        turns, self._turns = self._turns, None
        if turns is not None:
            turns.end(self._person)

    def __del__(self) -> None:
        self.end()


async def within(turn: Turn, lines: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The lines; with the last of them the turn ends."""
    try:
        async for each in lines:
            yield each
    finally:
        turn.end()
