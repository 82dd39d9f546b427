"""`headway version`."""

from headway.entrypoints.cli.running import Json, answer
from headway.entrypoints.operation.system import versions


def version(*, json: Json = False) -> None:
    """Show the version of Headway, and of Python and SQLite under it."""
    found = versions()
    answer(
        found,
        json=json,
        show=lambda: print(f"Headway {found.headway} (Python {found.python}, SQLite {found.sqlite})"),
    )
