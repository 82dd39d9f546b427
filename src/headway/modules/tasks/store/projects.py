"""Projects, the people they are shared with, and their statuses."""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, UniqueConstraint, bindparam, select, update

from headway.changes.contracts import project_scope
from headway.changes.work import Kind
from headway.modules.tasks.domain.access import Level, ProjectAccess
from headway.modules.tasks.domain.defaults import Category
from headway.modules.tasks.store import search_index
from headway.modules.tasks.store.schema import metadata
from headway.modules.tasks.store.search import Document
from headway.platform.db.port import Transaction
from headway.platform.db.statement import Statement, columns_of, command, rows_of
from headway.platform.db.types import Id, Instant

projects: Final = Table(
    "projects",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("key", String(10), nullable=False),
    Column("name", String(100), nullable=False),
    Column("description", String(2000), nullable=False),
    Column("color", String(16), nullable=False),
    Column("icon", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("access", String(16), nullable=False),
    Column("position", String(255), nullable=False),
    Column("archived_at", Instant),
    Column("trashed_at", Instant, comment="in the trash with all its tasks: nobody sees it"),
    Column("created_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("last_number", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "key", name="projects_by_key"),
    sqlite_with_rowid=False,
)

project_members: Final = Table(
    "project_members",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("level", String(16), nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "project_id", "user_id", name="project_members_by_person"),
    Index("project_members_of_person", "workspace_id", "user_id"),
    sqlite_with_rowid=False,
)

statuses: Final = Table(
    "statuses",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("project_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("key", String(32), nullable=False),
    Column("name", String(60), nullable=False),
    Column("category", String(16), nullable=False),
    Column("position", String(255), nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("workspace_id", "project_id", "key", name="statuses_by_key"),
    sqlite_with_rowid=False,
)


class ProjectRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    key: str
    name: str
    description: str
    color: str
    icon: str
    kind: Literal["inbox", "project"]
    access: ProjectAccess
    position: str
    archived_at: datetime | None
    trashed_at: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    version: int


class NewProjectRow(ProjectRow, frozen=True):
    """A project as it is inserted: with the counter that numbers its tasks, which nobody is told."""

    last_number: int = 0


class ProjectMemberRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    project_id: str
    user_id: str
    level: Level
    version: int


class StatusRow(msgspec.Struct, frozen=True):
    workspace_id: str
    project_id: str
    id: str
    key: str
    name: str
    category: Category
    position: str
    version: int


_SILENT: Final = frozenset({"id", "version", "workspace_id", "last_number"})


def document_of(row: ProjectRow | None) -> Document | None:
    """What search finds of a project."""
    if row is None or row.trashed_at is not None:
        return None
    return Document(row.workspace_id, row.id, "project", row.id, row.name, row.description)


async def _follow(tx: Transaction, before: ProjectRow | None, after: ProjectRow | None) -> None:
    await search_index.follow(tx, document_of(before), document_of(after))


PROJECT: Final[Kind[ProjectRow]] = Kind(
    "project", projects, ProjectRow, lambda row: project_scope(row.id), silent=_SILENT, follow=_follow
)
PROJECT_MEMBER: Final = Kind(
    "project_member",
    project_members,
    ProjectMemberRow,
    lambda row: project_scope(row.project_id),
    lambda row: row.project_id,
    frozenset({"id", "version", "workspace_id"}),
)
STATUS: Final = Kind(
    "status", statuses, StatusRow, lambda row: project_scope(row.project_id), lambda row: row.project_id
)

_IN_WORKSPACE: Final = projects.c.workspace_id == bindparam("workspace_id")
_IN_USE: Final = projects.c.trashed_at.is_(None)
PROJECT_BY_ID: Final = rows_of(projects, ProjectRow, _IN_WORKSPACE, projects.c.id == bindparam("id"), _IN_USE)
TRASHED_PROJECT: Final = rows_of(
    projects, ProjectRow, _IN_WORKSPACE, projects.c.id == bindparam("id"), projects.c.trashed_at.is_not(None)
)
PROJECT_BY_KEY: Final = rows_of(projects, ProjectRow, _IN_WORKSPACE, projects.c.key == bindparam("key"))
PROJECTS_OF: Final = Statement(
    select(*columns_of(projects, ProjectRow))
    .where(_IN_WORKSPACE, _IN_USE)
    .order_by(projects.c.position, projects.c.id),
    ProjectRow,
)
TRASHED_PROJECTS_OF: Final = rows_of(projects, ProjectRow, _IN_WORKSPACE, projects.c.trashed_at.is_not(None))
ACCESS_OF_PROJECTS: Final = command(select(projects.c.id, projects.c.access).where(_IN_WORKSPACE, _IN_USE))
LEVELS_OF: Final = command(
    select(project_members.c.project_id, project_members.c.level).where(
        project_members.c.workspace_id == bindparam("workspace_id"),
        project_members.c.user_id == bindparam("user_id"),
    )
)
LEVEL_IN: Final[Statement[Level]] = Statement(
    select(project_members.c.level).where(
        project_members.c.workspace_id == bindparam("workspace_id"),
        project_members.c.project_id == bindparam("project_id"),
        project_members.c.user_id == bindparam("user_id"),
    ),
    lambda level: level,
)
PEOPLE_OF: Final = rows_of(
    project_members,
    ProjectMemberRow,
    project_members.c.workspace_id == bindparam("workspace_id"),
    project_members.c.project_id == bindparam("project_id"),
)
LISTING_OF: Final = rows_of(
    project_members,
    ProjectMemberRow,
    project_members.c.workspace_id == bindparam("workspace_id"),
    project_members.c.project_id == bindparam("project_id"),
    project_members.c.user_id == bindparam("user_id"),
)
LISTINGS_OF_PERSON: Final = rows_of(
    project_members,
    ProjectMemberRow,
    project_members.c.workspace_id == bindparam("workspace_id"),
    project_members.c.user_id == bindparam("user_id"),
)
TAKE_NUMBERS: Final = command(
    update(projects)
    .where(_IN_WORKSPACE, projects.c.id == bindparam("project"))
    .values(last_number=projects.c.last_number + bindparam("count"))
)
LAST_NUMBER: Final = Statement(
    select(projects.c.last_number).where(_IN_WORKSPACE, projects.c.id == bindparam("project")), int
)
LAST_PROJECT_POSITION: Final = Statement(
    select(projects.c.position).where(_IN_WORKSPACE).order_by(projects.c.position.desc()).limit(1), str
)
STATUSES_OF: Final = Statement(
    select(*columns_of(statuses, StatusRow))
    .where(statuses.c.workspace_id == bindparam("workspace_id"), statuses.c.project_id == bindparam("project_id"))
    .order_by(statuses.c.position, statuses.c.id),
    StatusRow,
)
