"""Shapes of search."""

from typing import Annotated, Literal

import msgspec

from headway.modules.tasks.contracts.task_query import Cursor, Limit, Words
from headway.modules.tasks.contracts.tasks import Task
from headway.platform.web.fields import IdText

Ranges = Annotated[
    list[tuple[int, int]],
    msgspec.Meta(description="What was found: start and end (exclusive) of each stretch, in Unicode code points"),
]


class SearchQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to look for: words or their beginnings, all of which must be found; phrases in quotes; a task's key."""

    q: Words
    workspace_id: IdText | None = None
    limit: Limit = 20
    cursor: Cursor | None = None


class Found(msgspec.Struct, frozen=True):
    """Something that was found. `task` is the task itself, or the one that a comment is on; null for a project.

    `title` is the task's or project's; `excerpt` a piece of the description or comment.
    """

    kind: Literal["task", "comment", "project"]
    id: str
    workspace_id: str
    project_id: str
    key: str
    title: str
    title_ranges: Ranges
    excerpt: str
    excerpt_ranges: Ranges
    task: Task | None


class FoundPage(msgspec.Struct, frozen=True):
    """The best first."""

    items: list[Found]
    next_cursor: str | None = None
