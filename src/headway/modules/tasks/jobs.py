"""What this module does in the background."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from headway.changes.work import Work
from headway.modules.auth.contracts import Accounts, Mailer
from headway.modules.tasks.actions.attachments import THUMBNAIL_JOB, Thumbnail
from headway.modules.tasks.actions.invitations import LIFETIME, MAIL_JOB, InvitationMail, link_to
from headway.modules.tasks.actions.purging import PURGE_JOB, PurgeWorkspace, purge, purge_workspace
from headway.modules.tasks.domain.invitation_link import token_of
from headway.modules.tasks.store import attachments, invitations, workspaces
from headway.modules.tasks.store.attachments import ATTACHMENT, LOOSE_FOR, LooseFile, file_key, thumbnail_key
from headway.modules.tasks.store.workspaces import stream_of
from headway.modules.users.contracts import People
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction
from headway.platform.jobs import JobType, Nothing, Running, Schedule, daily, every
from headway.platform.objects import ObjectStore
from headway.platform.pictures import MAX_BYTES, BadPicture, thumbnail_webp

THUMBNAIL_EDGE: Final = 400
LOOSE_FILES_JOB: Final = "tasks.loose_files"
_AT_ONCE: Final = 100

TRASH_JOB: Final = "tasks.trash"

SCHEDULES: Final[tuple[Schedule, ...]] = (every(LOOSE_FILES_JOB, timedelta(hours=1)), daily(TRASH_JOB, 3))


@dataclass(frozen=True)
class InvitationMails:
    """Sends the mail of an invitation: at least once, and not for a link that is valid no longer."""

    database: Database
    people: People
    accounts: Accounts
    mailer: Mailer
    secret: bytes
    public_url: str

    def job(self) -> JobType[InvitationMail]:
        """The job type."""
        return JobType(name=MAIL_JOB, payload=InvitationMail, run=self._send)

    async def _send(self, mail: InvitationMail, _running: Running) -> None:
        reader = self.database.reader
        row = await reader.row(invitations.INVITATION_BY_ID, workspace_id=mail.workspace_id, id=mail.invitation_id)
        workspace = await reader.row(workspaces.WORKSPACE_BY_ID, id=mail.workspace_id)
        if row is None or workspace is None or row.link != mail.link or row.revoked_at or row.accepted_at:
            return
        inviter = await self.people.profile(reader, row.invited_by)
        values = {
            "key": f"invitation-{row.id}-{row.link}",
            "link": link_to(self.public_url, token_of(self.secret, row.workspace_id, row.id, row.link)),
            "from_name": inviter.name if inviter else "",
            "workspace_name": workspace.name,
            "days": str(LIFETIME.days),
        }
        receiver = await self.accounts.by_email(reader, row.email) or inviter
        await self.mailer.send(row.email, "workspace_invitation", receiver.language if receiver else "en", values)


@dataclass(frozen=True)
class TrashJob:
    """Empties the trash of what has been there for too long (`kept`), whole projects and deleted workspaces too.

    What somebody who was erased has left goes at once.
    """

    database: Database
    clock: Clock
    kept: timedelta

    def job(self) -> JobType[Nothing]:
        """The job type."""
        return JobType(name=TRASH_JOB, payload=Nothing, run=self._empty)

    def purge(self) -> JobType[PurgeWorkspace]:
        """The job type that purges one workspace."""
        return JobType(name=PURGE_JOB, payload=PurgeWorkspace, run=self._purge)

    async def _empty(self, _payload: Nothing, _running: Running) -> None:
        await purge(self.database, self.clock.now(), self.kept)

    async def _purge(self, asked: PurgeWorkspace, _running: Running) -> None:
        await purge_workspace(self.database, asked.workspace_id, self.clock.now())


@dataclass(frozen=True)
class FileJobs:
    """Makes thumbnails, and removes files that nothing has referred to for a day."""

    database: Database
    clock: Clock
    objects: ObjectStore

    def thumbnails(self) -> JobType[Thumbnail]:
        """The job type of thumbnails."""
        return JobType(name=THUMBNAIL_JOB, payload=Thumbnail, run=self._make_thumbnail)

    def loose_files(self) -> JobType[Nothing]:
        """The job type that removes loose files."""
        return JobType(name=LOOSE_FILES_JOB, payload=Nothing, run=self._remove_loose)

    async def _make_thumbnail(self, wanted: Thumbnail, running: Running) -> None:
        where = {"workspace_id": wanted.workspace_id, "id": wanted.attachment_id}
        row = await self.database.reader.row(attachments.ATTACHMENT_BY_ID, **where)
        if row is None or row.size > MAX_BYTES:
            return
        try:
            data = b"".join([piece async for piece in self.objects.read(file_key(row.workspace_id, row.file_id))])
            small = await asyncio.to_thread(thumbnail_webp, data, THUMBNAIL_EDGE)
        except BadPicture:  # it only began like a picture; it stays a file without a thumbnail
            return
        await self.objects.put(thumbnail_key(row.workspace_id, row.file_id), _one(small), len(small))

        async def note(tx: Transaction) -> None:
            current = await tx.row(attachments.ATTACHMENT_BY_ID, **where)
            if current is not None:
                work = Work(tx, stream_of(wanted.workspace_id), None, self.clock.now(), origin="system")
                await work.update(ATTACHMENT, current, has_thumbnail=True)
                await work.finish()
            await running.finish(tx)

        await self.database.write(note)

    async def _remove_loose(self, _payload: Nothing, _running: Running) -> None:
        before = self.clock.now() - LOOSE_FOR
        while True:
            found = await self.database.reader.rows(attachments.LOOSE_BEFORE, before=before, limit=_AT_ONCE)
            for loose in found:
                await self._remove(loose)
            if len(found) < _AT_ONCE:
                return

    async def _remove(self, loose: LooseFile) -> None:
        """First the bytes, then the note of them: after a crash between the two it is done again."""
        where = {"workspace_id": loose.workspace_id, "file_id": loose.file_id}
        if await self.database.reader.row(attachments.ATTACHMENT_OF_FILE, **where) is None:
            await self.objects.delete(file_key(loose.workspace_id, loose.file_id))
            await self.objects.delete(thumbnail_key(loose.workspace_id, loose.file_id))

        async def forget(tx: Transaction) -> None:
            await tx.execute(attachments.FORGET_LOOSE, of_workspace=loose.workspace_id, file=loose.file_id)

        await self.database.write(forget)


async def _one(piece: bytes) -> AsyncIterator[bytes]:
    yield piece
