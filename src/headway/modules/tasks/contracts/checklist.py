"""Shapes of a task's checklist."""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.contracts.values import PositionText
from headway.modules.tasks.domain import limits
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText

ItemText = Annotated[str, line(limits.CHECKLIST_ITEM_LENGTH)]


class ChecklistItem(msgspec.Struct, frozen=True):
    """One step of a task."""

    id: str
    task_id: str
    text: str
    is_done: bool
    position: str
    version: int


class Checklist(msgspec.Struct, frozen=True):
    """A task's steps in order."""

    items: list[ChecklistItem]
    next_cursor: str | None = None


class NewChecklistItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step to add; without a position at the end."""

    text: ItemText
    is_done: bool = False
    id: IdText | None = None
    position: PositionText | None = None


class ChecklistItemPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields to change; those left out stay."""

    text: ItemText | UnsetType = UNSET
    is_done: bool | UnsetType = UNSET
    position: PositionText | UnsetType = UNSET
