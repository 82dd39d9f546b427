"""How an installation is: versions, storage, backups, jobs."""

import platform
import shutil
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import msgspec

from headway.entrypoints.operation.backups import BackupHeld, held_backups
from headway.entrypoints.operation.files import objects_folder
from headway.platform.backup.restore import Proof, last_proof
from headway.platform.db.address import is_server
from headway.platform.db.snapshot import SQLITE_VERSION
from headway.platform.jobs.admin import FailedJob, JobCounts
from headway.settings import Settings


class Storage(msgspec.Struct, frozen=True):
    """What takes room, in bytes. `free` and `total` are of the disk that holds the data."""

    database: int
    files: int
    backups: int
    free: int
    total: int


class Versions(msgspec.Struct, frozen=True):
    """The versions that a report of a problem should name."""

    headway: str
    python: str
    sqlite: str


class System(msgspec.Struct, frozen=True):
    """The state of this installation, for its administrators.

    `mail`: by a server, or into the outbox folder. `last_proven_restore`: the last backup that was restored for a test
    and found whole.
    """

    versions: Versions
    started_at: datetime
    public_url: str
    mail: Literal["smtp", "outbox"]
    storage: Storage
    last_proven_restore: Proof | None
    backups: list[BackupHeld]
    jobs: JobCounts
    failed_jobs: list[FailedJob]


def versions() -> Versions:
    """The versions of this program and what it stands on."""
    return Versions(version("headway"), platform.python_version(), SQLITE_VERSION)


def look(settings: Settings, started_at: datetime, jobs: JobCounts, failed: list[FailedJob]) -> System:
    """The state of the installation; reads folders, so it is for a thread."""
    return System(
        versions=versions(),
        started_at=started_at,
        public_url=settings.public_url,
        mail="smtp" if settings.smtp_url else "outbox",
        storage=storage_of(settings),
        last_proven_restore=last_proof(settings.backup_dir),
        backups=held_backups(settings),
        jobs=jobs,
        failed_jobs=failed,
    )


def storage_of(settings: Settings) -> Storage:
    """What the installation takes on its disk. Linked files of several backups count once."""
    files = () if is_server(settings.database_url) else ("", "-wal", "-shm")
    folder = objects_folder(settings)
    disk = shutil.disk_usage(settings.data_dir)
    return Storage(
        database=_size(settings.database_path.with_name(settings.database_path.name + end) for end in files),
        files=_size(folder.rglob("*")) if folder else 0,
        backups=_size(settings.backup_dir.rglob("*")),
        free=disk.free,
        total=disk.total,
    )


def _size(paths: Iterable[Path]) -> int:
    sizes: dict[tuple[int, int], int] = {}
    for path in paths:
        if path.is_file():
            status = path.stat()
            sizes[(status.st_dev, status.st_ino)] = status.st_size
    return sum(sizes.values())
