"""What happens to a database before anybody is served: a proven backup, then its schema is brought forward."""

import structlog

from headway.entrypoints.operation.backups import back_up
from headway.entrypoints.operation.installation import installation_of
from headway.entrypoints.operation.move_record import check_move
from headway.entrypoints.schema import PARTS, schema_of
from headway.platform.clock import Clock
from headway.platform.db.address import is_server
from headway.platform.db.migrate import Part, migrate, pending
from headway.platform.failure import Failure
from headway.platform.progress import Progress
from headway.settings import Settings

_log = structlog.get_logger(__name__)


class HalfRestored(Failure):
    """A restore was interrupted."""


def prepare_database(settings: Settings, clock: Clock, progress: Progress = lambda *_: None) -> list[Part]:
    """Bring the database to this program's schema; which modules changed. A new one is made where there is none.

    What is there is backed up, and the backup proven, before anything is changed. NewerDatabase, BadBackup, MovedAway,
    HalfMoved, OSError. The data folder must be held.
    """
    installation = installation_of(settings)
    if installation.restoring.exists():
        backup = installation.restoring.read_text("utf-8")
        raise HalfRestored(f"A restore of {backup} was interrupted: run `headway restore` again to complete it.")
    check_move(settings, installation)
    schema = schema_of(settings)
    if not pending(schema, PARTS):
        return []
    if is_server(settings.database_url):
        _log.info("migrating_a_server", advice="its backups are made with its own tools: see docs/operate.md")
        return migrate(schema, PARTS, _told)
    if schema.exists:
        made = back_up(settings, clock.now(), progress)
        _log.info("backed_up_before_migration", backup=made.path)
    settings.database_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return migrate(schema, PARTS, _told)


def _told(module: str, revision: str) -> None:
    _log.info("migrated", module=module, revision=revision)
