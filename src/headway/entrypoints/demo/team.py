"""One team's workspace: members, projects, labels, and the lives of its tasks in the order in which they happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from operator import itemgetter
from random import Random
from typing import Final, TypeVar

from headway.entrypoints.demo.desk import TEAM
from headway.entrypoints.demo.fresh import fresh_project, fresh_task, list_person
from headway.entrypoints.demo.given import Event, Given
from headway.entrypoints.demo.ledger import Ids, Ledger, instant_of, microseconds_of
from headway.entrypoints.demo.people import Person, add_statuses
from headway.entrypoints.demo.words import COMMENTS, DESCRIPTIONS, KINDS_OF_TEAM, LABELS, PROJECTS, TEAMS, TITLES
from headway.modules.tasks.contracts import Priority
from headway.modules.tasks.domain.access import Role
from headway.modules.tasks.domain.position import between
from headway.modules.tasks.domain.slugs import slug_of
from headway.modules.tasks.store.comments import COMMENT, CommentRow
from headway.modules.tasks.store.labels import LABEL, LabelRow
from headway.modules.tasks.store.projects import PROJECT, ProjectRow
from headway.modules.tasks.store.tasks import TASK, TaskRow
from headway.modules.tasks.store.workspaces import MEMBER, WORKSPACE, MemberRow, WorkspaceRow, stream_of

T = TypeVar("T")

HOUR: Final = 3_600_000_000
DAY: Final = 24 * HOUR
"""In microseconds, in which moments are counted until they are written down."""
SPAN: Final = 365 * DAY
PRIORITIES: Final[tuple[Priority, ...]] = ("none", "none", "none", "low", "medium", "medium", "high", "urgent")
SETTLED: Final = 45 * DAY
FINISHED_OLD: Final = 0.95
FINISHED_NEW: Final = 0.5
"""How much comes to an end of what is older than `SETTLED`, and of what is newer."""


@dataclass(frozen=True)
class Plan:
    """What a team is to have. Everything else follows from `seed` and `number`."""

    seed: int
    number: int
    people: tuple[Person, ...]
    tasks: int
    now: datetime


@dataclass
class _Project:
    row: ProjectRow
    people: list[Person]
    last_number: int = 0
    last_position: str | None = None


@dataclass
class Team:
    """A workspace under construction. The first tasks of the first team are `given` to its first person."""

    plan: Plan
    chance: Random
    ids: Ids
    ledger: Ledger
    given: Given
    projects: list[_Project] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    started: dict[str, datetime] = field(default_factory=dict)

    @classmethod
    def begin(cls, plan: Plan) -> "Team":
        """The workspace with its people, labels and projects."""
        chance = Random(f"{plan.seed}/{plan.number}")  # noqa: S311 - the same data every time is the point
        ids = Ids(chance)
        # One after the other, and after everybody has joined: so the rows of teams come in the order of their keys.
        began = plan.now - timedelta(days=385, seconds=-plan.number)
        ledger = Ledger(stream_of(ids.at(began)), ids)
        items = TEAM[: plan.tasks // 10] if plan.number == 0 else ()
        team = cls(plan, chance, ids, ledger, Given(items, plan.people[0], ledger, ids, plan.now))
        team._found(began)
        return team

    def live(self) -> Ledger:
        """Let every task happen; the finished ledger."""
        events = [event for number in range(self.plan.tasks) for event in self._life(number)]
        events.sort(key=itemgetter(0))
        born: dict[int, TaskRow] = {}
        for at, number, what in events:
            self._happen(born, instant_of(at), number, what)
        for project in self.projects:
            self.ledger.extend(project.row, last_number=project.last_number)
        return self.ledger

    def _found(self, at: datetime) -> None:
        owner = self.plan.people[0]
        number = self.plan.number
        name = f"{TEAMS[number % len(TEAMS)]} {KINDS_OF_TEAM[number // len(TEAMS) % len(KINDS_OF_TEAM)]}"
        workspace_id = self.ledger.stream.owner
        self.ledger.insert(
            WORKSPACE, WorkspaceRow(workspace_id, name, slug_of(name), "team", owner.id, at, at, None, 1), at, owner.id
        )
        for place, person in enumerate(self.plan.people):
            role: Role = "owner" if place == 0 else "admin" if place in (1, 2) else "member"
            if place > 10 and place % 10 == 9:
                role = "guest"
            self.ledger.insert(MEMBER, MemberRow(workspace_id, person.id, role, at, 1), at, owner.id)
        for label, color in LABELS:
            row = LabelRow(workspace_id, self.ids.at(at), label, color, owner.id, at, at, 1)
            self.labels.append(self.ledger.insert(LABEL, row, at, owner.id).id)
        count = min(len(PROJECTS), max(3, self.plan.tasks // 400))
        for name_of, key in self.chance.sample(PROJECTS, count):
            self._add_project(name_of, key, at, owner)

    def _add_project(self, name: str, key: str, at: datetime, owner: Person) -> None:
        is_private = len(self.projects) % 6 == 5
        row = fresh_project(
            *(self.ledger.stream.owner, self.ids.at(at), at, owner.id),
            key=key,
            name=name,
            color=LABELS[len(self.projects) % len(LABELS)][1],
            position=_after(self.projects[-1].row.position if self.projects else None),
            is_private=is_private,
        )
        self.ledger.insert(PROJECT, row, at, owner.id, last_number=0)
        members = [person for place, person in enumerate(self.plan.people) if not (place > 10 and place % 10 == 9)]
        if is_private:
            members = [owner, *self.chance.sample(members[1:], min(4, len(members) - 1))]
            for person in members:
                list_person(self.ledger, row, person.id, self.ids)
        add_statuses(self.ledger, row, self.ids, at, owner.id)
        self.projects.append(_Project(row, members))

    def _life(self, number: int) -> list[Event]:
        """When a task is made and what becomes of it, up to now."""
        if number in self.given:
            return self.given.life(number)
        chance, now = self.chance, microseconds_of(self.plan.now)
        made = at = now - int(SPAN * chance.random())
        events: list[Event] = [(made, number, "make")]
        if chance.random() < 0.35:
            at += int(HOUR * chance.expovariate(1 / 40))
            events.append((at, number, "start"))
        if chance.random() < (FINISHED_OLD if now - made > SETTLED else FINISHED_NEW):
            ended = at + int(HOUR * chance.expovariate(1 / 150))
            events.append((ended, number, "drop" if chance.random() < 0.06 else "finish"))
        if chance.random() < 0.25:
            events.append((made + int(HOUR * chance.expovariate(1 / 30)), number, "say"))
        return [event for event in events if event[0] < now]

    def _happen(self, born: dict[int, TaskRow], at: datetime, number: int, what: str) -> None:
        if what == "make":
            born[number] = self._make(at, number)
            return
        row = born[number]
        if number in self.given:
            self.given.go_on(number, row, at, what)
            return
        actor = row.assignee_ids[0] if row.assignee_ids else row.created_by
        if what == "say":
            body = self.pick(COMMENTS)
            comment = CommentRow(
                row.workspace_id, self.ids.at(at), row.id, row.project_id, body, (), actor, at, None, 1
            )
            self.ledger.insert(COMMENT, comment, at, actor)
        elif what == "start":
            self.started[row.id] = at
            born[number] = self.ledger.update(TASK, row, at, actor, status="in_progress", status_category="in_progress")
        elif what == "finish":
            born[number] = self.ledger.update(
                TASK, row, at, actor, status="completed", status_category="completed", completed_at=at
            )
        else:
            born[number] = self.ledger.update(TASK, row, at, actor, status="canceled", status_category="canceled")

    def _make(self, at: datetime, number: int) -> TaskRow:
        chance, pick = self.chance, self.pick
        project = pick(self.projects)
        maker = pick(project.people).id
        assignees = (pick(project.people).id,) if chance.random() < 0.7 else ()
        project.last_number += 1
        project.last_position = _after(project.last_position)
        waits = chance.random() < 0.2
        row = fresh_task(
            *(project.row, self.ids.at(at), at, maker),
            number=project.last_number,
            position=project.last_position,
            title=pick(TITLES),
            description=pick(DESCRIPTIONS) if chance.random() < 0.3 else "",
            status="backlog" if waits else "todo",
            priority=pick(PRIORITIES),
            due_date=self._due(at),
            estimate_minutes=pick((None, None, 30, 60, 120, 240)),
            assignee_ids=assignees,
            label_ids=(pick(self.labels),) if chance.random() < 0.5 else (),
        )
        return self.given.make(number, row) if number in self.given else self.ledger.insert(TASK, row, at, maker)

    def pick(self, options: Sequence[T]) -> T:
        """`Random.choice` in a third of its time, which is what most of a task is made with."""
        return options[int(self.chance.random() * len(options))]

    def _due(self, at: datetime) -> date | None:
        if self.chance.random() >= 0.4:
            return None
        return date.fromordinal(at.toordinal() + int(self.chance.expovariate(1 / 20)))


@cache
def _after(position: str | None) -> str:
    """The next place in a list: every project counts through the same ones."""
    return between(position, None)
