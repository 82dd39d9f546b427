"""What somebody wants to hear of, and where; and what not."""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, String, Table, UniqueConstraint, bindparam, select

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.notifications.domain.kinds import Channels
from headway.modules.notifications.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, rows_of
from headway.platform.db.types import Id, Instant, Json

Choices = dict[str, Channels]
Muted = Literal["task", "project", "workspace"]

preferences: Final = Table(
    "notification_preferences",
    metadata,
    Column("id", Id, primary_key=True, comment="the person's user id"),
    Column("choices", Json(Choices), nullable=False, comment="by kind of news; what is missing is as by default"),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

mutes: Final = Table(
    "mutes",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("object_id", Id, nullable=False, comment="of the task, project or workspace"),
    Column("what", String(16), nullable=False),
    Column("workspace_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("user_id", "object_id", name="mutes_by_object"),
    sqlite_with_rowid=False,
)


class PreferencesRow(msgspec.Struct, frozen=True):
    id: str
    choices: Choices
    version: int


class MuteRow(msgspec.Struct, frozen=True):
    user_id: str
    id: str
    object_id: str
    what: Muted
    workspace_id: str
    created_at: datetime
    version: int


PREFERENCES: Final = Kind("notification_preferences", preferences, PreferencesRow, lambda row: person_scope(row.id))
MUTE: Final = Kind(
    "mute",
    mutes,
    MuteRow,
    lambda row: person_scope(row.user_id),
    silent=frozenset({"id", "version", "user_id"}),
)

PREFERENCES_OF: Final = rows_of(preferences, PreferencesRow, preferences.c.id == bindparam("user_id"))

_MINE: Final = mutes.c.user_id == bindparam("user_id")
MUTE_OF: Final = rows_of(mutes, MuteRow, _MINE, mutes.c.object_id == bindparam("object_id"))
MUTES_AMONG: Final = rows_of(mutes, MuteRow, _MINE, mutes.c.object_id.in_(bindparam("ids", expanding=True)))
MUTES_OF: Final = Statement(
    select(*columns_of(mutes, MuteRow)).where(_MINE).order_by(mutes.c.created_at, mutes.c.id), MuteRow
)
