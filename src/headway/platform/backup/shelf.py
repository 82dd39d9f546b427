"""Where a backup takes files from, and a restore puts them: a folder, or a store of objects."""

import asyncio
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from headway.platform.backup.manifest import FileEntry, Manifest
from headway.platform.objects import ObjectStore, pieces_of
from headway.platform.progress import Progress


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file: its path on the shelf, its size in bytes, and when it was changed, in nanoseconds since 1970."""

    name: str
    size: int
    changed: int


class Shelf(Protocol):
    """Files that never change once they are there."""

    def files(self) -> Iterator[Shelved]:
        """What is there."""
        ...

    def fetch(self, file: Shelved, target: Path) -> None:
        """Copy a file, with the time of its change. FileNotFoundError when it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """Files in a folder; what begins with a dot is left out."""

    path: Path

    def files(self) -> Iterator[Shelved]:
        for place, folders, names in os.walk(self.path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for path in (Path(place, name) for name in sorted(names)):
                try:
                    status = path.stat()
                except FileNotFoundError:  # deleted since it was listed
                    continue
                yield Shelved(path.relative_to(self.path).as_posix(), status.st_size, status.st_mtime_ns)

    def fetch(self, file: Shelved, target: Path) -> None:
        shutil.copy2(self.path / file.name, target)


@dataclass(frozen=True, slots=True)
class Objects:
    """Files in a store, asked for without an event loop. Unavailable when it is away."""

    store: ObjectStore

    def files(self) -> Iterator[Shelved]:
        for held in asyncio.run(self.store.list()):
            yield Shelved(held.key, held.size, _nanoseconds(held.changed_at))

    def fetch(self, file: Shelved, target: Path) -> None:
        asyncio.run(self._fetch(file.name, target))
        os.utime(target, ns=(file.changed, file.changed))

    async def _fetch(self, key: str, target: Path) -> None:
        with target.open("wb") as copy:
            async for piece in self.store.read(key):
                await asyncio.to_thread(copy.write, piece)


def shelves(folders: Mapping[str, Path], stores: Mapping[str, ObjectStore]) -> Mapping[str, Shelf]:
    """The shelves of folders and stores, by the names that they have in a backup."""
    return {
        **{name: Folder(path) for name, path in folders.items()},
        **{name: Objects(store) for name, store in stores.items()},
    }


def put_back(backup: Path, manifest: Manifest, name: str, store: ObjectStore, progress: Progress) -> None:
    """Put those files of a backup into a store that it does not have. Nothing that it has is touched."""
    wanted = {
        path.removeprefix(f"{name}/"): each for path, each in manifest.files.items() if path.startswith(f"{name}/")
    }
    asyncio.run(_put_back(backup / name, wanted, store, progress))


async def _put_back(folder: Path, wanted: Mapping[str, FileEntry], store: ObjectStore, progress: Progress) -> None:
    for done, (key, entry) in enumerate(wanted.items(), start=1):
        if await store.size(key) != entry.size:
            with (folder / key).open("rb") as file:
                await store.put(key, pieces_of(file), limit=entry.size)
        progress("putting files into the store", done, len(wanted))


def _nanoseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000_000
