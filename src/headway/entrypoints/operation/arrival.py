"""A workspace enters from an export: under its own ids, or as a copy under new ones."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from headway.changes.contracts import Recorded
from headway.entrypoints.operation.command import Operation
from headway.entrypoints.operation.transfer import FILES, FORMAT, HEAD, HISTORY, OBJECTS, Head
from headway.modules.tasks.contracts.portable import PortableObject, PortableWorkspaces
from headway.platform.backup.manifest import BadBackup, Manifest, check_files, hash_file, read_manifest
from headway.platform.db.port import Transaction
from headway.platform.ids import derived_id
from headway.platform.objects import pieces_of
from headway.platform.problems import Conflict, NotFound

BATCH: Final = 200
LAST: Final = ("workspace", "member")
"""Rows that let people see the workspace: put in last, together, so that nobody sees half of it."""

_ID: Final = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Imported(msgspec.Struct, frozen=True):
    """A workspace that was put in. `strangers` are addresses of members who have no account here: they are left out."""

    workspace_id: str
    name: str
    objects: int
    files: int
    strangers: list[str]
    was_there: bool


async def import_workspace(operation: Operation, folder: Path, *, copy: bool, owner: str | None) -> Imported:
    """Put an export's workspace in. A repeat finds it there and changes nothing; after a crash it goes on.

    BadBackup when the export is damaged; Conflict when nobody would own the workspace. `copy`: under new ids, the same
    ones for the same export. `owner`: somebody who becomes an owner, by address or id.
    """
    head = await asyncio.to_thread(_check, folder, operation)
    return await _Arrival(operation, folder, head, copy=copy).put(owner)


def _check(folder: Path, operation: Operation) -> Head:
    manifest = read_manifest(folder)
    if not {HEAD, OBJECTS, HISTORY} <= set(manifest.files):
        raise BadBackup(f"{folder}: is no export of a workspace")
    check_files(folder, manifest, lambda *_: None)
    try:
        head = msgspec.json.decode((folder / HEAD).read_bytes(), type=Head)
        if head.format > FORMAT:
            raise BadBackup(f"{folder}: was written by a newer release (format {head.format})")
        _check_contents(folder, manifest, operation.monolith.portable)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadBackup(f"{folder}: cannot be read: {error}") from None
    return head


def _check_contents(folder: Path, manifest: Manifest, portable: PortableWorkspaces) -> None:
    """Whether each row can be taken, and its files are there."""
    for line in _lines(folder / OBJECTS):
        row = msgspec.json.decode(line, type=PortableObject)
        portable.check(row)
        for key in portable.file_keys(row):
            if f"{FILES}/{key}" not in manifest.files:
                raise BadBackup(f"{folder}: the file {key} is missing")
    for line in _lines(folder / HISTORY):
        msgspec.json.decode(line, type=Recorded)


class _Arrival:
    """One import."""

    def __init__(self, operation: Operation, folder: Path, head: Head, *, copy: bool) -> None:
        self._monolith = operation.monolith
        self._report = operation.report
        self._folder = folder
        self._head = head
        self._copy = copy
        self._ids: Mapping[bytes, bytes] = {}
        self._strangers: dict[str, str] = {}
        self._workspace_id = head.workspace.id

    async def put(self, owner: str | None) -> Imported:
        portable, database = self._monolith.portable, self._monolith.database
        await self._meet_people()
        self._ids = {**self._ids, **await asyncio.to_thread(self._new_ids)}
        workspace_id = self._workspace_id = await asyncio.to_thread(self._target)
        if await portable.is_there(database.reader, workspace_id):
            return Imported(workspace_id, self._head.workspace.name, 0, 0, [], was_there=True)
        last = await self._last(owner)
        files = await self._put_files()
        count = await self._put_objects(workspace_id)
        await self._put_history(workspace_id)
        await self._finish(workspace_id, last)
        strangers = sorted(self._strangers.values())
        return Imported(workspace_id, self._head.workspace.name, count + len(last), files, strangers, was_there=False)

    async def _meet_people(self) -> None:
        """Find the accounts of the same addresses here."""
        known: dict[bytes, bytes] = {}
        for person in self._head.people:
            try:
                account = await self._monolith.operator.find(person.email)
            except NotFound:
                self._strangers[person.id] = person.email
            else:
                known[person.id.encode()] = account.id.encode()
        self._ids = known

    def _new_ids(self) -> dict[bytes, bytes]:
        """New ids of everything but people, which follow from the old ones and the export itself."""
        if not self._copy:
            return {}
        seed = self._seed()
        found = {}
        for line in self._lines(OBJECTS):
            row = msgspec.json.decode(line, type=PortableObject)
            if row.kind not in LAST and "id" in row.row:
                found[row.row["id"].encode()] = derived_id(seed, row.row["id"]).encode()
        return found

    def _seed(self) -> str:
        return hash_file(self._folder / OBJECTS).sha256

    def _target(self) -> str:
        """The workspace's id here. A personal workspace has its owner's."""
        old = self._head.workspace.id
        return derived_id(self._seed(), old) if self._copy else self._ids.get(old.encode(), old.encode()).decode()

    async def _last(self, owner: str | None) -> list[PortableObject]:
        """The workspace and its members who have an account here; Conflict when none of them would own it."""
        rows = [row for row in self._rows() if row.kind in LAST]
        workspace = next(row for row in rows if row.kind == "workspace")
        if self._copy:
            workspace.row["kind"] = "team"
        members = {row.row["id"]: row for row in rows if row.kind == "member" and row.row["id"] not in self._strangers}
        if owner is not None:
            person = await self._monolith.operator.find(owner)
            since = workspace.row["created_at"]
            row = {"workspace_id": workspace.row["id"], "id": person.id, "joined_at": since, "version": 1}
            members[person.id] = PortableObject("member", {**row, "role": "owner"})
        if not any(row.row["role"] == "owner" for row in members.values()):
            raise Conflict("no_owner", "No owner of the workspace has an account here; name one (--owner).")
        return [workspace, *members.values()]

    async def _put_files(self) -> int:
        portable, done = self._monolith.portable, 0
        for line in self._lines(OBJECTS):
            before = portable.file_keys(msgspec.json.decode(line, type=PortableObject))
            after = portable.file_keys(self._row(line))
            for old, new in zip(before, after, strict=True):
                path = self._folder / FILES / old
                with path.open("rb") as file:
                    await self._monolith.objects.put(new, pieces_of(file), limit=path.stat().st_size)
                done += 1
        return done

    async def _put_objects(self, workspace_id: str) -> int:
        count = 0
        rows = (row for row in self._rows() if row.kind not in LAST)
        while batch := list(islice(rows, BATCH)):
            count += await self._put_batch(workspace_id, batch)
            self._report("importing", count, count + BATCH)
        return count

    async def _put_batch(self, workspace_id: str, batch: list[PortableObject]) -> int:
        now = self._monolith.clock.now()
        return await self._monolith.database.write(lambda tx: self._monolith.portable.put(tx, workspace_id, batch, now))

    async def _put_history(self, workspace_id: str) -> None:
        """In batches, so that others can write in between. Nobody sees it before the workspace is there."""
        portable, write = self._monolith.portable, self._monolith.database.write
        await write(lambda tx: portable.forget_history(tx, workspace_id))
        entries = (self._entry(line) for line in self._lines(HISTORY))
        count = 0
        while batch := list(islice(entries, BATCH)):
            await write(partial(_put_entries, portable, workspace_id, batch, count))
            count += len(batch)
            self._report("importing the history", count, count + BATCH)

    async def _finish(self, workspace_id: str, last: list[PortableObject]) -> None:
        """Workspace and members: all or nothing, so that a repeat knows by the workspace that all is there."""
        portable, now = self._monolith.portable, self._monolith.clock.now()

        async def act(tx: Transaction) -> None:
            await portable.put(tx, workspace_id, last, now)
            await portable.leave_out(tx, workspace_id, sorted(self._strangers), now)

        await self._monolith.database.write(act)

    def _rows(self) -> Iterator[PortableObject]:
        return (self._row(line) for line in self._lines(OBJECTS))

    def _row(self, line: bytes) -> PortableObject:
        row = msgspec.json.decode(self._remap(line), type=PortableObject)
        row.row["id" if row.kind == "workspace" else "workspace_id"] = self._workspace_id
        return row

    def _entry(self, line: bytes) -> Recorded:
        recorded = msgspec.json.decode(self._remap(line), type=Recorded)
        if recorded.entry.kind != "workspace":
            return recorded
        entry = replace(recorded.entry, id=self._workspace_id)
        return replace(recorded, entry=entry, subject=self._workspace_id)

    def _lines(self, name: str) -> Iterator[bytes]:
        return _lines(self._folder / name)

    def _remap(self, line: bytes) -> bytes:
        return _ID.sub(lambda found: self._ids.get(found[0], found[0]), line) if self._ids else line


async def _put_entries(
    portable: PortableWorkspaces, workspace_id: str, entries: list[Recorded], after: int, tx: Transaction
) -> None:
    await portable.put_history(tx, workspace_id, entries, after)


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file
