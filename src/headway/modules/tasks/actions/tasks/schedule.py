"""When a task starts, is due and comes again: what was asked for, checked."""

import contextlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from headway.modules.tasks.contracts import RecurrenceInput
from headway.modules.tasks.domain import due as due_rules
from headway.modules.tasks.domain.errors import BadValue
from headway.modules.tasks.domain.recurrence import as_json, check_start, read_recurrence
from headway.platform.problems import Invalid

NO_ZONE = "UTC"


@contextlib.contextmanager
def naming_fields() -> Iterator[None]:
    """What a rule of the domain refuses becomes an answer that names the field."""
    try:
        yield
    except BadValue as bad:
        raise Invalid.field(bad.field, bad.code, bad.message) from None


def check_dates(start: date | None, day: date | None, at: str | None, zone: str | None) -> datetime | None:
    """The instant of a due time, None for a due date alone or none; Invalid when the parts do not fit."""
    with naming_fields():
        if start is not None:
            due_rules.check_day(start, "start_date")
        due = due_rules.due(day, time.fromisoformat(at) if at else None, zone)
    if due is not None and start is not None and start > due.day:
        raise Invalid.field("start_date", "after_due_date", "A task cannot start after it is due.")
    if due is None or due.at is None or due.zone is None:
        return None
    return due_rules.instant(due.day, due.at, due.zone)


# Any: the shape of contracts.Task.recurrence, here and below.
def recurrence_of(given: RecurrenceInput | None, due_date: date | None, due_zone: str | None) -> dict[str, Any] | None:
    """A recurrence as it is kept; without a zone of its own its days are counted in the task's, else in UTC."""
    if given is None:
        return None
    with naming_fields():
        recurrence = read_recurrence(_spelt(given, due_zone))
        if due_date is not None:
            check_start(recurrence, due_date)
    return dict(as_json(recurrence))


def zone_of(recurrence: Mapping[str, Any], due_zone: str | None) -> str:
    """The zone in which a recurring task's days are counted."""
    return due_zone or str(recurrence.get("zone", NO_ZONE))


def _spelt(given: RecurrenceInput, due_zone: str | None) -> dict[str, object]:
    parts: dict[str, object] = {"rule": given.rule, "zone": given.zone}
    if given.rule is not None and given.zone is None:
        parts["zone"] = due_zone or NO_ZONE
    if given.after_completion_days is not None:
        parts["after_completion_days"] = given.after_completion_days
    return {name: value for name, value in parts.items() if value is not None}
