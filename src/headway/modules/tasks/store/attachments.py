"""Attachments: what is known of a file. Its bytes are in the file store, under a key that only the server makes.

A file that no attachment refers to is *loose*: an upload under way, or what a deleted attachment left behind. Loose
files are removed after a day, so that an undo finds them and a crash leaves nothing behind; their bytes count until
they are gone.
"""

from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam, delete, func, select

from headway.changes.contracts import project_scope
from headway.changes.work import Kind
from headway.modules.tasks.contracts.workspaces import WorkspaceUsage
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, command, rows_of
from headway.platform.db.types import Flag, Id, Instant

attachments: Final = Table(
    "attachments",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("task_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("file_id", Id, nullable=False),
    Column("name", String(255), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("has_thumbnail", Flag, nullable=False),
    Column("created_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("attachments_of_task", "workspace_id", "task_id", "created_at", "id"),
    Index("attachments_by_file", "workspace_id", "file_id"),
    sqlite_with_rowid=False,
)

loose_files: Final = Table(
    "loose_files",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("file_id", Id, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("size", BigInteger, nullable=False, comment="0 while it is still being uploaded"),
    Index("loose_files_by_age", "since"),
    sqlite_with_rowid=False,
)

LOOSE_FOR: Final = timedelta(days=1)
"""How long a file that nothing refers to is kept, so that a removal can be undone."""


class AttachmentRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    task_id: str
    project_id: str
    file_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    has_thumbnail: bool
    created_by: str
    created_at: datetime
    version: int


class LooseFile(msgspec.Struct, frozen=True):
    """A file that nothing refers to, since when; its size in bytes."""

    workspace_id: str
    file_id: str
    since: datetime
    size: int


ATTACHMENT: Final = Kind(
    "attachment", attachments, AttachmentRow, lambda row: project_scope(row.project_id), lambda row: row.task_id
)

_IN_WORKSPACE: Final = attachments.c.workspace_id == bindparam("workspace_id")
ATTACHMENT_BY_ID: Final = rows_of(attachments, AttachmentRow, _IN_WORKSPACE, attachments.c.id == bindparam("id"))
ATTACHMENT_OF_FILE: Final = rows_of(
    attachments, AttachmentRow, _IN_WORKSPACE, attachments.c.file_id == bindparam("file_id")
)
ATTACHMENTS_OF: Final = Statement(
    select(*columns_of(attachments, AttachmentRow))
    .where(_IN_WORKSPACE, attachments.c.task_id == bindparam("task_id"))
    .order_by(attachments.c.created_at, attachments.c.id),
    AttachmentRow,
)
BYTES_OF_WORKSPACE: Final = Statement(select(func.coalesce(func.sum(attachments.c.size), 0)).where(_IN_WORKSPACE), int)
LOOSE_BYTES_OF_WORKSPACE: Final = Statement(
    select(func.coalesce(func.sum(loose_files.c.size), 0)).where(
        loose_files.c.workspace_id == bindparam("workspace_id")
    ),
    int,
)
USAGE_OF_WORKSPACE: Final = Statement(
    select(func.count(), func.coalesce(func.sum(attachments.c.size), 0)).where(_IN_WORKSPACE), WorkspaceUsage
)
LOOSE_BEFORE: Final = Statement(
    select(*columns_of(loose_files, LooseFile))
    .where(loose_files.c.since < bindparam("before"))
    .order_by(loose_files.c.since)
    .limit(bindparam("limit")),
    LooseFile,
)
FORGET_LOOSE: Final = command(
    delete(loose_files).where(
        loose_files.c.workspace_id == bindparam("of_workspace"), loose_files.c.file_id == bindparam("file")
    )
)


def file_key(workspace_id: str, file_id: str) -> str:
    """Where a file's bytes are."""
    return f"attachments/{workspace_id}/{file_id}"


def thumbnail_key(workspace_id: str, file_id: str) -> str:
    """Where a picture's thumbnail is."""
    return f"thumbnails/{workspace_id}/{file_id}.webp"
