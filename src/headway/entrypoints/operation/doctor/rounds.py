"""All checks, one after the other."""

from collections.abc import Callable, Sequence
from typing import Final

from headway.entrypoints.operation.doctor import database, files, machine, redis, replicas, surroundings
from headway.entrypoints.operation.doctor.findings import Finding
from headway.platform.clock import Clock
from headway.platform.progress import Progress
from headway.settings import Settings

Check = Callable[[Settings, Clock], list[Finding]]

CHECKS: Final[Sequence[Check]] = (
    surroundings.check_settings,
    machine.check_folder,
    machine.check_disk,
    machine.check_clock,
    files.check_files,
    database.check_database,
    replicas.check_replicas,
    database.check_jobs,
    redis.check_redis,
    surroundings.check_backups,
    surroundings.check_mail,
)


def examine_installation(settings: Settings, clock: Clock, *, deep: bool, progress: Progress) -> list[Finding]:
    """Everything that was found, the well things too. `deep` also replays the log over the rows."""
    checks = [*CHECKS, database.check_log] if deep else CHECKS
    found: list[Finding] = []
    for done, check in enumerate(checks, start=1):
        found.extend(check(settings, clock))
        progress("examining", done, len(checks))
    return found
