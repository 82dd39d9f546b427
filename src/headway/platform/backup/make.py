"""Makes a backup: the database at one moment, the files that it refers to, and the keys."""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from headway.platform.backup.manifest import (
    BadBackup,
    FileEntry,
    Manifest,
    hash_file,
    read_manifest,
    sync_file,
    write_manifest,
)
from headway.platform.backup.shelf import Shelf, Shelved, shelves
from headway.platform.db.snapshot import copy_database
from headway.platform.objects import ObjectStore, sync_folder
from headway.platform.progress import Progress

DATABASE: Final = "database.db"
PREFIX: Final = "headway-"
TIME: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is backed up: the database file, and folders and stores by the names that they have in the backup."""

    database: Path
    folders: Mapping[str, Path]
    stores: Mapping[str, ObjectStore] = field(default_factory=dict)
    program: str
    revisions: Mapping[str, str]


def backup_name(at: datetime) -> str:
    """The name of the backup of an instant (UTC)."""
    return PREFIX + at.strftime(TIME)


def backups_in(folder: Path) -> list[Path]:
    """The finished backups of a folder, oldest first."""
    return sorted(path for path in folder.glob(f"{PREFIX}*") if (path / "manifest.json").is_file())


def make_backup(sources: Sources, folder: Path, at: datetime, progress: Progress) -> Path:
    """Make a backup in `folder` and return its path; OSError when the disk cannot take it, nothing is left then.

    Files never change once they are stored. They are copied before and after the database, so that each one that
    the database knows is there; those that the backup before has already are linked, not copied.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone_in(folder):
        return _make(sources, folder, at, progress)


def _make(sources: Sources, folder: Path, at: datetime, progress: Progress) -> Path:
    final = _free_name(folder / backup_name(at))
    staged = folder / f".{final.name}.new"
    for left in folder.glob(f".{PREFIX}*.new"):  # by a process that died
        shutil.rmtree(left)
    staged.mkdir(mode=0o700)
    places = shelves(sources.folders, sources.stores)
    try:
        copier = _Copier(staged, *_previous(folder), progress)
        copier.copy(places)
        copy_database(sources.database, staged / DATABASE, progress)
        sync_file(staged / DATABASE)
        copier.copy(places)
        files = {**copier.files, DATABASE: hash_file(staged / DATABASE)}
        write_manifest(
            staged, Manifest(program=sources.program, created_at=at, revisions=sources.revisions, files=files)
        )
        staged.rename(final)
        sync_folder(folder)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return final


def delete_old(folder: Path, keep_since: datetime) -> list[Path]:
    """Delete backups from before an instant, but never the newest; which were deleted."""
    oldest_kept = backup_name(keep_since)
    old = [path for path in backups_in(folder)[:-1] if path.name < oldest_kept]
    for path in old:
        shutil.rmtree(path)
    return old


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other backup is being made in the folder."""
    with (folder / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _free_name(path: Path) -> Path:
    """The path, or with a number behind it where there is a backup of the same second."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


class _Copier:
    """Copies files into a backup once each, with their hashes."""

    def __init__(self, target: Path, previous: Path | None, known: Mapping[str, FileEntry], progress: Progress) -> None:
        self.files: dict[str, FileEntry] = {}
        self._target = target
        self._previous = previous
        self._known = known
        self._progress = progress

    def copy(self, places: Mapping[str, Shelf]) -> None:
        """Copy what has not been copied yet."""
        there = [(f"{name}/{file.name}", shelf, file) for name, shelf in places.items() for file in shelf.files()]
        fresh = [each for each in there if each[0] not in self.files]
        for done, (name, shelf, file) in enumerate(fresh, start=1):
            entry = self._copy_one(name, shelf, file)
            if entry is not None:
                self.files[name] = entry
            self._progress("copying files", done, len(fresh))

    def _copy_one(self, name: str, shelf: Shelf, file: Shelved) -> FileEntry | None:
        target = self._target / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._link(name, file, target):
            return self._known[name]
        try:
            shelf.fetch(file, target)
        except FileNotFoundError:  # deleted since it was listed
            target.unlink(missing_ok=True)
            return None
        sync_file(target)
        return hash_file(target)

    def _link(self, name: str, file: Shelved, target: Path) -> bool:
        """Link the file of the previous backup where it is the same; False when it must be copied."""
        if self._previous is None or name not in self._known:
            return False
        before = self._previous / name
        try:
            held = before.stat()
            if (held.st_size, held.st_mtime_ns) != (file.size, file.changed):
                return False
            target.hardlink_to(before)
        except OSError:  # gone, or a file system without links
            return False
        return True


def _previous(folder: Path) -> tuple[Path | None, Mapping[str, FileEntry]]:
    for path in reversed(backups_in(folder)):
        try:
            return path, read_manifest(path).files
        except BadBackup:
            continue
    return None, {}
