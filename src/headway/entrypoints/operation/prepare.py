"""What happens to a database before anybody is served: a proven backup, then its schema is brought forward."""

import structlog

from headway.entrypoints.operation.backups import back_up
from headway.entrypoints.operation.installation import Installation
from headway.entrypoints.schema import PARTS
from headway.platform.backup.manifest import Progress
from headway.platform.clock import Clock
from headway.platform.db.migrate import Part, migrate, pending
from headway.platform.failure import Failure
from headway.settings import Settings

_log = structlog.get_logger(__name__)


class HalfRestored(Failure):
    """A restore was interrupted."""


def prepare_database(settings: Settings, clock: Clock, progress: Progress = lambda *_: None) -> list[Part]:
    """Bring the database to this program's schema; which modules changed. A new one is made where there is none.

    What is there is backed up, and the backup proven, before anything is changed. NewerDatabase, BadBackup, OSError.
    The data folder must be held.
    """
    installation = Installation(settings.data_dir)
    if installation.restoring.exists():
        backup = installation.restoring.read_text("utf-8")
        raise HalfRestored(f"A restore of {backup} was interrupted: run `headway restore` again to complete it.")
    path = settings.database_path
    behind = pending(path, PARTS)
    if not behind:
        return []
    if path.exists():
        made = back_up(settings, clock.now(), progress)
        _log.info("backed_up_before_migration", backup=made.path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return migrate(path, PARTS, _told)


def _told(module: str, revision: str) -> None:
    _log.info("migrated", module=module, revision=revision)
