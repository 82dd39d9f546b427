"""Rows as the API answers them."""

from msgspec import UNSET

from headway.modules.tasks.contracts import Project, Task, Workspace
from headway.modules.tasks.domain.access import Level, Role
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TaskRow
from headway.modules.tasks.store.workspaces import WorkspaceRow


def workspace_view(row: WorkspaceRow, role: Role) -> Workspace:
    """A workspace, for somebody with that role."""
    return Workspace(
        row.id, row.name, row.slug, row.kind, role, row.created_by, row.created_at, row.updated_at, row.version
    )


def project_view(row: ProjectRow, level: Level) -> Project:
    """A project, for somebody with that level."""
    return Project(
        row.id,
        row.workspace_id,
        row.key,
        row.name,
        row.description,
        row.color,
        row.icon,
        row.kind,
        row.access,
        level,
        row.position,
        row.archived_at,
        row.created_by,
        row.created_at,
        row.updated_at,
        row.version,
    )


def task_view(row: TaskRow, project_key: str, *, with_description: bool = True) -> Task:
    """A task, whole or without its description."""
    return Task(
        row.id,
        f"{project_key}-{row.number}",
        row.workspace_id,
        row.project_id,
        row.parent_id,
        row.title,
        row.status,
        row.status_category,
        row.priority,
        row.start_date,
        row.due_date,
        row.due_time,
        row.due_zone,
        row.due_at,
        row.assignee_ids,
        row.label_ids,
        row.watcher_ids,
        row.estimate_minutes,
        row.position,
        row.recurrence,
        row.completed_at,
        row.trashed_at,
        row.created_by,
        row.created_at,
        row.updated_at,
        row.version,
        row.description if with_description else UNSET,
    )
