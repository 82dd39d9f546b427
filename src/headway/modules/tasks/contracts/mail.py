"""What this module asks of whoever sends mail."""

from collections.abc import Mapping
from typing import Protocol


class Mailer(Protocol):
    """Sends mail of known kinds. It may be asked twice for one mail: `values["key"]` is the same then."""

    async def send(self, to: str, kind: str, language: str, values: Mapping[str, str]) -> None:
        """Send one mail. Raises when it cannot be handed over now, so that it is tried again."""
        ...
