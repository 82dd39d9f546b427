"""Moments at which somebody is to be told of a task. Those that rang are kept a while, so that none rings twice."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Column, Index, String, Table, bindparam, delete, select, update

from headway.modules.notifications.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, command, rows_of
from headway.platform.db.types import Flag, Id, Instant

alarms: Final = Table(
    "alarms",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("task_id", Id, primary_key=True),
    Column("source", Id, primary_key=True, comment="the reminder; the task itself where it is due"),
    Column("occurrence", String(40), primary_key=True, comment="the moment that it is about"),
    Column("workspace_id", Id, nullable=False),
    Column("fires_at", Instant, nullable=False),
    Column("rang", Flag, nullable=False),
    Index("alarms_by_time", "rang", "fires_at"),
    Index("alarms_of_source", "workspace_id", "source"),
    sqlite_with_rowid=False,
)


class Alarm(msgspec.Struct, frozen=True):
    """`source` is the reminder, or the task itself where it is due."""

    user_id: str
    task_id: str
    source: str
    occurrence: str
    workspace_id: str
    fires_at: datetime
    rang: bool

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes an alarm the same one."""
        return (self.user_id, self.task_id, self.source, self.occurrence)


_KEY: Final = (
    alarms.c.user_id == bindparam("of_user"),
    alarms.c.task_id == bindparam("of_task"),
    alarms.c.source == bindparam("of_source"),
    alarms.c.occurrence == bindparam("of_occurrence"),
)
OF_SOURCE: Final = rows_of(
    alarms, Alarm, alarms.c.workspace_id == bindparam("workspace_id"), alarms.c.source == bindparam("source")
)
WAITING_OF_PERSON: Final = rows_of(
    alarms, Alarm, alarms.c.user_id == bindparam("user_id"), alarms.c.rang == bindparam("rang")
)
RINGING: Final = Statement(
    select(*columns_of(alarms, Alarm))
    .where(alarms.c.rang == bindparam("rang"), alarms.c.fires_at <= bindparam("now"))
    .order_by(alarms.c.fires_at)
    .limit(bindparam("limit")),
    Alarm,
)
SET_RANG: Final = command(update(alarms).where(*_KEY).values(rang=bindparam("to")))
DROP: Final = command(delete(alarms).where(*_KEY))
DROP_OF_PERSON: Final = command(delete(alarms).where(alarms.c.user_id == bindparam("of_user")))
DROP_RANG_BEFORE: Final = command(
    delete(alarms).where(alarms.c.rang == bindparam("rang"), alarms.c.fires_at < bindparam("before"))
)


def named(alarm: Alarm) -> dict[str, str]:
    """The parameters that name an alarm."""
    user_id, task_id, source, occurrence = alarm.key
    return {"of_user": user_id, "of_task": task_id, "of_source": source, "of_occurrence": occurrence}
