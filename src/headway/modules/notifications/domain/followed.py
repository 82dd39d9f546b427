"""What is kept of a task to know who wants news of it, folded from the log."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import msgspec

CLOSED: Final = frozenset({"completed", "canceled"})


class Followed(msgspec.Struct, frozen=True):
    """A task as the notifications know it. `status_category` as in the task."""

    workspace_id: str
    task_id: str
    title: str
    status_category: str
    assignee_ids: tuple[str, ...]
    watcher_ids: tuple[str, ...]
    due_date: date | None
    due_at: datetime | None
    trashed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.trashed_at is None and self.status_category not in CLOSED


_KEPT: Final = tuple(name for name in Followed.__struct_fields__ if name not in {"workspace_id", "task_id"})


def folded(
    held: Followed | None,
    workspace_id: str,
    task_id: str,
    fields: Mapping[str, Any],  # Any: as in Entry.fields
) -> Followed | None:
    """The task after an entry with those fields; None for an update of a task that is not known."""
    told = {name: fields[name] for name in _KEPT if name in fields}
    if held is not None:
        if not told:
            return held
        told = msgspec.structs.asdict(held) | told
    elif "title" not in told or "watcher_ids" not in told:
        return None
    return msgspec.convert(told | {"workspace_id": workspace_id, "task_id": task_id}, Followed)
