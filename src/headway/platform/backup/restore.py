"""Proves a backup and puts it in the place of what is there, which is kept aside."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import structs

from headway.platform.backup.make import DATABASE, TIME
from headway.platform.backup.manifest import BadBackup, Manifest, check_files, read_manifest, sync_file
from headway.platform.backup.shelf import put_back
from headway.platform.db.snapshot import examine
from headway.platform.objects import ObjectStore, sync_folder
from headway.platform.progress import Progress

PROOF: Final = "last-proven-restore.json"


class Proof(msgspec.Struct, frozen=True):
    """A backup that was restored and found whole."""

    backup: str
    created_at: datetime
    proven_at: datetime
    files: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a backup's parts go: the database file, and folders and stores by the name that they have in the backup."""

    database: Path
    folders: Mapping[str, Path]
    stores: Mapping[str, ObjectStore] = field(default_factory=dict)
    marker: Path
    """Stands while a restore is under way: nobody may start on half of it."""


def prove(backup: Path, scratch: Path, progress: Progress) -> Manifest:
    """Check every file, then open a restored copy of the database and compare its log, streams and cursors.

    The copy is made and removed in the folder `scratch`. BadBackup says what is wrong.
    """
    manifest = read_manifest(backup)
    if DATABASE not in manifest.files:
        raise BadBackup(f"{backup}: holds no database")
    check_files(backup, manifest, progress)
    with tempfile.TemporaryDirectory(prefix=".proof-", dir=scratch) as folder:
        copy = Path(folder) / DATABASE
        shutil.copyfile(backup / DATABASE, copy)
        progress("opening the database", 0, 1)
        wrong = examine(copy)
        progress("opening the database", 1, 1)
    if wrong:
        raise BadBackup(f"{backup}: {'; '.join(wrong)}")
    return manifest


def restore(backup: Path, places: Places, at: datetime, progress: Progress) -> tuple[Manifest, Path | None]:
    """Prove a backup, then put it in place: its manifest, and where what was there is kept (None: nothing was).

    The data folder must be held. BadBackup, or Unavailable from a store, before anything is touched. When it is
    interrupted, the marker stays, and a second restore makes it good.
    """
    manifest = prove(backup, places.marker.parent, progress)
    staged = places.marker.parent / ".restore.new"
    shutil.rmtree(staged, ignore_errors=True)
    for name, store in places.stores.items():  # before anything is moved: it only adds
        put_back(backup, manifest, name, store, progress)
    _stage(backup, staged, _without(manifest, places.stores), progress)
    places.marker.write_text(backup.name, "utf-8")
    sync_folder(places.marker.parent)
    aside = places.marker.parent / f"before-restore-{at.strftime(TIME)}"
    kept = _move_aside(places, aside)
    _move_in(staged, places)
    places.marker.unlink()
    sync_folder(places.marker.parent)
    shutil.rmtree(staged, ignore_errors=True)
    return manifest, aside if kept else None


def record_proof(folder: Path, backup: Path, manifest: Manifest, at: datetime) -> Proof:
    """Note in the folder of the backups that this one was proven."""
    proof = Proof(backup.name, manifest.created_at, at, len(manifest.files), manifest.size)
    staged = folder / f".{PROOF}.new"
    staged.write_bytes(msgspec.json.encode(proof))
    sync_file(staged)
    staged.replace(folder / PROOF)
    return proof


def last_proof(folder: Path) -> Proof | None:
    """The last proof that was noted; None when there is none."""
    try:
        return msgspec.json.decode((folder / PROOF).read_bytes(), type=Proof)
    except (OSError, msgspec.DecodeError):
        return None


def _stage(backup: Path, staged: Path, manifest: Manifest, progress: Progress) -> None:
    for done, name in enumerate(manifest.files, start=1):
        target = staged / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copy2(backup / name, target)
        sync_file(target)
        progress("restoring files", done, len(manifest.files))
    check_files(staged, manifest, lambda *_: None)


def _without(manifest: Manifest, stores: Mapping[str, ObjectStore]) -> Manifest:
    """What goes into folders."""
    files = {name: each for name, each in manifest.files.items() if name.partition("/")[0] not in stores}
    return structs.replace(manifest, files=files)


def _move_aside(places: Places, aside: Path) -> bool:
    database = places.database
    files = [database.with_name(database.name + end) for end in ("", "-wal", "-shm")]
    found = [path for path in (*files, *places.folders.values()) if path.exists()]
    for path in found:
        aside.mkdir(exist_ok=True, mode=0o700)
        shutil.move(path, aside / path.name)
    return bool(found)


def _move_in(staged: Path, places: Places) -> None:
    for name, folder in places.folders.items():
        if (staged / name).exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(staged / name, folder)
    places.database.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(staged / DATABASE, places.database)
    sync_folder(places.database.parent)
