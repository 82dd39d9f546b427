"""What the table of commands says of each."""

from typing import NamedTuple


class Command(NamedTuple):
    """A command: where it is, its help, an example. Its file is imported when it is used."""

    path: str
    summary: str
    details: str
    example: str

    @property
    def help(self) -> str:
        """What `--help` says."""
        return f"{self.summary}\n\n{self.details}"
