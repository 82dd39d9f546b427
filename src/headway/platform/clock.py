"""The current time, as a thing that can be passed in."""

from datetime import UTC, datetime
from typing import Final, Protocol

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""From where instants are counted."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The current instant: aware, UTC, with microseconds."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current instant: aware, UTC, with microseconds."""
        return datetime.now(UTC)
