"""Tasks as the notifications know them."""

from typing import Final

import msgspec
from sqlalchemy import Column, String, Table, bindparam

from headway.modules.notifications.domain.followed import Followed
from headway.modules.notifications.store.schema import metadata
from headway.platform.db.port import Transaction
from headway.platform.db.statement import delete_by_key, insert_into, rows_of
from headway.platform.db.types import Day, Id, Instant, Json

followed: Final = Table(
    "followed_tasks",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("task_id", Id, primary_key=True),
    Column("title", String(500), nullable=False),
    Column("status_category", String(16), nullable=False),
    Column("assignee_ids", Json(tuple[str, ...]), nullable=False),
    Column("watcher_ids", Json(tuple[str, ...]), nullable=False),
    Column("due_date", Day),
    Column("due_at", Instant),
    Column("trashed_at", Instant),
    sqlite_with_rowid=False,
)

TASK: Final = rows_of(
    followed,
    Followed,
    followed.c.workspace_id == bindparam("workspace_id"),
    followed.c.task_id == bindparam("task_id"),
)


async def keep(tx: Transaction, before: Followed | None, after: Followed | None) -> None:
    """Put `after` in the place of `before`."""
    if before == after:
        return
    if before is not None:
        key = {"key_workspace_id": before.workspace_id, "key_task_id": before.task_id}
        await tx.execute(delete_by_key(followed), **key)
    if after is not None:
        await tx.execute(insert_into(followed), **msgspec.structs.asdict(after))
