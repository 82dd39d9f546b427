"""Shapes of labels."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.contracts.values import Color
from headway.modules.tasks.domain import limits
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText

LabelName = Annotated[str, line(limits.LABEL_LENGTH)]


class Label(msgspec.Struct, frozen=True):
    """A label of a workspace."""

    id: str
    workspace_id: str
    name: str
    color: Color
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int


class LabelList(msgspec.Struct, frozen=True):
    """Labels by name."""

    items: list[Label]
    next_cursor: str | None = None


class NewLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label to make, in the workspace named by `workspace_id` or the caller's personal one."""

    name: LabelName
    color: Color = "gray"
    id: IdText | None = None
    workspace_id: IdText | None = None


class LabelPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields to change; those left out stay."""

    name: LabelName | UnsetType = UNSET
    color: Color | UnsetType = UNSET


class LabelDeletion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`move_to` is the label that takes its place on all tasks; without it they just lose the label."""

    move_to: IdText | None = None
