"""What somebody was told."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.notifications.domain.kinds import NewsKind
from headway.modules.notifications.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant

notifications: Final = Table(
    "notifications",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("workspace_id", Id, nullable=False),
    Column("task_id", Id, comment="NULL for an invitation, and for several tasks at once"),
    Column("comment_id", Id),
    Column("actor_id", Id, comment="NULL: the clock"),
    Column("title", String(500), nullable=False),
    Column("count", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("read_at", Instant),
    Column("version", BigInteger, nullable=False),
    Index("notifications_by_time", "user_id", "created_at", "id"),
    Index("notifications_of_task", "user_id", "task_id", "created_at"),
    Index("notifications_by_reading", "read_at", "user_id", "created_at", "id"),
    sqlite_with_rowid=False,
)


class NotificationRow(msgspec.Struct, frozen=True):
    user_id: str
    id: str
    kind: NewsKind
    workspace_id: str
    task_id: str | None
    comment_id: str | None
    actor_id: str | None
    title: str
    count: int
    created_at: datetime
    updated_at: datetime
    read_at: datetime | None
    version: int


NOTIFICATION: Final = Kind(
    "notification",
    notifications,
    NotificationRow,
    lambda row: person_scope(row.user_id),
    silent=frozenset({"id", "version", "user_id"}),
)

_MINE: Final = notifications.c.user_id == bindparam("user_id")
_UNREAD: Final = notifications.c.read_at.is_(None)
_NEWEST_FIRST: Final = (notifications.c.created_at.desc(), notifications.c.id.desc())
_AT: Final = bindparam("at", type_=notifications.c.created_at.type)
_LAST: Final = bindparam("last", type_=notifications.c.id.type)
_BEFORE: Final = or_(
    notifications.c.created_at < _AT, and_(notifications.c.created_at == _AT, notifications.c.id < _LAST)
)
_UP_TO: Final = or_(
    notifications.c.created_at < _AT, and_(notifications.c.created_at == _AT, notifications.c.id <= _LAST)
)

BY_ID: Final = rows_of(notifications, NotificationRow, _MINE, notifications.c.id == bindparam("id"))
UNREAD_OF_TASK_SINCE: Final = Statement(
    select(*columns_of(notifications, NotificationRow))
    .where(
        _MINE,
        notifications.c.task_id == bindparam("task_id"),
        notifications.c.created_at > bindparam("since"),
        _UNREAD,
    )
    .order_by(*_NEWEST_FIRST)
    .limit(1),
    NotificationRow,
)
PAGE: Final = Statement(
    select(*columns_of(notifications, NotificationRow))
    .where(_MINE, _BEFORE)
    .order_by(*_NEWEST_FIRST)
    .limit(bindparam("limit")),
    NotificationRow,
)
UNREAD_PAGE: Final = Statement(
    select(*columns_of(notifications, NotificationRow))
    .where(_MINE, _BEFORE, _UNREAD)
    .order_by(*_NEWEST_FIRST)
    .limit(bindparam("limit")),
    NotificationRow,
)
ALL: Final = rows_of(notifications, NotificationRow, _MINE)
UNREAD: Final = rows_of(notifications, NotificationRow, _MINE, _UNREAD)
UNREAD_UP_TO: Final = rows_of(notifications, NotificationRow, _MINE, _UNREAD, _UP_TO)
UNREAD_COUNT: Final = Statement(select(func.count()).select_from(notifications).where(_MINE, _UNREAD), int)

_OLD: Final = notifications.c.read_at < bindparam("before")
PEOPLE_WITH_OLD: Final = Statement(
    select(notifications.c.user_id).distinct().where(_OLD).limit(bindparam("limit")), str
)
OLD_OF: Final = Statement(
    select(*columns_of(notifications, NotificationRow))
    .where(_OLD, _MINE)
    .order_by(notifications.c.created_at)
    .limit(bindparam("limit")),
    NotificationRow,
)
