"""Moves of tasks between workspaces.

A `transfer` stands in the workspace that the task leaves: first as the intent, afterwards as the forward from the old
id to the new one. An `arrival` stands in the workspace where it arrives, with what was copied.
"""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import BigInteger, Column, Index, String, Table, bindparam, delete, select

from headway.changes.contracts import person_scope
from headway.changes.work import Kind
from headway.modules.tasks.store.schema import metadata
from headway.platform.db.statement import Statement, columns_of, command, rows_of
from headway.platform.db.types import Id, Instant, Json

TransferState = Literal["under_way", "done", "refused"]

transfers: Final = Table(
    "transfers",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("task_id", Id, nullable=False),
    Column("task_key", String(32), nullable=False),
    Column("target_workspace_id", Id, nullable=False),
    Column("target_project_id", Id, nullable=False),
    Column("new_task_id", Id, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("requested_by", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("transfers_of_task", "workspace_id", "task_id"),
    Index("transfers_of_key", "workspace_id", "task_key"),
    sqlite_with_rowid=False,
)

arrivals: Final = Table(
    "arrivals",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True, comment="the transfer's"),
    Column("task_id", Id, nullable=False),
    Column("copied", Json(dict[str, int]), nullable=False, comment="versions of what was copied, by id"),
    sqlite_with_rowid=False,
)


class TransferRow(msgspec.Struct, frozen=True):
    workspace_id: str
    id: str
    task_id: str
    task_key: str
    target_workspace_id: str
    target_project_id: str
    new_task_id: str
    state: TransferState
    reason: str
    requested_by: str
    created_at: datetime
    version: int


class ArrivalRow(msgspec.Struct, frozen=True):
    """What has been copied into a workspace."""

    workspace_id: str
    id: str
    task_id: str
    copied: dict[str, int]


TRANSFER: Final = Kind(
    "transfer", transfers, TransferRow, lambda row: person_scope(row.requested_by), lambda row: row.task_id
)

_IN_WORKSPACE: Final = transfers.c.workspace_id == bindparam("workspace_id")
TRANSFER_BY_ID: Final = rows_of(transfers, TransferRow, _IN_WORKSPACE, transfers.c.id == bindparam("id"))
TRANSFERS_OF: Final = Statement(
    select(*columns_of(transfers, TransferRow))
    .where(
        transfers.c.workspace_id.in_(bindparam("workspace_ids", expanding=True)),
        transfers.c.task_id == bindparam("task_id"),
    )
    .order_by(transfers.c.id.desc()),
    TransferRow,
)
TRANSFERS_OF_KEY: Final = Statement(
    select(*columns_of(transfers, TransferRow))
    .where(
        transfers.c.workspace_id.in_(bindparam("workspace_ids", expanding=True)),
        transfers.c.task_key == bindparam("task_key"),
    )
    .order_by(transfers.c.id.desc()),
    TransferRow,
)
ARRIVAL: Final = rows_of(
    arrivals, ArrivalRow, arrivals.c.workspace_id == bindparam("workspace_id"), arrivals.c.id == bindparam("id")
)
FORGET_ARRIVAL: Final = command(
    delete(arrivals).where(arrivals.c.workspace_id == bindparam("workspace"), arrivals.c.id == bindparam("transfer"))
)
