"""Comments on tasks. `project_id` is the task's, so that a comment is seen by whoever sees the task."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Index, Table, Text, bindparam, select, tuple_
from sqlalchemy.dialects.mysql import MEDIUMTEXT

from headway.changes.contracts import project_scope
from headway.changes.work import Kind
from headway.modules.tasks.store import search, search_index
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.port import Transaction
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant, Json

Ids = tuple[str, ...]

comments: Final = Table(
    "comments",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("task_id", Id, nullable=False),
    Column("project_id", Id, nullable=False),
    Column("body", Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb"), nullable=False),
    Column("mention_ids", Json(Ids), nullable=False, comment="people named in the body who see the task"),
    Column("created_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("edited_at", Instant),
    Column("version", BigInteger, nullable=False),
    Index("comments_of_task", "workspace_id", "task_id", "created_at", "id"),
    sqlite_with_rowid=False,
)


class CommentRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    task_id: str
    project_id: str
    body: str
    mention_ids: Ids
    created_by: str
    created_at: datetime
    edited_at: datetime | None
    version: int


async def _follow(tx: Transaction, before: CommentRow | None, after: CommentRow | None) -> None:
    await search_index.follow(tx, document_of(before), document_of(after))


def document_of(row: CommentRow | None) -> search.Document | None:
    """What search finds of a comment."""
    if row is None:
        return None
    return search.Document(row.workspace_id, row.project_id, "comment", row.id, "", row.body)


COMMENT: Final = Kind(
    "comment",
    comments,
    CommentRow,
    lambda row: project_scope(row.project_id),
    lambda row: row.task_id,
    follow=_follow,
)

_IN_WORKSPACE: Final = comments.c.workspace_id == bindparam("workspace_id")
_AFTER: Final = tuple_(comments.c.created_at, comments.c.id) > tuple_(
    bindparam("at", type_=comments.c.created_at.type), bindparam("after", type_=comments.c.id.type)
)
COMMENT_BY_ID: Final = rows_of(comments, CommentRow, _IN_WORKSPACE, comments.c.id == bindparam("id"))
COMMENTS_OF: Final = Statement(
    select(*columns_of(comments, CommentRow))
    .where(
        _IN_WORKSPACE,
        comments.c.task_id == bindparam("task_id"),
        _AFTER,
    )
    .order_by(comments.c.created_at, comments.c.id)
    .limit(bindparam("limit")),
    CommentRow,
)
