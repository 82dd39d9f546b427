"""Shapes of tasks."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.contracts.values import (
    Description,
    IdList,
    Minutes,
    PeopleList,
    PositionText,
    Priority,
    StatusKey,
    TimeText,
    Title,
    ZoneText,
)
from headway.modules.tasks.domain import limits
from headway.modules.tasks.domain.defaults import Category
from headway.platform.web.fields import IdText


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
    assignee_ids: PeopleList = ()
    label_ids: IdList = ()
    estimate_minutes: Minutes | None = None
    position: PositionText | None = None
    recurrence: RecurrenceInput | None = None


class TaskPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields to change; those left out stay. `base_version` is the version whose description was edited.

    `base_description` instead is that text itself, for who edits on top of an edit of theirs that has no version yet.
    """

    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    base_version: Annotated[int, msgspec.Meta(ge=1)] | UnsetType = UNSET
    base_description: Description | UnsetType = UNSET
    status: StatusKey | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    start_date: date | UnsetType | None = UNSET
    due_date: date | UnsetType | None = UNSET
    due_time: TimeText | UnsetType | None = UNSET
    due_zone: ZoneText | UnsetType | None = UNSET
    project_id: IdText | UnsetType = UNSET
    parent_id: IdText | UnsetType | None = UNSET
    assignee_ids: PeopleList | UnsetType = UNSET
    label_ids: IdList | UnsetType = UNSET
    estimate_minutes: Minutes | UnsetType | None = UNSET
    recurrence: RecurrenceInput | UnsetType | None = UNSET


class Closing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a task ends: a status whose category is completed or canceled, else the project's first completed one."""

    status: StatusKey | None = None


class Placement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a task goes: before or after another task of its column, or to a position of the client's making.

    Without any of the three it goes to the end. A column is a status in a project; both may change with it.
    """

    before_id: IdText | None = None
    after_id: IdText | None = None
    position: PositionText | None = None
    status: StatusKey | None = None
    project_id: IdText | None = None


class BulkPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same changes to many tasks of one workspace: all are made, or none."""

    ids: Annotated[tuple[IdText, ...], msgspec.Meta(min_length=1, max_length=200)]
    patch: TaskPatch


class Duplicate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A copy to make; `id` is the copy's. `part_ids` are those of copies of subtasks and steps, by their originals'."""

    id: IdText | None = None
    part_ids: Annotated[dict[IdText, IdText], msgspec.Meta(max_length=limits.NAMED_PARTS)] = {}


class Removal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a task goes: into the trash, or out of it for good."""

    permanently: bool = False


class EditedTask(Task, frozen=True):
    """A task after an edit.

    `merge` says what became of a description that was edited from an older version: `merged` with what others had
    written, or `conflict` when both changed the same lines: the later edit stands, the other is in the history.
    """

    merge: Literal["merged", "conflict"] | UnsetType = UNSET


class TaskPage(msgspec.Struct, frozen=True):
    """One page of a list."""

    items: list[Task]
    next_cursor: str | None = None


class TaskItems(msgspec.Struct, frozen=True):
    """Tasks that were changed together, in the order that they were named."""

    items: list[Task]
