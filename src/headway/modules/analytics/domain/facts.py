"""What counts about a task, and which counters it stands in.

Folding an entry changes a task's facts; the counters change by what stood in them before and what stands in them after.
Instants are counted by quarters of an hour, so that the days of every time zone in use are sums of them.
"""

import math
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import msgspec

from headway.platform.clock import EPOCH
from headway.platform.ids import NIL_ID

EVERYBODY: Final = NIL_ID
"""Stands for a project's whole count, beside the counts of its assignees."""

MINUTE: Final = timedelta(minutes=1)
QUARTER: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)
UNASSIGNED: Final = "nobody"
"""Stands for the person whom a task without assignees counts for."""

CLOSED: Final = frozenset({"completed", "canceled"})
GROWTH: Final = 1.04
"""Each class of the histogram of durations is 4 % wider than the one before, which bounds the error of a percentile."""
_LOG_GROWTH: Final = math.log(GROWTH)


class Facts(msgspec.Struct, frozen=True):
    """What is kept of a task to count it."""

    workspace_id: str
    task_id: str
    project_id: str
    status: str
    category: str
    priority: str
    assignee_ids: tuple[str, ...]
    due_date: date | None
    due_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    trashed_at: datetime | None


_ALL: Final[Mapping[str, int]] = MappingProxyType({})

Place = tuple[str, str, str, int]
"""One counter: project, person, what it measures, and for which span of time (0 where time does not matter)."""


def quarter_of(at: datetime) -> int:
    """The number of the quarter of an hour that holds an instant."""
    return (at - EPOCH) // QUARTER


def quarter_start(bucket: int) -> datetime:
    """The instant at which a quarter begins."""
    return EPOCH + bucket * QUARTER


def minute_start(bucket: int) -> datetime:
    """The instant at which a minute begins: due times are counted by the minute."""
    return EPOCH + bucket * MINUTE


def class_of(duration: timedelta) -> int:
    """The class of the histogram that holds a duration."""
    hours = max(duration / _HOUR, 0.01)
    return max(0, round(math.log(hours / 0.01) / _LOG_GROWTH))


def hours_of(number: int) -> float:
    """The middle of a class, in hours."""
    return 0.01 * float(GROWTH**number)


CLASSES: Final = 1000
"""More than any duration needs; completions of a day and a class share the bucket `day * CLASSES + class`."""


def places(facts: Facts, below: Mapping[str, int] = _ALL) -> list[Place]:
    """The counters in which a task stands, without those that nobody asks for any more (see `fading_before`)."""
    if facts.trashed_at is not None:
        return []
    project_id = facts.project_id
    measures = [each for each in _measures(facts) if each[1] >= below.get(each[0], 0)]
    return [
        (project_id, person_id, measure, bucket)
        for person_id in (EVERYBODY, *facts.assignee_ids)
        for measure, bucket in measures
    ]


def _measures(facts: Facts) -> list[tuple[str, int]]:
    found = [
        (f"status/{facts.status}", 0),
        (f"category/{facts.category}", 0),
        (f"priority/{facts.priority}", 0),
        ("created", quarter_of(facts.created_at)),
    ]
    if facts.category != "canceled":
        state = "completed" if facts.category == "completed" else "open"
        found += [(f"{state}/{person}", 0) for person in facts.assignee_ids or (UNASSIGNED,)]
    if facts.completed_at is not None:
        quarter = quarter_of(facts.completed_at)
        duration = facts.completed_at - (facts.started_at or facts.created_at)
        found += [("completed", quarter), ("cycle", quarter // 96 * CLASSES + class_of(duration))]
    if facts.category not in CLOSED:
        if facts.due_at is not None:
            found.append(("due_at", (facts.due_at - EPOCH) // MINUTE))
        elif facts.due_date is not None:
            found.append(("due_date", facts.due_date.toordinal()))
    return found


FADING: Final = timedelta(days=40)
"""What happened on a day counts in no statistics later than that: the last 30 days of any time zone."""


def fading_before(now: datetime) -> dict[str, int]:
    """By measure of what happened on a day: the bucket below which nobody asks any more."""
    quarter = quarter_of(now - FADING)
    return {"created": quarter, "completed": quarter, "cycle": quarter // 96 * CLASSES}


def difference(before: Facts | None, after: Facts | None) -> Counter[Place]:
    """How the counters change when a task's facts do."""
    change: Counter[Place] = Counter()
    if after is not None:
        change.update(places(after))
    if before is not None:
        change.subtract(places(before))
    return change


_FIELDS: Final = {
    "project_id": "project_id",
    "status": "status",
    "status_category": "category",
    "priority": "priority",
    "assignee_ids": "assignee_ids",
    "due_date": "due_date",
    "due_at": "due_at",
    "created_at": "created_at",
    "completed_at": "completed_at",
    "trashed_at": "trashed_at",
}


def folded(
    held: Facts | None,
    workspace_id: str,
    task_id: str,
    fields: Mapping[str, Any],  # Any: as in Entry.fields
    at: datetime,
) -> Facts | None:
    """A task's facts after an entry with those fields; None for an update of a task that is not known."""
    known = {mine: fields[told] for told, mine in _FIELDS.items() if told in fields}
    if held is not None:
        known = msgspec.structs.asdict(held) | known
    elif "created_at" not in fields:
        return None
    started = known.get("started_at")
    if started is None and known["category"] == "in_progress":
        known["started_at"] = at
    known |= {"workspace_id": workspace_id, "task_id": task_id}
    known.setdefault("started_at", None)
    return msgspec.convert(known, Facts)
