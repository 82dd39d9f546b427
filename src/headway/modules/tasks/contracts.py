"""What others may know of this module: the shapes of its objects and of what changes them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.domain import limits
from headway.modules.tasks.domain.access import Level, Role
from headway.platform.ids import ID_PATTERN
from headway.platform.web.decode import line, text

Priority = Literal["none", "low", "medium", "high", "urgent"]
Category = Literal["backlog", "todo", "in_progress", "completed", "canceled"]

IdText = Annotated[str, msgspec.Meta(pattern=ID_PATTERN, description="UUID in lower case")]
Name = Annotated[str, line(limits.NAME_LENGTH)]
Title = Annotated[str, line(limits.TITLE_LENGTH)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=limits.ESTIMATE_MINUTES)]


class Workspace(msgspec.Struct, frozen=True):
    """A workspace as its members see it; `role` is the reader's."""

    id: str
    name: str
    slug: str
    kind: Literal["personal", "team"]
    role: Role
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int


class NewWorkspace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Name
    id: IdText | None = None


class Project(msgspec.Struct, frozen=True):
    """A project; `level` is what the reader may do in it."""

    id: str
    workspace_id: str
    key: str
    name: str
    description: str
    color: str
    icon: str
    kind: Literal["inbox", "project"]
    access: Literal["open", "private"]
    level: Level
    position: str
    archived_at: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int


class Task(msgspec.Struct, frozen=True):
    """A task, whole. `description` is left out of lists unless asked for."""

    id: str
    key: str
    workspace_id: str
    project_id: str
    parent_id: str | None
    title: str
    status: str
    status_category: Category
    priority: Priority
    start_date: date | None
    due_date: date | None
    due_time: str | None
    due_zone: str | None
    due_at: datetime | None
    assignee_ids: tuple[str, ...]
    label_ids: tuple[str, ...]
    watcher_ids: tuple[str, ...]
    estimate_minutes: int | None
    position: str
    recurrence: dict[str, Any] | None  # Any: a rule with its zone, or days after completion
    completed_at: datetime | None
    trashed_at: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int
    description: str | UnsetType = UNSET


IdList = Annotated[tuple[IdText, ...], msgspec.Meta(max_length=limits.LABELS_PER_TASK)]
TimeText = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Wall time, HH:MM")]
ZoneText = Annotated[str, msgspec.Meta(max_length=limits.ZONE_LENGTH, description="IANA time zone")]
StatusKey = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,32}$")]
PositionText = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z]{1,200}$", description="Fractional index")]
Description = Annotated[str, text(limits.DESCRIPTION_LENGTH)]


class RecurrenceInput(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Either `rule` (RFC 5545) with an optional `zone`, or `after_completion_days`."""

    rule: Annotated[str, msgspec.Meta(max_length=limits.RULE_LENGTH)] | None = None
    zone: ZoneText | None = None
    after_completion_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] | None = None


class NewTask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task to make: only the title is needed. Without a project it lands in the caller's Inbox."""

    title: Title
    id: IdText | None = None
    workspace_id: IdText | None = None
    project_id: IdText | None = None
    parent_id: IdText | None = None
    description: Description = ""
    status: StatusKey | None = None
    priority: Priority = "none"
    start_date: date | None = None
    due_date: date | None = None
    due_time: TimeText | None = None
    due_zone: ZoneText | None = None
    assignee_ids: IdList = ()
    label_ids: IdList = ()
    estimate_minutes: Minutes | None = None
    position: PositionText | None = None
    recurrence: RecurrenceInput | None = None


class TaskPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields to change; those left out stay. `base_version` is the version whose description was edited."""

    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    base_version: Annotated[int, msgspec.Meta(ge=1)] | UnsetType = UNSET
    status: StatusKey | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    start_date: date | None | UnsetType = UNSET
    due_date: date | None | UnsetType = UNSET
    due_time: TimeText | None | UnsetType = UNSET
    due_zone: ZoneText | None | UnsetType = UNSET
    project_id: IdText | UnsetType = UNSET
    parent_id: IdText | None | UnsetType = UNSET
    assignee_ids: IdList | UnsetType = UNSET
    label_ids: IdList | UnsetType = UNSET
    estimate_minutes: Minutes | None | UnsetType = UNSET
    recurrence: RecurrenceInput | None | UnsetType = UNSET


class NewProject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A project to make, in the workspace named by `workspace_id` or the caller's personal one."""

    key: Annotated[str, msgspec.Meta(pattern=r"^[A-Z][A-Z0-9]{0,9}$")]
    name: Name
    id: IdText | None = None
    workspace_id: IdText | None = None
    description: Annotated[str, text(2000)] = ""
    color: Literal["gray", "red", "orange", "yellow", "green", "teal", "blue", "pink"] = "gray"
    icon: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{0,32}$")] = ""
    access: Literal["open", "private"] = "open"


class TaskPage(msgspec.Struct, frozen=True):
    """One page of a list."""

    items: list[Task]
    next_cursor: str | None = None


class WorkspaceList(msgspec.Struct, frozen=True):
    """All of the reader's workspaces."""

    items: list[Workspace]
    next_cursor: str | None = None


class ProjectList(msgspec.Struct, frozen=True):
    """The projects that the reader sees."""

    items: list[Project]
    next_cursor: str | None = None
