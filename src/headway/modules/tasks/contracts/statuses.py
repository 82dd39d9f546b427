"""Shapes of a project's statuses."""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.contracts.values import PositionText, StatusKey
from headway.modules.tasks.domain.defaults import Category
from headway.platform.web.decode import line
from headway.platform.web.fields import IdText

StatusName = Annotated[str, line(60)]


class Status(msgspec.Struct, frozen=True):
    """A status of a project. Tasks name it by its key, which stays as it is."""

    id: str
    project_id: str
    key: str
    name: str
    category: Category
    position: str
    version: int


class StatusList(msgspec.Struct, frozen=True):
    """A project's statuses in order."""

    items: list[Status]
    next_cursor: str | None = None


class NewStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A status to add; without a position after the last of its category."""

    name: StatusName
    category: Category
    id: IdText | None = None
    position: PositionText | None = None


class StatusPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields to change; those left out stay."""

    name: StatusName | UnsetType = UNSET
    position: PositionText | UnsetType = UNSET


class StatusDeletion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`move_to` is the key of the status that takes over the tasks; needed when there are any."""

    move_to: StatusKey | None = None
