"""Backups as one tar file, not compressed: none unpacks to more than it takes itself."""

import contextlib
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from headway.platform.backup.manifest import BadBackup, sync_file


def pack(backup: Path, target: Path) -> None:
    """Write a backup as one tar file, which unpacks into a folder of the file's name."""
    staged = target.with_name(f".{target.name}.new")
    with tarfile.open(staged, "w") as archive:
        archive.add(backup, arcname=target.stem)
    sync_file(staged)
    staged.replace(target)


@contextlib.contextmanager
def opened(backup: Path, scratch: Path) -> Iterator[Path]:
    """The folder of a backup; a tar file is unpacked into the folder `scratch` meanwhile. BadBackup when it is none."""
    if backup.is_dir():
        yield backup
        return
    with tempfile.TemporaryDirectory(prefix=".unpacked-", dir=scratch) as folder:
        try:
            with tarfile.open(backup, "r:") as archive:
                if sum(member.size for member in archive) > backup.stat().st_size:
                    raise BadBackup(f"{backup}: says that it holds more than it can")
                archive.extractall(folder, filter="data")
        except (tarfile.TarError, OSError, EOFError) as error:
            raise BadBackup(f"{backup}: cannot be read: {error}") from None
        inside = [path for path in Path(folder).iterdir() if path.is_dir()]
        if len(inside) != 1:
            raise BadBackup(f"{backup}: holds no backup")
        yield inside[0]
