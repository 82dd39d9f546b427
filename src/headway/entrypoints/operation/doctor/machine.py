"""The machine: folder, disk, clock."""

import os
import shutil
import stat
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from headway.entrypoints.operation.doctor.database import is_ready
from headway.entrypoints.operation.doctor.findings import Finding, failure, warning, well
from headway.entrypoints.operation.installation import BadKey, Installation, installation_of
from headway.platform.clock import Clock
from headway.platform.db.health import newest_entry
from headway.settings import Settings

MEGABYTE: Final = 1 << 20
LITTLE: Final = 1024 * MEGABYTE
TOO_LITTLE: Final = 100 * MEGABYTE
DRIFT: Final = timedelta(seconds=5)
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def check_folder(settings: Settings, _clock: Clock) -> list[Finding]:
    """Is it there, ours, writable, and closed to others? The key too."""
    folder = settings.data_dir
    if not folder.is_dir():
        return [
            failure("data folder", f"{folder} is not there", "Start `headway serve` once, or set HEADWAY_DATA_DIR.")
        ]
    installation = installation_of(settings)
    found = [*_private(folder, installation), *_key(installation)]
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            pass
    except OSError as error:
        return [
            failure("data folder", f"{folder} cannot be written: {error.strerror}", "Give it to the server's user.")
        ]
    return found or [well("data folder", f"{folder} is writable and closed to others")]


def _private(folder: Path, installation: Installation) -> list[Finding]:
    places = (folder, *(path for path in (installation.keys, installation.signing_key) if path.exists()))
    return [
        warning("permissions", f"others of this machine may read {place}", f"chmod go= {place}")
        for place in places
        if place.stat().st_mode & OTHERS
    ]


def _key(installation: Installation) -> list[Finding]:
    if not installation.signing_key.exists():
        return []
    try:
        installation.secret()
    except BadKey as error:
        return [failure("signing key", str(error), "Put keys/signing.key of a backup in its place.")]
    return []


def check_disk(settings: Settings, _clock: Clock) -> list[Finding]:
    """Is there room for the data, and for the backups?"""
    folders = {path for path in (settings.data_dir, settings.backup_dir) if path.is_dir()}
    return [_room(path) for path in sorted(folders)]


def _room(path: Path) -> Finding:
    free = shutil.disk_usage(path).free
    entries = os.statvfs(path)
    said = f"{free // MEGABYTE:,} MB are free at {path}"
    advice = "Free some room: nothing can be saved on a full disk."
    if free < TOO_LITTLE or (entries.f_files and entries.f_favail < 1000):
        return failure("disk", said, advice)
    return warning("disk", said, advice) if free < LITTLE else well("disk", said)


def check_clock(settings: Settings, clock: Clock) -> list[Finding]:
    """Does the clock agree with the file system's, and has it not gone back behind what was written?"""
    found = []
    advice = "Set the machine's clock, and let it be kept by NTP (timedatectl set-ntp true)."
    if settings.data_dir.is_dir() and os.access(settings.data_dir, os.W_OK):
        with tempfile.NamedTemporaryFile(dir=settings.data_dir, prefix=".doctor-") as file:
            written = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
        off = abs(clock.now() - written)
        if off > DRIFT:
            found.append(warning("clock", f"{off.total_seconds():.0f} s away from the file system's clock", advice))
    newest = newest_entry(settings.database_path) if is_ready(settings) else None
    if newest is not None and newest > clock.now() + DRIFT:
        said = f"behind the last change, which was made at {newest:%Y-%m-%d %H:%M:%S} UTC"
        found.append(failure("clock", said, advice))
    return found or [well("clock", f"{clock.now():%Y-%m-%d %H:%M:%S} UTC")]
