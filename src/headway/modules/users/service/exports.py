"""Everything that is kept of a person, as an archive for that person."""

import asyncio
import tempfile
import zipfile
from collections.abc import Sequence
from typing import Final

from headway.changes.work import Work
from headway.modules.users.actions.exports import ForgetExport, MakeExport, archive_key
from headway.modules.users.contracts import ExportState, PersonalData, PersonalFile
from headway.modules.users.contracts.messages import Export, Exports
from headway.modules.users.store.exports import EXPIRED_EXPORTS, EXPORT, EXPORT_BY_ID, EXPORTS_OF, ExportRow
from headway.modules.users.store.profiles import profile_stream
from headway.modules.users.views import export_view
from headway.platform.actor import Actor
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Reader, Transaction
from headway.platform.jobs import Running
from headway.platform.objects import ObjectStore, pieces_of
from headway.platform.problems import NotFound
from headway.platform.web.routes import Asked, Reply

LIMIT: Final = 64 * 1024**3


class PersonalExports:
    """Makes, lists and hands out archives. `sources` are asked in their order for what they keep."""

    def __init__(self, database: Database, clock: Clock, objects: ObjectStore, sources: Sequence[PersonalData]) -> None:
        self._database = database
        self._clock = clock
        self._objects = objects
        self._sources = sources

    async def all_of(self, reader: Reader, actor: Actor, _query: None) -> Exports:
        """One's exports, the newest first."""
        rows = [row for row in await reader.rows(EXPORTS_OF, user_id=actor.id) if row.expires_at > self._clock.now()]
        rows.sort(key=lambda row: row.created_at, reverse=True)
        return Exports(tuple(export_view(row) for row in rows))

    async def one(self, reader: Reader, actor: Actor, _query: None, *, export_id: str) -> Export:
        """How far an export is."""
        return export_view(await self._find(reader, actor, export_id))

    async def download(self, asked: Asked, _query: None, *, export_id: str) -> Reply:
        """The archive (ZIP) of an export that is ready."""
        row = await self._find(self._database.reader, asked.actor, export_id)
        key = archive_key(row.user_id, row.id)
        if row.state != "ready" or await self._objects.size(key) is None:
            raise NotFound("file yet")
        headers = {
            "content-disposition": 'attachment; filename="headway-export.zip"',
            "content-length": str(row.size),
            "x-content-type-options": "nosniff",
        }
        return Reply(self._objects.read(key), headers=headers, media_type="application/zip")

    async def _find(self, reader: Reader, actor: Actor, export_id: str) -> ExportRow:
        row = await reader.row(EXPORT_BY_ID, user_id=actor.id, id=export_id)
        if row is None or row.expires_at <= self._clock.now():
            raise NotFound("export")
        return row

    async def make(self, wanted: MakeExport, running: Running) -> None:
        """Collect everything and store the archive."""
        row = await self._database.reader.row(EXPORT_BY_ID, user_id=wanted.user_id, id=wanted.export_id)
        if row is None or row.state == "ready":
            return
        size = await self._store_archive(row)

        async def act(tx: Transaction) -> None:
            await self._settle(tx, wanted, "ready", size)
            await running.finish(tx)

        await self._database.write(act)

    async def gave_up(self, wanted: MakeExport, tx: Transaction) -> None:
        """Say that it could not be made. An administrator may let the job run again."""
        await self._settle(tx, wanted, "failed", None)

    async def _store_archive(self, row: ExportRow) -> int:
        """The size of the archive in bytes."""
        with tempfile.TemporaryFile() as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for source in self._sources:
                    async for each in source.files_of(self._database.reader, row.user_id):
                        await _add(archive, each)
            await asyncio.to_thread(file.seek, 0)
            stored = await self._objects.put(archive_key(row.user_id, row.id), pieces_of(file), LIMIT)
        return stored.size

    async def _settle(self, tx: Transaction, wanted: MakeExport, state: ExportState, size: int | None) -> None:
        work = Work(tx, profile_stream(wanted.user_id), None, self._clock.now(), origin="system")
        today = await tx.row(EXPORT_BY_ID, user_id=wanted.user_id, id=wanted.export_id)
        if today is not None:
            await work.update(EXPORT, today, state=state, size=size)
            await work.finish()

    async def forget(self, wanted: ForgetExport, _running: Running) -> None:
        """Delete an archive."""
        await self._objects.delete(archive_key(wanted.user_id, wanted.export_id))

    async def sweep(self, _nothing: object, _running: Running) -> None:
        """Delete exports that are older than a week."""
        for row in await self._database.reader.rows(EXPIRED_EXPORTS, now=self._clock.now()):
            await self._objects.delete(archive_key(row.user_id, row.id))
            await self._delete(row)

    async def _delete(self, row: ExportRow) -> None:
        async def act(tx: Transaction) -> None:
            work = Work(tx, profile_stream(row.user_id), None, self._clock.now(), origin="system")
            today = await tx.row(EXPORT_BY_ID, user_id=row.user_id, id=row.id)
            if today is not None:
                await work.delete(EXPORT, today)
                await work.finish()

        await self._database.write(act)


async def _add(archive: zipfile.ZipFile, each: PersonalFile) -> None:
    if isinstance(each.content, bytes):
        await asyncio.to_thread(archive.writestr, each.path, each.content)
        return
    entry = await asyncio.to_thread(archive.open, each.path, "w", force_zip64=True)
    try:
        async for piece in each.content:
            await asyncio.to_thread(entry.write, piece)
    finally:
        await asyncio.to_thread(entry.close)
