"""The list of a backup's files with their hashes, which itself is hashed: no flipped bit goes unnoticed."""

import hashlib
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from headway.platform.failure import Failure
from headway.platform.objects import sync_folder
from headway.platform.progress import Progress

NAME: Final = "manifest.json"
FORMAT: Final = 1
PIECE: Final = 1 << 20


class BadBackup(Failure):
    """A backup that must not be restored; the message says what is wrong with it."""


class FileEntry(msgspec.Struct, frozen=True):
    """One file of a backup: size in bytes, SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. `files` are paths within it; `revisions` the schema of each module."""

    format: int = FORMAT
    program: str
    created_at: datetime
    revisions: Mapping[str, str]
    files: Mapping[str, FileEntry]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.files.values())


class _Sealed(msgspec.Struct, frozen=True):
    manifest: msgspec.Raw
    sha256: str


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Seal a backup: the last of its files to be written."""
    raw = msgspec.json.encode(manifest)
    sealed = _Sealed(msgspec.Raw(raw), hashlib.sha256(raw).hexdigest())
    with (folder / NAME).open("wb") as file:
        file.write(msgspec.json.encode(sealed))
    sync_file(folder / NAME)
    sync_folder(folder)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. BadBackup when it is missing, damaged or of a later format."""
    try:
        sealed = msgspec.json.decode((folder / NAME).read_bytes(), type=_Sealed)
        if hashlib.sha256(sealed.manifest).hexdigest() != sealed.sha256:
            raise BadBackup(f"{folder}: the manifest is damaged")
        manifest = msgspec.json.decode(sealed.manifest, type=Manifest)
    except OSError as error:
        raise BadBackup(f"{folder}: no manifest: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadBackup(f"{folder}: the manifest cannot be read: {error}") from None
    if manifest.format > FORMAT:
        raise BadBackup(f"{folder}: made by a newer release (format {manifest.format}); use that one to restore it")
    if any(_escapes(name) for name in manifest.files):
        raise BadBackup(f"{folder}: the manifest names files outside of the backup")
    return manifest


def check_files(folder: Path, manifest: Manifest, progress: Progress) -> None:
    """Compare every file with the manifest. BadBackup names the first that is missing or differs."""
    done = 0
    for name, entry in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.is_symlink():
            raise BadBackup(f"{folder}: {name} is missing")
        found = hash_file(path)
        if found != entry:
            raise BadBackup(f"{folder}: {name} is damaged ({found.size} of {entry.size} bytes, or other content)")
        done += entry.size
        progress("checking files", done, manifest.size)


def hash_file(path: Path) -> FileEntry:
    """Size and hash of a file."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return FileEntry(size, digest.hexdigest())


def sync_file(path: Path) -> None:
    """Sync a file's content to disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _escapes(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or not path.parts
