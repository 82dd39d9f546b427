"""Shapes of attachments."""

from datetime import datetime

import msgspec


class Attachment(msgspec.Struct, frozen=True):
    """A file on a task. `content_url` and `thumbnail_url` are below /api/v1; there is a thumbnail of pictures only."""

    id: str
    task_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    content_url: str
    thumbnail_url: str | None
    created_by: str
    created_at: datetime
    version: int


class AttachmentList(msgspec.Struct, frozen=True):
    """Files of a task, the oldest first."""

    items: list[Attachment]
    next_cursor: str | None = None


class UploadedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that has been received: what its attachment will say. The same bytes under the same name are the same."""

    name: str
    media_type: str
    size: int
    sha256: str
    id: str | None = None
