"""Shapes of workspaces."""

from datetime import datetime
from typing import Literal

import msgspec

from headway.modules.tasks.contracts.values import Name
from headway.modules.tasks.domain.access import Role
from headway.platform.web.fields import IdText


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


class WorkspaceUsage(msgspec.Struct, frozen=True):
    """What the attachments of a workspace take; `bytes` without what copies share."""

    files: int
    bytes: int


class WorkspaceList(msgspec.Struct, frozen=True):
    """All of the reader's workspaces."""

    items: list[Workspace]
    next_cursor: str | None = None
