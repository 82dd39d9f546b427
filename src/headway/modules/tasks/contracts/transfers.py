"""Shapes of moves between workspaces."""

from datetime import datetime
from typing import Literal

import msgspec

from headway.platform.web.fields import IdText


class NewTransfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a task is to go: a project of another workspace, in which the caller may edit."""

    workspace_id: IdText
    project_id: IdText
    id: IdText | None = None


class Transfer(msgspec.Struct, frozen=True):
    """A move. While it is under way the task is in neither list; once done it has the id `new_task_id`."""

    id: str
    task_id: str
    workspace_id: str
    project_id: str
    new_task_id: str
    state: Literal["under_way", "done", "refused"]
    reason: str
    created_at: datetime
    version: int
