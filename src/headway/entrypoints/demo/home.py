"""The first person's own workspace: an Inbox with something in it, and a project that nobody else sees."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from headway.entrypoints.demo.desk import HOME, INBOX, Item, laid_on_desk
from headway.entrypoints.demo.fresh import fresh_project, fresh_task, list_person
from headway.entrypoints.demo.ledger import Ids, Ledger
from headway.entrypoints.demo.people import Person, add_statuses
from headway.modules.tasks.domain.position import between, spread
from headway.modules.tasks.store.projects import PROJECT, ProjectRow
from headway.modules.tasks.store.tasks import TASK

TASKS: Final = len(INBOX) + len(HOME)


def furnish(ledger: Ledger, person: Person, ids: Ids, now: datetime) -> None:
    """Add them to her personal workspace, which has nothing but its empty Inbox."""
    (inbox,) = ledger.rows(PROJECT)
    at = person.joined
    made, place = ids.at(at), between(inbox.position, None)
    home = fresh_project(
        person.id, made, at, person.id, key="HOME", name="Home", color="teal", position=place, is_private=True
    )
    ledger.insert(PROJECT, home, at, person.id)
    list_person(ledger, home, person.id, ids)
    add_statuses(ledger, home, ids, at, person.id)
    _fill(ledger, inbox, INBOX, person, ids, now)
    _fill(ledger, home, HOME, person, ids, now)


def _fill(ledger: Ledger, project: ProjectRow, items: Sequence[Item], person: Person, ids: Ids, now: datetime) -> None:
    positions = spread(None, None, len(items))
    oldest_first = sorted(items, key=lambda item: item.moment_made(now))
    for number, (item, position) in enumerate(zip(oldest_first, positions, strict=True), 1):
        at = item.moment_made(now)
        row = fresh_task(project, ids.at(at), at, person.id, number=number, position=position)
        ledger.insert(TASK, laid_on_desk(row, item, person, now), at, person.id)
    ledger.extend(project, last_number=len(items))
