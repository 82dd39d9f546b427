"""Shapes of projects."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from headway.modules.tasks.contracts.values import Color, Icon, Name, ProjectKey
from headway.modules.tasks.domain.access import Level
from headway.platform.web.decode import text
from headway.platform.web.fields import IdText


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


class NewProject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A project to make, in the workspace named by `workspace_id` or the caller's personal one."""

    key: ProjectKey
    name: Name
    id: IdText | None = None
    workspace_id: IdText | None = None
    description: Annotated[str, text(2000)] = ""
    color: Color = "gray"
    icon: Icon = ""
    access: Literal["open", "private"] = "open"


class ProjectList(msgspec.Struct, frozen=True):
    """The projects that the reader sees."""

    items: list[Project]
    next_cursor: str | None = None
