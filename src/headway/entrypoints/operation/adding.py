"""`headway add`: a line of text becomes somebody's task, in the words of that person's language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import msgspec

from headway.modules.tasks.contracts import NewTask, Project, Task
from headway.modules.tasks.contracts.labels import Label
from headway.modules.tasks.contracts.members import WorkspaceMember
from headway.modules.tasks.domain.quickadd import Context, Line, Named, Token, parse_quick_add
from headway.modules.tasks.domain.recurrence import read_recurrence, sentence
from headway.modules.users.contracts.messages import Me
from headway.platform.problems import Invalid

LONGEST: Final = 1_000
"""Characters of a line. The time to read one grows with more than its length, and it may come from a mail's subject."""
_FIELDS: Final = (
    "title",
    "project_id",
    "priority",
    "start_date",
    "due_date",
    "due_time",
    "due_zone",
    "assignee_ids",
    "label_ids",
    "estimate_minutes",
    "recurrence",
)


class AddTask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of text, and whose task it is (address or id; None where only one person has an account)."""

    text: str
    who: str | None
    region: str


class Desk(Protocol):
    """What somebody sees and may do, wherever it lies: behind the API, or in this process."""

    async def me(self) -> Me:
        """Who it is."""
        ...

    async def projects(self) -> Sequence[Project]:
        """The projects of all workspaces."""
        ...

    async def members(self, workspace_id: str) -> Sequence[WorkspaceMember]:
        """The people of a workspace."""
        ...

    async def labels(self, workspace_id: str) -> Sequence[Label]:
        """The labels of a workspace."""
        ...

    async def create(self, new: NewTask) -> Task:
        """Make a task."""
        ...


class Added(msgspec.Struct, frozen=True):
    """A task that was made, and what was understood, with names instead of ids; `unknown` names stayed in the title.

    `repeats` is a sentence in the person's language.
    """

    task: Task
    tokens: tuple[Token, ...]
    project: str
    assignees: list[str]
    labels: list[str]
    repeats: str | None
    unknown: list[str]


async def add_line(desk: Desk, text: str, region: str, now: datetime) -> Added:
    """Make the task that `text` says, or Invalid. `region` (US, GB, …) decides whether 3/12 is a day in December."""
    if len(text) > LONGEST:
        raise Invalid.field("text", "too_long", f"at most {LONGEST} characters")
    me = await desk.me()
    projects = [project for project in await desk.projects() if project.archived_at is None]
    home = next((project for project in projects if project.workspace_id == me.id and project.kind == "inbox"), None)
    context = _context(me, region, now, [Named(one.id, one.name, one.key) for one in projects])
    named = parse_quick_add(text, context).project_id
    project = next((one for one in projects if one.id == named), home)
    members = await desk.members(project.workspace_id) if project else []
    labels = await desk.labels(project.workspace_id) if project else []
    people = {member.user_id: member.name for member in members}
    marks = {label.id: label.name for label in labels}
    line = parse_quick_add(text, replace(context, people=_named(people), labels=_named(marks)))
    if not line.title:
        raise Invalid.field("text", "required", "Say what is to be done: only the when and where was understood.")
    task = await desk.create(_new_task(line))
    return Added(
        task,
        line.tokens,
        project.name if project else "Inbox",
        [people[one] for one in task.assignee_ids],
        [marks[one] for one in task.label_ids],
        sentence(read_recurrence(task.recurrence), me.language) if task.recurrence else None,
        [token.text for token in line.tokens if token.kind == "unknown"],
    )


def _named(names: Mapping[str, str]) -> list[Named]:
    return [Named(id_, name) for id_, name in names.items()]


def _context(me: Me, region: str, now: datetime, projects: Sequence[Named]) -> Context:
    here = now.astimezone(ZoneInfo(me.time_zone))
    locale = f"{me.language}-{region}" if region else me.language
    return Context(locale, here.date(), here.time(), me.time_zone, me.week_start % 7, projects)


def _new_task(line: Line) -> NewTask:
    values = {name: getattr(line, name) for name in _FIELDS}
    try:
        return msgspec.convert({name: value for name, value in values.items() if value}, NewTask)
    except msgspec.ValidationError as error:
        raise Invalid("invalid", str(error)) from None
