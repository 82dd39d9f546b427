"""Rows as the API answers them."""

from datetime import datetime
from typing import Literal, TypeVar

import msgspec
from msgspec import UNSET
from msgspec.structs import asdict

from headway.modules.tasks.contracts import EditedTask, Project, Task, Workspace
from headway.modules.tasks.contracts.attachments import Attachment
from headway.modules.tasks.contracts.invitations import Invitation, InvitationState
from headway.modules.tasks.contracts.members import Membership
from headway.modules.tasks.contracts.sharing import ChangedProject
from headway.modules.tasks.contracts.transfers import Transfer
from headway.modules.tasks.domain.access import Level, Role
from headway.modules.tasks.store.attachments import AttachmentRow
from headway.modules.tasks.store.invitations import InvitationRow
from headway.modules.tasks.store.projects import ProjectRow
from headway.modules.tasks.store.tasks import TaskRow
from headway.modules.tasks.store.transfers import TransferRow
from headway.modules.tasks.store.workspaces import MemberRow, WorkspaceRow

R = TypeVar("R", bound=msgspec.Struct)
V = TypeVar("V", bound=msgspec.Struct)


def same(row: R, make: type[V]) -> V:
    """A row as an answer whose fields have the same names."""
    return msgspec.convert(row, make, from_attributes=True)


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


def edited_view(row: TaskRow, project_key: str, merge: Literal["merged", "conflict"] | None) -> EditedTask:
    """A task after an edit, with what became of its description."""
    return EditedTask(**asdict(task_view(row, project_key)), merge=merge or UNSET)


def changed_project_view(row: ProjectRow, level: Level, lost_sight: tuple[str, ...]) -> ChangedProject:
    """A project after a change, with the people who see it no longer."""
    return ChangedProject(**asdict(project_view(row, level)), lost_sight_ids=lost_sight)


def membership_view(row: MemberRow) -> Membership:
    """Somebody's place in a workspace."""
    return Membership(row.id, row.workspace_id, row.role, row.joined_at, row.version)


def invitation_state(row: InvitationRow, now: datetime) -> InvitationState:
    """What has become of an invitation."""
    if row.accepted_at is not None:
        return "accepted"
    if row.revoked_at is not None:
        return "revoked"
    return "open" if now < row.expires_at else "expired"


def invitation_view(row: InvitationRow, now: datetime) -> Invitation:
    """An invitation, for administrators of the workspace."""
    return Invitation(
        row.id,
        row.workspace_id,
        row.email,
        row.role,
        row.project_ids,
        row.level,
        invitation_state(row, now),
        row.invited_by,
        row.created_at,
        row.expires_at,
        row.version,
    )


def attachment_view(row: AttachmentRow) -> Attachment:
    """A file on a task."""
    address = f"/attachments/{row.id}"
    return Attachment(
        row.id,
        row.task_id,
        row.name,
        row.media_type,
        row.size,
        row.sha256,
        f"{address}/content",
        f"{address}/thumbnail" if row.has_thumbnail else None,
        row.created_by,
        row.created_at,
        row.version,
    )


def transfer_view(row: TransferRow) -> Transfer:
    """A transfer as the API answers it."""
    return Transfer(
        row.id,
        row.task_id,
        row.target_workspace_id,
        row.target_project_id,
        row.new_task_id,
        row.state,
        row.reason,
        row.created_at,
        row.version,
    )
