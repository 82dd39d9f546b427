"""Files: a store addressed by keys, and its implementation in a local folder."""

import asyncio
import contextlib
import hashlib
import os
import re
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO, Final, ParamSpec, Protocol, TypeVar

import msgspec

from headway.platform.ids import new_id
from headway.platform.problems import TooLarge, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

PIECE: Final = 256 * 1024
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_.-]*)*")
_STAGING: Final = ".staging"


class Stored(msgspec.Struct, frozen=True):
    """A file that is on disk: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Held(msgspec.Struct, frozen=True):
    """A file as a listing shows it."""

    key: str
    size: int
    changed_at: datetime


class ObjectStore(Protocol):
    """Keeps files under keys such as `attachments/<workspace id>/<id>`: lower-case words, no dot in front."""

    async def put(self, key: str, pieces: AsyncIterator[bytes], limit: int) -> Stored:
        """Store a file whole, or not at all. It is synced to disk when this returns. What was there is replaced.

        TooLarge when it has more than `limit` bytes, Unavailable when the disk cannot take it.
        """
        ...

    async def size(self, key: str) -> int | None:
        """The file's size in bytes; None when there is none."""
        ...

    def read(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The file's bytes from `start` to before `end`, in pieces; FileNotFoundError when there is none."""
        ...

    async def delete(self, key: str) -> None:
        """Remove the file, if there is one."""
        ...

    async def list(self, prefix: str = "") -> list[Held]:
        """The files whose key starts with `prefix`, in the order of their keys."""
        ...


class LocalObjects:
    """Files in a folder. A file is staged, synced, and only then given its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / _STAGING

    def path(self, key: str) -> Path:
        """Where a key's file is; ValueError when the key could name something else than a file of this store."""
        if not _KEY.fullmatch(key):
            raise ValueError(f"not the key of a file: {key!r}")
        return self._folder / key

    async def put(self, key: str, pieces: AsyncIterator[bytes], limit: int) -> Stored:
        target = self.path(key)
        staged = self._staging / new_id()
        try:
            stored = await self._stage(staged, pieces, limit)
            await _on_disk(_give_name, staged, target, self._folder)
        finally:
            with contextlib.suppress(OSError):
                await asyncio.to_thread(staged.unlink, missing_ok=True)
        return stored

    async def _stage(self, staged: Path, pieces: AsyncIterator[bytes], limit: int) -> Stored:
        digest = hashlib.sha256()
        size = 0
        file = await _on_disk(_create, staged)
        try:
            async for piece in pieces:
                size += len(piece)
                if size > limit:
                    raise TooLarge("file_too_large", f"A file may have at most {limit} bytes.", extra={"limit": limit})
                digest.update(piece)
                await _on_disk(file.write, piece)
            await _on_disk(_sync, file)
        finally:
            await _on_disk(file.close)
        return Stored(size, digest.hexdigest())

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


async def pieces_of(file: IO[bytes]) -> AsyncIterator[bytes]:
    """What is left of an open file, in pieces."""
    while piece := await asyncio.to_thread(file.read, PIECE):
        yield piece


async def _on_disk(step: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Run a blocking step away from the event loop; Unavailable when the disk fails."""
    try:
        return await asyncio.to_thread(step, *args, **named)
    except OSError as error:
        raise Unavailable("storage_unavailable", "The file could not be stored; nothing was kept.") from error


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
