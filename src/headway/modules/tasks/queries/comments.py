"""Comments of a task, in pages, as Markdown and on request as HTML."""

from datetime import timedelta
from typing import Annotated, Final, Literal

import msgspec
from msgspec.structs import replace

from headway.modules.tasks.contracts.comments import Comment, CommentPage
from headway.modules.tasks.domain.markdown import to_html
from headway.modules.tasks.queries.cursors import read_cursor, write_cursor
from headway.modules.tasks.store import comments, scoped
from headway.modules.tasks.store.comments import CommentRow
from headway.modules.tasks.store.locate import member_for
from headway.modules.tasks.views import same
from headway.platform.actor import Actor
from headway.platform.clock import EPOCH
from headway.platform.db.port import Reader
from headway.platform.ids import NIL_ID

HTML_AT_ONCE: Final = 100_000
"""Code points of Markdown in one answer: the worst of it costs 40 microseconds each."""
_MICROSECOND: Final = timedelta(microseconds=1)


class CommentQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`include=html` adds the comment as HTML that cannot run."""

    include: Literal["html"] | None = None


class CommentsQuery(CommentQuery, frozen=True, forbid_unknown_fields=True):
    """A page of comments; `cursor` is the last page's `next_cursor`."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=300)] | None = None


async def list_comments(reader: Reader, actor: Actor, query: CommentsQuery, *, task_id: str) -> CommentPage:
    """List a task's comments, the oldest first."""
    member = await member_for(reader, actor, "task", task_id)
    await scoped.task(reader, member, task_id)
    at, after = EPOCH, NIL_ID
    if query.cursor is not None:
        place = read_cursor(query.cursor, task_id, int)
        at, after = EPOCH + int(place.value) * _MICROSECOND, place.id
    rows = await reader.rows(
        comments.COMMENTS_OF,
        workspace_id=member.workspace_id,
        task_id=task_id,
        at=at,
        after=after,
        limit=query.limit + 1,
    )
    page = rows[: query.limit]
    if query.include:
        page = _affordable(page)
    last = write_cursor(task_id, (page[-1].created_at - EPOCH) // _MICROSECOND, page[-1].id) if page else None
    return CommentPage([_shown(row, query) for row in page], last if len(rows) > len(page) else None)


def _affordable(page: list[CommentRow]) -> list[CommentRow]:
    """As many as are made into HTML at once; the next page goes on after them."""
    size = 0
    for index, row in enumerate(page):
        size += len(row.body)
        if size > HTML_AT_ONCE and index > 0:
            return page[:index]
    return page


async def get_comment(reader: Reader, actor: Actor, query: CommentQuery, *, comment_id: str) -> Comment:
    """Read one comment."""
    member = await member_for(reader, actor, "comment", comment_id)
    return _shown(await scoped.within(reader, member, comments.COMMENT_BY_ID, comment_id, "view", "comment"), query)


def _shown(row: CommentRow, query: CommentQuery) -> Comment:
    shown = same(row, Comment)
    return replace(shown, html=to_html(row.body)) if query.include else shown
