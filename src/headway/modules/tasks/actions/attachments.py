"""Files on tasks. An upload is two transactions with the bytes between them; until the second the file is loose."""

from dataclasses import dataclass
from typing import Final

import msgspec

from headway.changes.work import Work
from headway.modules.tasks.actions.tasks.trash import live_task
from headway.modules.tasks.contracts.attachments import Attachment, StartedUpload, UploadedFile
from headway.modules.tasks.domain.access import Member
from headway.modules.tasks.domain.files import PICTURES, file_name, media_type
from headway.modules.tasks.domain.limits import ATTACHMENTS_PER_TASK
from headway.modules.tasks.store import attachments, scoped
from headway.modules.tasks.store.attachments import ATTACHMENT, AttachmentRow, file_key, loose_files
from headway.modules.tasks.views import attachment_view
from headway.platform.db.statement import insert_into
from headway.platform.ids import new_id
from headway.platform.jobs import enqueue
from headway.platform.pictures import MAX_BYTES
from headway.platform.problems import Conflict, Invalid

THUMBNAIL_JOB: Final = "tasks.thumbnail"


class Thumbnail(msgspec.Struct, frozen=True):
    """Whose thumbnail to make."""

    workspace_id: str
    attachment_id: str


@dataclass(frozen=True)
class Attaching:
    """`workspace_bytes` is what all files of a workspace may have together."""

    workspace_bytes: int

    async def start(self, work: Work, member: Member, _body: None, *, task_id: str) -> StartedUpload:
        """Make room for a file, before its bytes come."""
        await live_task(work, member, task_id)
        await self._check_room(work, task_id, 1)
        file_id = new_id()
        loose = {"workspace_id": work.stream.owner, "file_id": file_id, "since": work.now, "size": 0}
        await work.tx.execute(insert_into(loose_files), **loose)
        return StartedUpload(file_id, file_key(work.stream.owner, file_id))

    async def attach(self, work: Work, member: Member, body: UploadedFile, *, task_id: str, file_id: str) -> Attachment:
        """Attach a file whose bytes have come."""
        task, _ = await live_task(work, member, task_id)
        await self._check_room(work, task_id, body.size)
        row = AttachmentRow(
            workspace_id=task.workspace_id,
            id=body.id or new_id(),
            task_id=task_id,
            project_id=task.project_id,
            file_id=file_id,
            name=file_name(body.name),
            media_type=media_type(body.head, body.declared_type),
            size=body.size,
            sha256=body.sha256,
            has_thumbnail=False,
            created_by=member.user_id,
            created_at=work.now,
            version=1,
        )
        await work.insert(ATTACHMENT, row)
        if row.media_type in PICTURES and row.size <= MAX_BYTES:
            await enqueue(work.tx, THUMBNAIL_JOB, Thumbnail(row.workspace_id, row.id), work.now, key=row.id)
        return attachment_view(row)

    async def _check_room(self, work: Work, task_id: str, size: int) -> None:
        if size == 0:
            raise Invalid("empty_file", "The file is empty.")
        workspace_id = work.stream.owner
        there = await work.tx.rows(attachments.ATTACHMENTS_OF, workspace_id=workspace_id, task_id=task_id)
        if len(there) >= ATTACHMENTS_PER_TASK:
            raise Conflict("too_many_attachments", f"A task has at most {ATTACHMENTS_PER_TASK} files.")
        held = await work.tx.row(attachments.BYTES_OF_WORKSPACE, workspace_id=workspace_id) or 0
        held += await work.tx.row(attachments.LOOSE_BYTES_OF_WORKSPACE, workspace_id=workspace_id) or 0
        if held + size > self.workspace_bytes:
            raise Conflict(
                "workspace_full",
                f"The files of a workspace may have {self.workspace_bytes} bytes together; those of deleted files "
                "count until they are gone, which is a day later.",
            )


async def delete_attachment(work: Work, member: Member, _body: None, *, attachment_id: str) -> None:
    """Remove a file from a task. It can be had back by undo for a day."""
    row = await scoped.within(work.tx, member, attachments.ATTACHMENT_BY_ID, attachment_id, "edit", "attachment")
    work.check_version(row)
    await work.delete(ATTACHMENT, row)
