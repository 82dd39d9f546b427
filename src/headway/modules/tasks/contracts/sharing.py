"""Shapes of who sees a project, and of what changes a project."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.contracts.projects import Project
from headway.modules.tasks.contracts.values import Color, Icon, Name, PositionText, ProjectKey
from headway.modules.tasks.domain.access import Level, Role
from headway.platform.web.decode import text


class ProjectPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields to change; those left out stay. A new `key` gives all tasks new keys; the former keep leading to them."""

    name: Name | UnsetType = UNSET
    key: ProjectKey | UnsetType = UNSET
    description: Annotated[str, text(2000)] | UnsetType = UNSET
    color: Color | UnsetType = UNSET
    icon: Icon | UnsetType = UNSET
    access: Literal["open", "private"] | UnsetType = UNSET


class ChangedProject(Project, frozen=True):
    """A project after a change; `lost_sight_ids` are the people who saw it before and no longer do."""

    lost_sight_ids: tuple[str, ...] = ()


class ProjectPosition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in the list of projects."""

    position: PositionText


class ProjectDeletion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`with_tasks`: also when there are tasks in it, which then are in the trash with it."""

    with_tasks: bool = False


class ProjectPerson(msgspec.Struct, frozen=True):
    """Somebody who sees a project, and why: through the role, or because listed."""

    user_id: str
    name: str
    avatar_url: str | None
    role: Role
    level: Level
    why: Literal["role", "listed"]
    listed_level: Level | None


class ProjectPeople(msgspec.Struct, frozen=True):
    """Everybody who sees a project, by name."""

    items: list[ProjectPerson]
    next_cursor: str | None = None


class Listing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody whom a project is shared with may do in it."""

    level: Level = "edit"


class ProjectMember(msgspec.Struct, frozen=True):
    """Somebody whom a project is shared with."""

    id: str
    project_id: str
    user_id: str
    level: Level
    version: int
