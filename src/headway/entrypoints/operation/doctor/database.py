"""The database: is it there, whole, of this release, and does its log agree with itself?"""

from headway.entrypoints.operation.doctor.findings import Finding, failure, warning, well
from headway.entrypoints.schema import PARTS, schema_of
from headway.platform.clock import Clock
from headway.platform.db import health
from headway.platform.db.address import is_server, parse_address
from headway.platform.db.migrate import NewerDatabase, pending
from headway.platform.failure import Failure
from headway.settings import Settings

RESTORE = "Stop the server, keep a copy of the data folder, and run `headway restore latest`."


def check_database(settings: Settings, _clock: Clock) -> list[Finding]:
    """Its file, and its schema."""
    if is_server(settings.database_url):
        return _check_server(settings)
    path = settings.database_path
    if not path.exists():
        return [failure("database", f"there is none at {path}", "Start `headway serve` once: it makes one.")]
    wrong = health.quick_check(path)
    if wrong:
        return [failure("database", f"{path} is damaged: {'; '.join(wrong)}", RESTORE)]
    return _check_schema(settings, f"{path} is whole and has this release's schema")


def _check_server(settings: Settings) -> list[Finding]:
    address = parse_address(settings.database_url)
    try:
        return _check_schema(settings, f"{address.name} at {address.servers} answers and has this release's schema")
    except Failure as error:
        return [failure("database", str(error), "Start the database server, and see HEADWAY_DATABASE_URL.")]


def _check_schema(settings: Settings, fine: str) -> list[Finding]:
    try:
        behind = pending(schema_of(settings), PARTS)
    except NewerDatabase as error:
        return [failure("database", str(error), "Install the newer release.")]
    if behind:
        names = ", ".join(part.name for part in behind)
        advice = "Restart the server, or run `headway migrate`."
        return [warning("database", f"older than this program ({names})", advice)]
    return [well("database", fine)]


def check_jobs(settings: Settings, _clock: Clock) -> list[Finding]:
    """Jobs that failed for good."""
    if not is_ready(settings):
        return []
    failed = health.failed_jobs(settings.database_path)
    if failed:
        advice = "See the administrators' page: it shows why, and lets them run again."
        return [warning("jobs", f"{failed} failed", advice)]
    return [well("jobs", "none failed")]


def check_log(settings: Settings, _clock: Clock) -> list[Finding]:
    """Do log, streams, cursors and rows agree?"""
    if not is_ready(settings):
        return []
    wrong = health.log_check(settings.database_path)
    if wrong:
        return [failure("log", each, RESTORE) for each in wrong]
    return [well("log", "streams, entries and cursors agree")]


def is_ready(settings: Settings) -> bool:
    """Whether there is a SQLite database of this release to ask."""
    if is_server(settings.database_url):
        return False
    path = settings.database_path
    try:
        return path.exists() and health.is_database(path) and not pending(schema_of(settings), PARTS)
    except NewerDatabase:
        return False
