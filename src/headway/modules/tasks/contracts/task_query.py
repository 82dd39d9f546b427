"""What may be asked of a list of tasks."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from headway.modules.tasks.contracts.values import Priority, StatusKey
from headway.modules.tasks.domain.defaults import Category
from headway.platform.ids import ID_PATTERN
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText

_UUID = ID_PATTERN.strip("^$")

Person = Annotated[str, msgspec.Meta(pattern=f"^(me|none|{_UUID})$(?!\\n)", description="User id, `me`, or `none`")]
Parent = Annotated[str, msgspec.Meta(pattern=f"^(none|{_UUID})$(?!\\n)", description="Task id, or `none`")]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=60, description="Id or name of a label")]
Words = Annotated[str, line(500)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=200)]
Cursor = Annotated[str, msgspec.Meta(max_length=500, description="`next_cursor` of the page before")]
SortKey = Literal[
    "position",
    "-position",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
    "due_date",
    "-due_date",
    "priority",
    "-priority",
    "title",
    "-title",
]


class TaskQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Filters, all of which must hold; one that is given several times holds when one of its values does.

    `completed`: only completed tasks, or only open ones (neither completed nor canceled). `due_before` and `due_after`
    leave out the day itself. `q`: words of title and description. `trashed`: what is in the trash, which is left out
    otherwise. In the order of due dates tasks without one come last (first with `-due_date`).
    """

    workspace_id: IdText | None = None
    project_id: tuple[IdText, ...] = ()
    status: tuple[StatusKey, ...] = ()
    status_category: tuple[Category, ...] = ()
    completed: bool | None = None
    priority: tuple[Priority, ...] = ()
    assignee_id: tuple[Person, ...] = ()
    label: tuple[Label, ...] = ()
    due_before: date | None = None
    due_after: date | None = None
    parent_id: Parent | None = None
    q: Words | None = None
    updated_after: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    trashed: bool = False
    include: tuple[Literal["description"], ...] = ()
    sort: SortKey = "-created_at"
    limit: Limit = 50
    cursor: Cursor | None = None


class ByKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to look for a key: in one workspace, else in all of the reader's."""

    workspace_id: IdText | None = None
