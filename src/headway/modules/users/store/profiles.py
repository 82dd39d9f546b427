"""Profiles: a name and how somebody likes things."""

from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, Column, MetaData, String, Table, bindparam

from headway.changes.contracts import Stream, person_scope
from headway.changes.work import Kind
from headway.modules.auth.contracts import Language
from headway.modules.users.contracts import Theme
from headway.modules.users.domain.preferences import Preferences
from headway.platform.db.statement import rows_of
from headway.platform.db.types import Id, Instant, Json

metadata: Final = MetaData()

profiles: Final = Table(
    "profiles",
    metadata,
    Column("id", Id, primary_key=True, comment="the person's user id"),
    Column("name", String(100), nullable=False),
    Column("language", String(8), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("week_start", BigInteger, nullable=False),
    Column("theme", String(16), nullable=False),
    Column("preferences", Json(dict[str, Any]), nullable=False),  # Any: JSON values that only clients understand
    Column("avatar", Id, comment="names the picture; a new one has a new id"),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


class ProfileRow(msgspec.Struct, frozen=True):
    """A profile. `week_start`: 1 Monday to 7 Sunday."""

    id: str
    name: str
    language: Language
    time_zone: str
    week_start: int
    theme: Theme
    preferences: Preferences
    avatar: str | None
    created_at: datetime
    updated_at: datetime
    version: int


PROFILE: Final = Kind("profile", profiles, ProfileRow, scope=lambda row: person_scope(row.id))

PROFILE_BY_ID: Final = rows_of(profiles, ProfileRow, profiles.c.id == bindparam("id"))
PROFILES_BY_IDS: Final = rows_of(profiles, ProfileRow, profiles.c.id.in_(bindparam("ids", expanding=True)))


def profile_stream(user_id: str) -> Stream:
    """The stream of a person's profile."""
    return Stream("profile", user_id)
