"""Files of a task, and where their bytes are."""

from headway.modules.tasks.contracts.attachments import AttachmentList, StoredFile
from headway.modules.tasks.store import attachments, scoped
from headway.modules.tasks.store.attachments import AttachmentRow, file_key, thumbnail_key
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.views import attachment_view
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.problems import NotFound


async def list_attachments(reader: Reader, actor: Actor, _query: None, *, task_id: str) -> AttachmentList:
    """List a task's files, the oldest first."""
    member = await member_for(reader, actor, "task", task_id)
    await scoped.task(reader, member, task_id)
    rows = await reader.rows(attachments.ATTACHMENTS_OF, workspace_id=member.workspace_id, task_id=task_id)
    return AttachmentList([attachment_view(row) for row in rows])


async def stored_file(reader: Reader, actor: Actor, attachment_id: str) -> StoredFile:
    """Where a file is that the actor sees; NotFound."""
    row = await _seen(reader, actor, attachment_id)
    return StoredFile(file_key(row.workspace_id, row.file_id), row.name, row.media_type, row.sha256)


async def stored_thumbnail(reader: Reader, actor: Actor, attachment_id: str) -> StoredFile:
    """Where the thumbnail of a picture is that the actor sees; NotFound."""
    row = await _seen(reader, actor, attachment_id)
    if not row.has_thumbnail:
        raise NotFound("thumbnail")
    key = thumbnail_key(row.workspace_id, row.file_id)
    return StoredFile(key, f"{row.name}.webp", "image/webp", f"{row.sha256}-thumbnail")


async def _seen(reader: Reader, actor: Actor, attachment_id: str) -> AttachmentRow:
    member = await member_for(reader, actor, "attachment", attachment_id)
    return await scoped.within(reader, member, attachments.ATTACHMENT_BY_ID, attachment_id, "view", "attachment")
