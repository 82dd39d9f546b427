"""News that is to be mailed unless it is read before. What is mailed, read or not wanted any more is not here."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Column, Integer, String, Table, bindparam, delete, select

from headway.modules.notifications.domain.kinds import NewsKind
from headway.modules.notifications.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, command
from headway.platform.db.types import Id, Instant

waiting_mail: Final = Table(
    "waiting_mail",
    metadata,
    Column("user_id", Id, primary_key=True),
    Column("id", Id, primary_key=True, comment="of the notification, where there is one"),
    Column("kind", String(16), nullable=False),
    Column("workspace_id", Id, nullable=False),
    Column("task_id", Id),
    Column("actor_id", Id),
    Column("title", String(500), nullable=False),
    Column("count", Integer, nullable=False),
    Column("ready_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)


class WaitingMail(msgspec.Struct, frozen=True):
    """`count` and `title` as in a notification; `ready_at`: not to be mailed before."""

    user_id: str
    id: str
    kind: NewsKind
    workspace_id: str
    task_id: str | None
    actor_id: str | None
    title: str
    count: int
    ready_at: datetime


_MINE: Final = waiting_mail.c.user_id == bindparam("of_user")
OF_PERSON: Final = Statement(
    select(*columns_of(waiting_mail, WaitingMail))
    .where(_MINE)
    .order_by(waiting_mail.c.ready_at, waiting_mail.c.id)
    .limit(bindparam("limit")),
    WaitingMail,
)
DROP: Final = command(delete(waiting_mail).where(_MINE, waiting_mail.c.id.in_(bindparam("ids", expanding=True))))
DROP_ALL: Final = command(delete(waiting_mail).where(_MINE))
DROP_KINDS: Final = command(
    delete(waiting_mail).where(_MINE, waiting_mail.c.kind.in_(bindparam("kinds", expanding=True)))
)
