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
    """A file that has been received: what its sender says of it, its first bytes, and what is sure."""

    name: str
    declared_type: str
    head: bytes
    size: int
    sha256: str
    id: str | None = None


class StartedUpload(msgspec.Struct, frozen=True):
    """A place for a file that is about to come: its id, and the key under which its bytes go."""

    file_id: str
    key: str


class StoredFile(msgspec.Struct, frozen=True):
    """Where the bytes of an attachment or its thumbnail are, and what they are. `etag` is without quotes."""

    key: str
    name: str
    media_type: str
    etag: str
