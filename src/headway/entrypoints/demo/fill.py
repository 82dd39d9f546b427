"""Fills an empty installation: teams are worked out side by side, and written one after the other."""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final

from headway.changes.schema import cursors
from headway.entrypoints.demo import home
from headway.entrypoints.demo.alarms import job_rows
from headway.entrypoints.demo.block import Block
from headway.entrypoints.demo.bulk import BulkLoader
from headway.entrypoints.demo.ledger import Encoded, Ids
from headway.entrypoints.demo.people import Person, directory, invent_people, ledgers_of
from headway.entrypoints.demo.readers import READERS
from headway.entrypoints.demo.team import Plan, Team
from headway.entrypoints.demo.written import Written, tell_access
from headway.modules.tasks.store.grants import GrantRow
from headway.modules.tasks.store.tasks import tasks
from headway.platform.ids import id_to_bytes
from headway.platform.jobs.schema import jobs
from headway.platform.progress import Progress

TEAM_SIZE: Final = 20
SHARED: Final = 3
"""People of each team who are in the next one too."""

WORTH_PROCESSES: Final = 5_000
"""Tasks below which starting other processes takes longer than it saves."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How much, and from which seed. `now` is the moment up to which the story goes."""

    people: int
    tasks: int
    seed: int
    now: datetime


@dataclass(frozen=True)
class Story:
    """Everybody and everything that is to be written. `teams` come one after the other, worked out meanwhile."""

    wanted: Wanted
    people: list[Person]
    ids: Ids
    teams: Iterator[Written]


@contextmanager
def invented(wanted: Wanted) -> Iterator[Story]:
    """Begin to work out what is wanted: other processes go on with it while this one does something else."""
    chance = Random(wanted.seed)  # noqa: S311 - the same data every time is the point
    ids = Ids(chance)
    people = invent_people(wanted.people, chance, ids, wanted.now)
    plans = list(_plans(people, wanted))
    workers = min(os.cpu_count() or 1, len(plans))
    if workers == 1 or wanted.tasks < WORTH_PROCESSES:
        yield Story(wanted, people, ids, map(work_out, plans))
        return
    with multiprocessing.get_context("fork").Pool(workers, initializer=_stand_back) as pool:
        yield Story(wanted, people, ids, map(Written.unpacked, pool.imap(_work_out_packed, plans)))


def fill(path: Path, story: Story, password_hash: str, progress: Progress) -> None:
    """Write the whole story into an empty, migrated database file."""
    with _without_collecting():
        loader = BulkLoader(path)
        own = _own(story, password_hash)
        grants, moments = _write(loader, own), own.moments
        done, wanted = _at_home(story.wanted), story.wanted.tasks
        for team in story.teams:
            grants += _write(loader, team)
            moments |= team.moments
            done += len(team.blocks[tasks.name].rows) if tasks.name in team.blocks else 0
            progress("tasks", done, wanted)
        _write(loader, tell_access(story.people, grants, story.ids))
        loader.insert(jobs.name, Block.of(job_rows(moments, story.ids)))
        progress("indexes", 0, 1)
        loader.finish()
        progress("indexes", 1, 1)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows form no cycles: looking for them among millions takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _own(story: Story, password_hash: str) -> Written:
    """What everybody has for themselves."""
    own = Written()
    own.add(directory(story.people, story.ids))
    for person in story.people:
        account, profile, workspace = ledgers_of(person, password_hash, story.ids)
        if person is story.people[0] and _at_home(story.wanted):
            home.furnish(workspace, person, story.ids, story.wanted.now)
        own.add(account)
        own.add(profile)
        own.add_workspace(workspace, [person], story.ids, story.wanted.now)
    return own.settle()


def _plans(people: Sequence[Person], wanted: Wanted) -> Iterator[Plan]:
    """Teams of twenty, the first of which has everybody when there are few; tasks in equal parts."""
    count = max(1, len(people) // TEAM_SIZE)
    share, rest = divmod(wanted.tasks - _at_home(wanted), count)
    for number in range(count):
        first = number * TEAM_SIZE
        last = len(people) if number == count - 1 else first + TEAM_SIZE + SHARED
        yield Plan(wanted.seed, number, tuple(people[first:last]), share + (number < rest), wanted.now)


def _at_home(wanted: Wanted) -> int:
    """How many of the tasks are the first person's own; none where there are hardly any."""
    return home.TASKS if wanted.tasks >= 10 * home.TASKS else 0


def work_out(plan: Plan) -> Written:
    """One team's rows. They follow from the plan alone."""
    team = Team.begin(plan)
    written = Written()
    written.add_workspace(team.live(), plan.people, team.ids, plan.now, team.started)
    if team.given.inbox.entries:
        written.add(team.given.inbox)
    return written.settle()


def _stand_back() -> None:
    """The process that writes goes first: all others end up waiting for it."""
    os.nice(2)
    gc.disable()


def _work_out_packed(plan: Plan) -> bytes:
    return work_out(plan).packed()


def _write(loader: BulkLoader, written: Written) -> list[GrantRow]:
    for table, block in written.blocks.items():
        loader.insert(table, block)
    if told := written.blocks.get(tasks.name):  # in the order of their workspaces
        loader.derive(*told.span())
    at_end: list[Encoded] = [
        (reader, stream.kind, id_to_bytes(stream.owner), version)
        for stream, version in written.versions
        for reader in READERS.get(stream.kind, ())
    ]
    loader.insert(cursors.name, Block.of(at_end))
    return list(written.grants)
