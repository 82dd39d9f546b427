"""Shapes of comments."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.domain import limits
from headway.platform.web.fields import IdText

CommentBody = Annotated[
    str, msgspec.Meta(min_length=1, max_length=limits.COMMENT_LENGTH, extra={"clean": "text"}, description="Markdown")
]


class Comment(msgspec.Struct, frozen=True):
    """A comment. `body` is Markdown; `html` is there when asked for with `include=html`.

    `mention_ids` are the people named in it who see the task. `no_access` are those who don't: they were told nothing.
    `merge_conflict`: somebody had changed some of the same lines; the later edit stands, the log has the other.
    """

    id: str
    task_id: str
    body: str
    mention_ids: tuple[str, ...]
    created_by: str
    created_at: datetime
    edited_at: datetime | None
    version: int
    no_access: tuple[str, ...] | UnsetType = UNSET
    merge_conflict: bool | UnsetType = UNSET
    html: str | UnsetType = UNSET


class CommentPage(msgspec.Struct, frozen=True):
    """Comments of a task, the oldest first."""

    items: list[Comment]
    next_cursor: str | None = None


class NewComment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A comment to add. People are mentioned as `[@Ann](headway:user/<id>)`."""

    body: CommentBody
    id: IdText | None = None


class CommentPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The new body. With `base_version`, the version that was edited, later changes of it are merged in.

    `base_body` instead is that text itself, for who edits on top of an edit of theirs that has no version yet.
    """

    body: CommentBody
    base_version: Annotated[int, msgspec.Meta(ge=1)] | None = None
    base_body: CommentBody | None = None
