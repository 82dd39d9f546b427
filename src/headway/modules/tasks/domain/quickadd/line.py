"""What quick add is asked, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

Kind = Literal[
    "project",
    "person",
    "label",
    "priority",
    "estimate",
    "start",
    "due",
    "time",
    "recurrence",
    "until",
    "literal",
    "unknown",
]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A project, a person or a label; a project is found by its key, too."""

    id: str
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Who writes, where and when. `locale` de… reads German and English, all else English; en-US writes 12/24.

    `week_start` is 0 for Sunday to 6 for Saturday. `as_text` are spans that stay text whatever they look like.
    """

    locale: str
    today: date
    time: time
    zone: str
    week_start: int = 1
    projects: Sequence[Named] = ()
    people: Sequence[Named] = ()
    labels: Sequence[Named] = ()
    as_text: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the text, from `start` to before `end` in code points, that was understood.

    `value` is an id of a project, person or label, a priority, minutes, a day, a time HH:MM, a rule or a number of days
    after completion, what ends a rule (a day or a number of times), the text of a literal, or the name that is unknown.
    An unknown name stays in the title; its `text` begins with the sign.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was understood, in the fields of a new task; `tokens` stand in the order of the text."""

    title: str
    tokens: tuple[Token, ...]
    project_id: str | None
    assignee_ids: tuple[str, ...]
    label_ids: tuple[str, ...]
    priority: str | None
    estimate_minutes: int | None
    start_date: str | None
    due_date: str | None
    due_time: str | None
    due_zone: str | None
    recurrence: dict[str, str | int] | None
