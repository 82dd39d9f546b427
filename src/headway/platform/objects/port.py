"""What a store of files is, and what every one does alike."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import IO, Final, ParamSpec, Protocol, TypeVar

import msgspec

from headway.platform.problems import TooLarge, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

PIECE: Final = 256 * 1024
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_.-]*)*")


class Stored(msgspec.Struct, frozen=True):
    """A file that is stored for good: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Held(msgspec.Struct, frozen=True):
    """A file as a listing shows it."""

    key: str
    size: int
    changed_at: datetime


class ObjectStore(Protocol):
    """Keeps files under keys such as `attachments/<workspace id>/<id>`: lower-case words, no dot in front.

    Every method raises Unavailable when the store is away.
    """

    async def put(self, key: str, pieces: AsyncIterator[bytes], limit: int) -> Stored:
        """Store a file whole, or not at all. It is safe from a crash when this returns. What was there is replaced.

        TooLarge when it has more than `limit` bytes, Unavailable when it cannot be stored.
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


def checked(key: str) -> str:
    """The key; ValueError when it could name something else than a file of the store."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not the key of a file: {key!r}")
    return key


async def receive(file: IO[bytes], pieces: AsyncIterator[bytes], limit: int) -> Stored:
    """Write pieces into an open file as they come. TooLarge beyond `limit` bytes, Unavailable when the disk fails."""
    digest = hashlib.sha256()
    size = 0
    async for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLarge("file_too_large", f"A file may have at most {limit} bytes.", extra={"limit": limit})
        digest.update(piece)
        await on_disk(file.write, piece)
    return Stored(size, digest.hexdigest())


async def pieces_of(file: IO[bytes]) -> AsyncIterator[bytes]:
    """What is left of an open file, in pieces."""
    while piece := await asyncio.to_thread(file.read, PIECE):
        yield piece


async def on_disk(step: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Run a blocking step away from the event loop; Unavailable when the disk fails."""
    try:
        return await asyncio.to_thread(step, *args, **named)
    except OSError as error:
        raise away("The file could not be stored; nothing was kept.") from error


def away(detail: str) -> Unavailable:
    """What is said while the store is away or full."""
    return Unavailable("storage_unavailable", detail, headers={"Retry-After": "10"})
