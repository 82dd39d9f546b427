"""The modules whose tables one database holds, lowest layer first, and where those tables are."""

from typing import Final

from headway.platform.db.address import is_server, parse_address
from headway.platform.db.migrate import Part, Schema, part
from headway.platform.db.sqlite_schema import SqliteSchema
from headway.platform.failure import Failure
from headway.settings import Settings

PARTS: Final[tuple[Part, ...]] = (
    part("changes", "headway.changes"),
    part("jobs", "headway.platform.jobs"),
    part("auth", "headway.modules.auth"),
    part("users", "headway.modules.users"),
    part("tasks", "headway.modules.tasks"),
    part("notifications", "headway.modules.notifications"),
    part("analytics", "headway.modules.analytics"),
)


class NeedsDriver(Failure):
    """The packages for a database server are not installed."""


class NeedsFile(Failure):
    """What was asked for works on a SQLite file only."""


def require_file(settings: Settings, what: str) -> None:
    """NeedsFile, in a sentence about `what`, when the database is a server."""
    if is_server(settings.database_url):
        raise NeedsFile(f"{what} works with SQLite only so far; HEADWAY_DATABASE_URL names a server.")


def schema_of(settings: Settings) -> Schema:
    """The tables of the database that the settings name. NeedsDriver."""
    if not is_server(settings.database_url):
        return SqliteSchema(settings.database_path)
    try:
        from headway.platform.db.mysql_schema import MySqlSchema  # noqa: PLC0415 - an extra that most do not need
    except ModuleNotFoundError as missing:
        raise NeedsDriver("HEADWAY_DATABASE_URL names a server: pip install 'headway[mysql]'.") from missing

    return MySqlSchema(parse_address(settings.database_url))
