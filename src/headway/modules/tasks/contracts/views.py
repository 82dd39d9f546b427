"""Shapes of saved views."""

from datetime import date, datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.contracts.values import Icon, Name, PositionText, Priority, StatusKey
from headway.modules.tasks.domain.defaults import Category
from headway.platform.ids import ID_PATTERN
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText

Sharing = Literal["me", "workspace", "project"]
Layout = Literal["list", "board", "calendar"]
Grouping = Literal["none", "status", "priority", "assignee", "label", "project", "due"]
PersonOrWord = Annotated[
    str,
    msgspec.Meta(pattern=rf"^(me|nobody|{ID_PATTERN.strip('^$')})$(?!\n)", description="UUID, or `me`, or `nobody`"),
]
Property = Literal["key", "labels", "project", "due", "priority", "assignees", "estimate", "subtasks"]
Thing = Literal["assignee", "due", "estimate", "label", "parent", "recurrence", "start"]
Ids = Annotated[tuple[IdText, ...], msgspec.Meta(max_length=50)]


class ViewFilters(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which tasks: each filter that is not empty must hold, and within one any of its values may.

    `me` among the assignees is whoever looks, `nobody` stands for tasks without one. Days are the reader's. A task must
    have every thing that `has` names. `closed` says whether completed and canceled tasks are shown.
    """

    statuses: Annotated[tuple[StatusKey, ...], msgspec.Meta(max_length=50)] = ()
    categories: Annotated[tuple[Category, ...], msgspec.Meta(max_length=5)] = ()
    priorities: Annotated[tuple[Priority, ...], msgspec.Meta(max_length=5)] = ()
    assignees: Annotated[tuple[PersonOrWord, ...], msgspec.Meta(max_length=50)] = ()
    label_ids: Ids = ()
    project_ids: Ids = ()
    created_by: Annotated[tuple[PersonOrWord, ...], msgspec.Meta(max_length=50)] = ()
    due: Literal["overdue", "today", "this_week", "next_7_days", "none", "any"] | None = None
    due_before: date | None = None
    due_after: date | None = None
    has: Annotated[tuple[Thing, ...], msgspec.Meta(max_length=7)] = ()
    q: Annotated[str, line(200, 0)] = ""
    closed: bool = True
    with_subtasks: bool = True


class ViewSort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the things to sort by."""

    by: Literal["position", "priority", "due", "created", "updated", "title", "status", "estimate"]
    descending: bool = False


Properties = Annotated[
    tuple[Property, ...],
    msgspec.Meta(max_length=8, description="What rows and cards show besides the title"),
]
ALL_PROPERTIES: Final[tuple[Property, ...]] = (
    "key",
    "labels",
    "project",
    "due",
    "priority",
    "assignees",
    "estimate",
    "subtasks",
)
Sorting = Annotated[tuple[ViewSort, ...], msgspec.Meta(max_length=3)]


class View(msgspec.Struct, frozen=True):
    """A saved view. `shared_with`: its owner alone, the workspace's members, or who sees the project."""

    id: str
    workspace_id: str
    owner_id: str
    shared_with: Sharing
    project_id: str | None
    name: str
    icon: str
    layout: Layout
    filters: ViewFilters
    grouping: Grouping
    sorting: Sorting
    properties: Properties
    position: str
    created_at: datetime
    updated_at: datetime
    version: int


class ViewList(msgspec.Struct, frozen=True):
    """The views that the reader sees, in order."""

    items: list[View]
    next_cursor: str | None = None


class NewView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A view to save, in the workspace named by `workspace_id` or the caller's personal one."""

    name: Name
    id: IdText | None = None
    workspace_id: IdText | None = None
    project_id: IdText | None = None
    shared_with: Sharing = "me"
    icon: Icon = ""
    layout: Layout = "list"
    filters: ViewFilters = ViewFilters()
    grouping: Grouping = "none"
    sorting: Sorting = ()
    properties: Properties = ALL_PROPERTIES
    position: PositionText | None = None


class ViewPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields to change; those left out stay. Only the owner decides with whom it is shared."""

    name: Name | UnsetType = UNSET
    project_id: IdText | UnsetType | None = UNSET
    shared_with: Sharing | UnsetType = UNSET
    icon: Icon | UnsetType = UNSET
    layout: Layout | UnsetType = UNSET
    filters: ViewFilters | UnsetType = UNSET
    grouping: Grouping | UnsetType = UNSET
    sorting: Sorting | UnsetType = UNSET
    properties: Properties | UnsetType = UNSET
    position: PositionText | UnsetType = UNSET
