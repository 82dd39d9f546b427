"""Workspaces are read out whole, and put in whole: the implementation of `PortableWorkspaces`."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Table, bindparam, delete

from headway.changes.contracts import Recorded
from headway.changes.log import NEWEST, newest, row_of
from headway.changes.schema import activity
from headway.changes.work import Kind, Work
from headway.modules.tasks.actions.inheritance import give_up_projects
from headway.modules.tasks.contracts.portable import PortableHead, PortableObject
from headway.modules.tasks.store.attachments import ATTACHMENT, file_key, thumbnail_key
from headway.modules.tasks.store.portable import (
    PORTABLE,
    SIDE_TABLES,
    WORKSPACE_BY_SLUG,
    all_of,
    page_of,
    plain,
    shape_of,
)
from headway.modules.tasks.store.workspaces import MEMBERS_OF, WORKSPACE_BY_ID, WorkspaceRow, stream_of
from headway.platform.db.port import Reader, Transaction
from headway.platform.db.statement import command, insert_into, row_by_key
from headway.platform.ids import NIL_ID, is_id
from headway.platform.problems import Invalid, NotFound

PAGE: Final = 1000
_FORGET_BEFORE_IMPORT: Final = command(
    delete(activity).where(
        activity.c.stream_kind == "workspace", activity.c.stream_owner == bindparam("of_owner"), activity.c.version < 0
    )
)


class PortabilityInTables:
    """Reads workspaces out whole, and puts them in."""

    async def head(self, reader: Reader, workspace: str) -> PortableHead:
        row = await _workspace(reader, workspace)
        if row is None or row.deleted_at is not None:
            raise NotFound("workspace")
        return PortableHead(row.id, row.name, row.kind)

    async def is_there(self, reader: Reader, workspace_id: str) -> bool:
        return await reader.row(WORKSPACE_BY_ID, id=workspace_id) is not None

    async def objects(self, reader: Reader, workspace_id: str, write: Callable[[PortableObject], None]) -> None:
        for name, kind in PORTABLE.items():
            after = NIL_ID
            while rows := await reader.rows(page_of(kind), of_workspace=workspace_id, after=after, limit=PAGE):
                for row in rows:
                    write(PortableObject(name, plain(row)))
                after = rows[-1].id
        for name, table in SIDE_TABLES.items():
            columns = [column.name for column in table.columns]
            for values in await reader.rows(all_of(table), of_workspace=workspace_id):
                write(PortableObject(name, dict(zip(columns, values, strict=True))))

    async def history(self, reader: Reader, workspace_id: str, write: Callable[[Recorded], None]) -> None:
        before = NEWEST
        while entries := await newest(reader, stream_of(workspace_id), before, PAGE):
            for recorded in entries:
                write(recorded)
            before = entries[-1].entry.version

    def check(self, row: PortableObject) -> None:
        if row.kind not in SIDE_TABLES:
            _row_of(_kind_of(row), row)
        elif set(row.row) != {column.name for column in SIDE_TABLES[row.kind].columns}:
            raise Invalid("bad_export", f"A {row.kind} of the export has other columns.")

    async def put(self, tx: Transaction, workspace_id: str, rows: Sequence[PortableObject], now: datetime) -> int:
        work = Work(tx, stream_of(workspace_id), None, now, origin="import")
        put = [await self._put_one(work, each) for each in rows]
        await work.finish()
        return sum(put)

    async def _put_one(self, work: Work, given: PortableObject) -> bool:
        if given.kind in SIDE_TABLES:
            return await _put_beside(work.tx, SIDE_TABLES[given.kind], given.row)
        kind = _kind_of(given)
        row = _row_of(kind, given)
        if await work.tx.row(row_by_key(kind.table, shape_of(kind)), **kind.key(row)) is not None:
            return False
        await work.insert(kind, row)
        return True

    async def put_history(self, tx: Transaction, workspace_id: str, entries: Sequence[Recorded], after: int) -> None:
        stream = stream_of(workspace_id)
        rows = [
            row_of(stream, recorded) | {"version": -after - number} for number, recorded in enumerate(entries, start=1)
        ]
        await tx.execute_many(insert_into(activity), rows)

    async def forget_history(self, tx: Transaction, workspace_id: str) -> None:
        await tx.execute(_FORGET_BEFORE_IMPORT, of_owner=workspace_id)

    async def leave_out(self, tx: Transaction, workspace_id: str, people: Sequence[str], now: datetime) -> None:
        members = await tx.rows(MEMBERS_OF, workspace_id=workspace_id)
        owners = [row for row in members if row.role == "owner"]
        heir = min(owners, key=lambda row: (row.joined_at, row.id)).id
        work = Work(tx, stream_of(workspace_id), None, now, origin="import")
        for user_id in people:
            await give_up_projects(work, user_id, heir)
        await work.finish()

    def file_keys(self, row: PortableObject) -> list[str]:
        if row.kind != ATTACHMENT.name:
            return []
        attachment = _row_of(ATTACHMENT, row)
        keys = [file_key(attachment.workspace_id, attachment.file_id)]
        if attachment.has_thumbnail:
            keys.append(thumbnail_key(attachment.workspace_id, attachment.file_id))
        return keys


async def _workspace(reader: Reader, workspace: str) -> WorkspaceRow | None:
    if is_id(workspace):
        return await reader.row(WORKSPACE_BY_ID, id=workspace)
    return await reader.row(WORKSPACE_BY_SLUG, slug=workspace)


def _kind_of(given: PortableObject) -> Kind[Any]:  # Any: rows of any kind
    kind = PORTABLE.get(given.kind)
    if kind is None:
        raise Invalid("unknown_kind", f"The export holds a {given.kind}, which this program does not know.")
    return kind


def _row_of(kind: Kind[Any], given: PortableObject) -> Any:  # Any: a row of that kind
    try:
        return msgspec.convert(given.row, shape_of(kind))
    except msgspec.ValidationError as error:
        raise Invalid("bad_export", f"A {given.kind} of the export cannot be read: {error}") from None


async def _put_beside(tx: Transaction, table: Table, row: dict[str, Any]) -> bool:  # Any: the columns' values
    held = await tx.rows(all_of(table), of_workspace=row["workspace_id"])
    if tuple(row[column.name] for column in table.columns) in held:
        return False
    await tx.execute(insert_into(table), **row)
    return True
