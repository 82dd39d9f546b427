"""Files in a local folder."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from headway.platform.ids import new_id
from headway.platform.objects.port import PIECE, Held, Stored, checked, on_disk, receive

_STAGING: Final = ".staging"


class LocalObjects:
    """Files in a folder. A file is staged, synced, and only then given its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / _STAGING

    def path(self, key: str) -> Path:
        """Where a key's file is; ValueError when the key could name something else than a file of this store."""
        return self._folder / checked(key)

    async def put(self, key: str, pieces: AsyncIterator[bytes], limit: int) -> Stored:
        target = self.path(key)
        staged = self._staging / new_id()
        try:
            stored = await self._stage(staged, pieces, limit)
            await on_disk(_give_name, staged, target, self._folder)
        finally:
            with contextlib.suppress(OSError):
                await asyncio.to_thread(staged.unlink, missing_ok=True)
        return stored

    async def _stage(self, staged: Path, pieces: AsyncIterator[bytes], limit: int) -> Stored:
        file = await on_disk(_create, staged)
        try:
            stored = await receive(file, pieces, limit)
            await on_disk(_sync, file)
        finally:
            await on_disk(file.close)
        return stored

    def drop_unfinished(self, untouched: float = 0.0) -> None:
        """Remove what was being stored when a process died: what nobody has written to for so many seconds.

        0 where nobody else may be storing.
        """
        before = time.time() - untouched  # allow one-clock: compared with times of files
        for staged in self._staging.glob("*"):
            with contextlib.suppress(FileNotFoundError):  # finished meanwhile
                if staged.stat().st_mtime <= before:
                    staged.unlink()

    async def size(self, key: str) -> int | None:
        try:
            return self.path(key).stat().st_size
        except FileNotFoundError:
            return None

    async def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        # Opened without a thread: a cancellation meanwhile would lose the file that the thread has opened.
        with self.path(key).open("rb") as file:
            file.seek(start)
            left = None if end is None else end - start
            while left is None or left > 0:
                piece = await asyncio.to_thread(file.read, PIECE if left is None else min(PIECE, left))
                if not piece:
                    return
                left = None if left is None else left - len(piece)
                yield piece

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self.path(key).unlink, missing_ok=True)

    async def list(self, prefix: str = "") -> list[Held]:
        return await asyncio.to_thread(lambda: sorted(self._held(prefix), key=lambda held: held.key))

    def _held(self, prefix: str) -> Iterator[Held]:
        for folder, folders, names in os.walk(self._folder):
            folders[:] = [name for name in folders if name != _STAGING]
            for name in names:
                path = Path(folder, name)
                key = path.relative_to(self._folder).as_posix()
                with contextlib.suppress(FileNotFoundError):  # deleted meanwhile
                    if key.startswith(prefix):
                        status = path.stat()
                        yield Held(key, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("xb")


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _give_name(staged: Path, target: Path, top: Path) -> None:
    """Move a synced file to its place and sync every folder on the way: the name is part of what must not be lost."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staged.replace(target)
    for folder in (target.parent, *target.parent.parents):
        sync_folder(folder)
        if folder == top:
            break


def sync_folder(folder: Path) -> None:
    """Sync a folder's names to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
