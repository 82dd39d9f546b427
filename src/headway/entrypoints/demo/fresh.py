"""Projects and tasks as they are when somebody has just made them."""

from datetime import date, datetime
from typing import Literal

from headway.entrypoints.demo.ledger import Ids, Ledger
from headway.modules.tasks.contracts import Priority
from headway.modules.tasks.store.projects import PROJECT_MEMBER, ProjectMemberRow, ProjectRow
from headway.modules.tasks.store.tasks import TaskRow


def fresh_project(  # noqa: PLR0913 - the columns in which projects of the demo differ
    workspace_id: str,
    project_id: str,
    at: datetime,
    maker: str,
    *,
    key: str,
    name: str,
    color: str,
    position: str,
    kind: Literal["inbox", "project"] = "project",
    is_private: bool = False,
) -> ProjectRow:
    """A project without tasks, statuses and listed people."""
    return ProjectRow(
        workspace_id=workspace_id,
        id=project_id,
        key=key,
        name=name,
        description="",
        color=color,
        icon="",
        kind=kind,
        access="private" if is_private else "open",
        position=position,
        archived_at=None,
        trashed_at=None,
        created_by=maker,
        created_at=at,
        updated_at=at,
        version=1,
    )


def list_person(ledger: Ledger, project: ProjectRow, user_id: str, ids: Ids) -> None:
    """Let somebody edit a private project from its beginning."""
    at = project.created_at
    listed = ProjectMemberRow(project.workspace_id, ids.at(at), project.id, user_id, "edit", 1)
    ledger.insert(PROJECT_MEMBER, listed, at, project.created_by)


def fresh_task(  # noqa: PLR0913 - the columns in which tasks of the demo differ
    project: ProjectRow,
    task_id: str,
    at: datetime,
    maker: str,
    *,
    number: int,
    position: str,
    title: str = "",
    description: str = "",
    status: Literal["backlog", "todo"] = "todo",
    priority: Priority = "none",
    due_date: date | None = None,
    estimate_minutes: int | None = None,
    assignee_ids: tuple[str, ...] = (),
    label_ids: tuple[str, ...] = (),
) -> TaskRow:
    """A task that nobody has begun, watched by those whom it concerns."""
    return TaskRow(
        workspace_id=project.workspace_id,
        id=task_id,
        project_id=project.id,
        number=number,
        parent_id=None,
        title=title,
        description=description,
        status=status,
        status_category=status,
        priority=priority,
        start_date=None,
        due_date=due_date,
        due_time=None,
        due_zone=None,
        due_at=None,
        estimate_minutes=estimate_minutes,
        position=position,
        recurrence=None,
        occurrence=1,
        assignee_ids=assignee_ids,
        label_ids=label_ids,
        watcher_ids=(maker,) if maker in assignee_ids else (maker, *assignee_ids),
        completed_at=None,
        trashed_at=None,
        created_by=maker,
        created_at=at,
        updated_at=at,
        version=1,
    )
