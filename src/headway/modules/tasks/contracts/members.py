"""Shapes of what changes a workspace, and of the people in it."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from headway.modules.tasks.contracts.tasks import Task
from headway.modules.tasks.contracts.values import Name
from headway.modules.tasks.domain.access import Role
from headway.platform.web.decode import line

Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)", max_length=64)]


class WorkspacePatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fields to change; those left out stay."""

    name: Name | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET


class WorkspaceDeletion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name` is the workspace's, written out, so that nobody deletes one by mistake."""

    name: Annotated[str, line(100)]


class WorkspaceMember(msgspec.Struct, frozen=True):
    """Somebody in a workspace. Guests are not told addresses."""

    user_id: str
    name: str
    avatar_url: str | None
    email: str | None
    role: Role
    joined_at: datetime
    version: int


class MemberList(msgspec.Struct, frozen=True):
    """Everybody in a workspace, by name."""

    items: list[WorkspaceMember]
    next_cursor: str | None = None


class MemberPatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The role that somebody is to have."""

    role: Role


class Membership(msgspec.Struct, frozen=True):
    """Somebody's place in a workspace."""

    user_id: str
    workspace_id: str
    role: Role
    joined_at: datetime
    version: int


class Departure(msgspec.Struct, frozen=True):
    """Somebody has left. `open_tasks` (the first 200 that the reader sees) want another assignee; `more` says that
    there are further ones. `inherited_project_ids` are private projects that nobody else could edit."""

    user_id: str
    open_tasks: list[Task]
    more: bool
    inherited_project_ids: list[str]
