"""Shapes of relations between tasks."""

from datetime import datetime

import msgspec

from headway.modules.tasks.domain.relations import RelationWord
from headway.platform.web.fields import IdText


class Relation(msgspec.Struct, frozen=True):
    """A relation, as seen from the task that was asked about: it `kind`s the task `task_id`."""

    id: str
    kind: RelationWord
    task_id: str
    task_key: str
    task_title: str
    task_is_closed: bool
    created_by: str
    created_at: datetime
    version: int


class RelationList(msgspec.Struct, frozen=True):
    """Relations to tasks that the reader sees."""

    items: list[Relation]
    next_cursor: str | None = None


class NewRelation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a task relates to the one named by `task_id`."""

    kind: RelationWord
    task_id: IdText
    id: IdText | None = None
