"""Backups of this installation: made, proven, thrown away when they are old."""

from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import msgspec

from headway.entrypoints.operation.files import folders_of, stores_of
from headway.entrypoints.operation.installation import installation_of
from headway.entrypoints.schema import PARTS, require_file, schema_of
from headway.platform.backup.make import Sources, backups_in, delete_old, make_backup
from headway.platform.backup.manifest import BadBackup, read_manifest
from headway.platform.backup.restore import Places, Proof, prove, record_proof, restore
from headway.platform.db.address import is_server
from headway.platform.db.migrate import refuse_newer, revisions_of
from headway.platform.failure import Failure
from headway.platform.progress import Progress
from headway.settings import Settings


class BackupMade(msgspec.Struct, frozen=True):
    """A backup that was made and proven: its path, size in bytes, number of files, and what was deleted for its age."""

    path: str
    created_at: datetime
    size: int
    files: int
    deleted: list[str]


class BackupHeld(msgspec.Struct, frozen=True):
    """A backup as it is listed."""

    name: str
    created_at: datetime
    size: int


class NothingThere(Failure):
    """There is no database to back up."""


def back_up(settings: Settings, at: datetime, progress: Progress) -> BackupMade:
    """Back up, prove what was made, then delete what is older than the days to keep.

    NothingThere, BadBackup, OSError when the disk cannot take it. The database of a server is not in it.
    """
    if is_server(settings.database_url):
        raise NothingThere(
            "Headway backs up SQLite. Back up a database server with its own tools, such as mariadb-dump "
            "--single-transaction, and the files and the folder keys beside it."
        )
    if not settings.database_path.exists():
        raise NothingThere(f"There is no database at {settings.database_path}")
    sources = Sources(
        database=settings.database_path,
        folders=folders_of(settings),
        stores=stores_of(settings),
        program=version("headway"),
        revisions=revisions_of(schema_of(settings), PARTS),
    )
    made = make_backup(sources, settings.backup_dir, at, progress)
    proof = prove_and_record(settings, made, at, progress)
    deleted = delete_old(settings.backup_dir, at - timedelta(days=settings.backup_keep_days))
    return BackupMade(str(made.absolute()), at, proof.size, proof.files, [path.name for path in deleted])


def prove_and_record(settings: Settings, backup: Path, at: datetime, progress: Progress) -> Proof:
    """Prove a backup and note it as the last one that was. BadBackup."""
    manifest = prove(backup, settings.data_dir, progress)
    settings.backup_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return record_proof(settings.backup_dir, backup, manifest, at)


def put_in_place(settings: Settings, backup: Path, at: datetime, progress: Progress) -> tuple[Proof, Path | None]:
    """Restore a backup: its proof, and where what was there is kept. InUse, BadBackup, NewerDatabase, NeedsFile."""
    require_file(settings, "headway restore")
    refuse_newer(read_manifest(backup).revisions, PARTS)
    with installation_of(settings).held("headway restore"):
        manifest, kept = restore(backup, places_of(settings), at, progress)
    settings.backup_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return record_proof(settings.backup_dir, backup, manifest, at), kept


def held_backups(settings: Settings) -> list[BackupHeld]:
    """The backups in the folder of the daily ones, newest first; those that cannot be read are left out."""
    found = []
    for path in reversed(backups_in(settings.backup_dir)):
        try:
            manifest = read_manifest(path)
        except BadBackup:
            continue
        found.append(BackupHeld(path.name, manifest.created_at, manifest.size))
    return found


def places_of(settings: Settings) -> Places:
    """Where a restore puts what a backup holds."""
    return Places(
        database=settings.database_path,
        folders=folders_of(settings),
        stores=stores_of(settings),
        marker=installation_of(settings).restoring,
    )
