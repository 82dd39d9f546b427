"""`headway version`."""

import platform
from importlib.metadata import version as version_of

import msgspec

from headway.entrypoints.cli.running import Json, answer
from headway.platform.db.snapshot import SQLITE_VERSION


class Version(msgspec.Struct, frozen=True):
    """The versions that a report of a problem should name."""

    headway: str
    python: str
    sqlite: str


def version(*, json: Json = False) -> None:
    """Show the version of Headway, and of Python and SQLite under it."""

    found = Version(version_of("headway"), platform.python_version(), SQLITE_VERSION)
    answer(
        found,
        json=json,
        show=lambda: print(f"Headway {found.headway} (Python {found.python}, SQLite {found.sqlite})"),
    )
