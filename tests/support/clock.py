"""A clock that stands still until a test moves it."""

from datetime import datetime


class StillClock:
    """Tells `at`."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at
