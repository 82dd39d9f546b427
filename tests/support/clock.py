"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from typing import Final

NOON: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)


class StillClock:
    """Tells `at`."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        """Move on, by so many seconds, hours or days."""
        self.at += timedelta(**by)
