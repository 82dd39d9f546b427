"""Shapes of statistics, and what this module asks of others."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

import msgspec

from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.web.fields import IdText


class DayCount(msgspec.Struct, frozen=True):
    """How many on one of the reader's days."""

    date: date
    count: int


class PersonCount(msgspec.Struct, frozen=True):
    """Tasks that a person is assigned to; those of nobody without `user_id`. Canceled ones are in neither count."""

    user_id: str | None
    open: int
    completed: int


class CycleTime(msgspec.Struct, frozen=True):
    """Hours from start (or creation, where nobody started it) to completion, of the last 30 days; within 4 %."""

    median: float | None
    p90: float | None


class Stats(msgspec.Struct, frozen=True):
    """The dashboard. Trashed tasks do not count; `overdue` and `due_this_week` are of open tasks.

    A task of several people counts for each of them in `by_person`, whoever has most comes first.
    """

    by_status: dict[str, int]
    by_category: dict[str, int]
    by_priority: dict[str, int]
    by_person: list[PersonCount]
    total: int
    completed: int
    overdue: int
    due_this_week: int
    created_per_day: list[DayCount]
    completed_per_day: list[DayCount]
    cycle_time_hours: CycleTime


class StatsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of a workspace, a project or a person; without any, of all that the reader sees."""

    workspace_id: IdText | None = None
    project_id: IdText | None = None
    assignee_id: IdText | None = None


class ProjectsSeen(Protocol):
    """Which projects a person sees now; the tasks module knows."""

    async def projects_seen(self, reader: Reader, actor: Actor) -> Mapping[str, frozenset[str]]:
        """Project ids by workspace id."""
        ...
