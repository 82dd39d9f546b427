"""The first person's own workspace: an Inbox with something in it, and a project that nobody else sees."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from headway.entrypoints.demo.desk import HOME, INBOX, Item, laid_on_desk
from headway.entrypoints.demo.ledger import Ids, Ledger
from headway.entrypoints.demo.people import Person, add_statuses
from headway.modules.tasks.domain.position import between, spread
from headway.modules.tasks.store.projects import PROJECT, PROJECT_MEMBER, ProjectMemberRow, ProjectRow
from headway.modules.tasks.store.tasks import TASK, TaskRow

TASKS: Final = len(INBOX) + len(HOME)


def furnish(ledger: Ledger, person: Person, ids: Ids, now: datetime) -> None:
    """Add them to her personal workspace, which has nothing but its empty Inbox."""
    (inbox,) = ledger.rows(PROJECT)
    at = person.joined
    home = ProjectRow(
        workspace_id=person.id,
        id=ids.at(at),
        key="HOME",
        name="Home",
        description="",
        color="teal",
        icon="",
        kind="project",
        access="private",
        position=between(inbox.position, None),
        archived_at=None,
        trashed_at=None,
        created_by=person.id,
        created_at=at,
        updated_at=at,
        version=1,
    )
    ledger.insert(PROJECT, home, at, person.id)
    listed = ProjectMemberRow(person.id, ids.at(at), home.id, person.id, "edit", 1)
    ledger.insert(PROJECT_MEMBER, listed, at, person.id)
    add_statuses(ledger, home, ids, at, person.id)
    _fill(ledger, inbox, INBOX, person, ids, now)
    _fill(ledger, home, HOME, person, ids, now)


def _fill(ledger: Ledger, project: ProjectRow, items: Sequence[Item], person: Person, ids: Ids, now: datetime) -> None:
    positions = spread(None, None, len(items))
    oldest_first = sorted(items, key=lambda item: item.moment_made(now))
    for number, (item, position) in enumerate(zip(oldest_first, positions, strict=True), 1):
        row = _task(project, number, position, ids, item.moment_made(now))
        ledger.insert(TASK, laid_on_desk(row, item, person, now), row.created_at, person.id)
    ledger.extend(project, last_number=len(items))


def _task(project: ProjectRow, number: int, position: str, ids: Ids, at: datetime) -> TaskRow:
    return TaskRow(
        workspace_id=project.workspace_id,
        id=ids.at(at),
        project_id=project.id,
        number=number,
        parent_id=None,
        title="",
        description="",
        status="todo",
        status_category="todo",
        priority="none",
        start_date=None,
        due_date=None,
        due_time=None,
        due_zone=None,
        due_at=None,
        estimate_minutes=None,
        position=position,
        recurrence=None,
        occurrence=1,
        assignee_ids=(),
        label_ids=(),
        watcher_ids=(project.created_by,),
        completed_at=None,
        trashed_at=None,
        created_by=project.created_by,
        created_at=at,
        updated_at=at,
        version=1,
    )
