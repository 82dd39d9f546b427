"""A workspace as a folder or tar file: rows as JSON, files beside them, a manifest of hashes over all.

workspace.json    which workspace, by which program, when, and the people that it names
objects.ndjson    one row a line: {"kind", "row"}
history.ndjson    what happened, the newest first, as entries of the log
files/<key>       attachments
manifest.json     size and SHA-256 of each of them
"""

import asyncio
import shutil
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from headway.changes.contracts import Recorded
from headway.entrypoints.operation.command import Operation
from headway.modules.tasks.contracts.portable import PortableHead, PortableObject
from headway.platform.backup.archive import pack
from headway.platform.backup.manifest import Manifest, hash_file, sync_file, write_manifest
from headway.platform.db.port import Reader
from headway.platform.problems import Conflict, NotFound

FORMAT: Final = 1
HEAD: Final = "workspace.json"
OBJECTS: Final = "objects.ndjson"
HISTORY: Final = "history.ndjson"
FILES: Final = "files"


class PersonNamed(msgspec.Struct, frozen=True):
    """A member, so that an import finds the account of the same address."""

    id: str
    email: str
    name: str


class Head(msgspec.Struct, frozen=True):
    """What an export is of."""

    format: int
    program: str
    exported_at: datetime
    workspace: PortableHead
    people: list[PersonNamed]


class Exported(msgspec.Struct, frozen=True):
    """An export that was written."""

    path: str
    workspace: PortableHead
    objects: int
    history: int
    files: int
    size: int


async def export_workspace(operation: Operation, workspace: str, target: Path) -> Exported:
    """Write a workspace into a folder, or a tar file when the name ends so. NotFound; Conflict when that is there."""
    if await asyncio.to_thread(target.exists):
        raise Conflict("exists", f"{target} is there already.")
    head = await operation.monolith.portable.head(operation.monolith.database.reader, workspace)
    staged = target.with_name(f".{target.name}.export")
    await asyncio.to_thread(shutil.rmtree, staged, ignore_errors=True)
    try:
        return await _Export(operation, head, staged).write(target)
    finally:
        await asyncio.to_thread(shutil.rmtree, staged, ignore_errors=True)


class _Export:
    """One export on its way to its folder."""

    def __init__(self, operation: Operation, head: PortableHead, staged: Path) -> None:
        self._monolith = operation.monolith
        self._report = operation.report
        self._head = head
        self._staged = staged
        self._members: list[str] = []
        self._keys: list[str] = []
        self._objects = 0
        self._history = 0

    async def write(self, target: Path) -> Exported:
        await self._monolith.database.read_slowly(self._write_rows)
        await self._copy_files()
        head = Head(FORMAT, version("headway"), self._monolith.clock.now(), self._head, await self._people())
        manifest = await asyncio.to_thread(self._seal, head)
        await asyncio.to_thread(self._put, target)
        return Exported(str(target), self._head, self._objects, self._history, len(self._keys), manifest.size)

    async def _write_rows(self, reader: Reader) -> None:
        """In a thread, on one view of the data."""
        self._staged.mkdir(parents=True, mode=0o700)
        encode = msgspec.json.Encoder().encode
        portable, workspace_id = self._monolith.portable, self._head.id
        with (self._staged / OBJECTS).open("wb") as file:

            def write_object(row: PortableObject) -> None:
                file.write(encode(row) + b"\n")
                self._objects += 1
                self._keys.extend(portable.file_keys(row))
                if row.kind == "member":
                    self._members.append(row.row["id"])

            await portable.objects(reader, workspace_id, write_object)
        with (self._staged / HISTORY).open("wb") as file:

            def write_entry(recorded: Recorded) -> None:
                file.write(encode(recorded) + b"\n")
                self._history += 1

            await portable.history(reader, workspace_id, write_entry)

    async def _copy_files(self) -> None:
        for done, key in enumerate(self._keys, start=1):
            path = self._staged / FILES / key
            await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
            file = await asyncio.to_thread(path.open, "wb")
            try:
                async for piece in self._monolith.objects.read(key):
                    await asyncio.to_thread(file.write, piece)
            finally:
                await asyncio.to_thread(file.close)
            self._report("copying files", done, len(self._keys))

    async def _people(self) -> list[PersonNamed]:
        found = []
        for member in self._members:
            try:
                person = await self._monolith.operator.find(member)
            except NotFound:  # an account that was erased
                continue
            found.append(PersonNamed(person.id, person.email, person.name))
        return found

    def _seal(self, head: Head) -> Manifest:
        (self._staged / HEAD).write_bytes(msgspec.json.format(msgspec.json.encode(head)))
        paths = sorted(path for path in self._staged.rglob("*") if path.is_file())
        for path in paths:
            sync_file(path)
        files = {path.relative_to(self._staged).as_posix(): hash_file(path) for path in paths}
        manifest = Manifest(program=head.program, created_at=head.exported_at, revisions={}, files=files)
        write_manifest(self._staged, manifest)
        return manifest

    def _put(self, target: Path) -> None:
        if target.suffix == ".tar":
            pack(self._staged, target)
        else:
            self._staged.rename(target)
