"""The unit of work: every change of a row goes through here, so that none can miss its entry in the log."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Table

from headway.changes.contracts import Entry, Op, Origin, Recorded, Stream
from headway.changes.log import Reached, advance, append, reached
from headway.platform.db.port import Transaction
from headway.platform.db.statement import delete_by_key, insert_into, update_by_key
from headway.platform.ids import new_id
from headway.platform.problems import PreconditionFailed

R = TypeVar("R", bound=msgspec.Struct)


def _own_id(row: Any) -> str:  # Any: every recorded row has an id, a version and its stream's owner
    return str(row.id)


def _nothing(_row: object) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True)
class Kind(Generic[R]):
    """A kind of object in a stream: its table, its row and what of it the log tells.

    The row is a frozen Struct with `id`, `version` and the table's other columns. `scope` says who may see it;
    `subject` the task (or other parent) that an entry is about; `silent` fields are not told. `derived` are columns
    beside the row's fields, computed from it so that lists can be found by them. `follow(tx, before, after)` keeps
    other tables in step (links, the search index); before is None for a new row, after for one that goes.
    """

    name: str
    table: Table
    row: type[R]
    scope: Callable[[R], str]
    subject: Callable[[R], str] = _own_id
    silent: frozenset[str] = frozenset({"id", "version", "workspace_id", "user_id"})
    derived: Callable[[R], Mapping[str, object]] = _nothing
    follow: Callable[[Transaction, R | None, R | None], Awaitable[None]] | None = None

    def fields(self, row: R) -> dict[str, Any]:  # Any: as in Entry.fields
        """The object as `create` and `enter` tell it."""
        told = msgspec.structs.asdict(row)
        for name in self.silent:
            told.pop(name, None)
        return told

    def key(self, row: R) -> dict[str, Any]:  # Any: values of the primary key
        """The parameters that name the row's primary key."""
        return {f"key_{column.name}": getattr(row, column.name) for column in self.table.primary_key.columns}


@dataclass
class Work:
    """One action in one stream: rows change at once, entries are appended together at the end."""

    tx: Transaction
    stream: Stream
    actor: str | None
    now: datetime
    action_id: str = field(default_factory=new_id)
    if_match: int | None = None
    origin: Origin = "person"
    entries: list[Recorded] = field(default_factory=list)

    async def lock(self) -> None:
        """Take the stream's row first: for rules that span rows (last owner, parent cycle, unique key)."""
        await advance(self.tx, self.stream, 0)

    def check_version(self, row: Any) -> None:  # Any: a row with a version
        """Honour If-Match for the object that the request names; PreconditionFailed when it has changed."""
        if self.if_match is not None and self.if_match != row.version:
            raise PreconditionFailed(row.version)

    async def insert(self, kind: Kind[R], row: R) -> R:
        """Insert a row and tell `create`."""
        await self.tx.execute(insert_into(kind.table), **_columns(row), **kind.derived(row))
        if kind.follow is not None:
            await kind.follow(self.tx, None, row)
        self.tell(kind, row, "create", kind.fields(row))
        return row

    async def update(self, kind: Kind[R], row: R, /, **changes: Any) -> R:  # Any: values of the row's fields
        """Set fields and tell those that differ; the row itself when none does."""
        changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
        if not changed:
            return row
        after = await self._write(kind, row, changed)
        told = [name for name in changed if name not in kind.silent]
        before = {name: getattr(row, name) for name in told}
        if kind.scope(after) != kind.scope(row):
            self.tell(kind, row, "leave", {}, version=_version(after))
            self.tell(kind, after, "enter", kind.fields(after), before)
        else:
            self.tell(kind, after, "update", {name: getattr(after, name) for name in told}, before)
        return after

    async def rescope(self, kind: Kind[R], before: R, after: R) -> R:
        """Tell that an object whose own row stays the same is seen by others now: its parent has moved."""
        moved = await self._write(kind, before, _differences(before, after))
        self.tell(kind, before, "leave", {}, version=_version(moved))
        self.tell(kind, moved, "enter", kind.fields(moved))
        return moved

    async def delete(self, kind: Kind[R], row: R) -> None:
        """Delete the row and tell `delete`."""
        await self.tx.execute(delete_by_key(kind.table), **kind.key(row))
        if kind.follow is not None:
            await kind.follow(self.tx, row, None)
        self.tell(kind, row, "delete", {}, kind.fields(row), version=_version(row) + 1)

    def tell(
        self,
        kind: Kind[R],
        row: R,
        op: Op,
        fields: dict[str, Any],  # Any: as in Entry.fields
        before: dict[str, Any] | None = None,
        version: int | None = None,
    ) -> None:
        """Add an entry about a row that has been written."""
        entry = Entry(
            stream="",
            version=0,
            scope=kind.scope(row),
            action_id=self.action_id,
            kind=kind.name,
            id=_own_id(row),
            op=op,
            object_version=_version(row) if version is None else version,
            fields=fields,
            actor=self.actor,
            at=self.now,
        )
        self.entries.append(Recorded(entry, before or {}, kind.subject(row), self.origin))

    async def finish(self) -> Reached:
        """Append what was told; how far the stream has come afterwards."""
        if self.entries:
            return await append(self.tx, self.stream, self.entries)
        return await reached(self.tx, self.stream)

    async def _write(self, kind: Kind[R], row: R, changed: dict[str, Any]) -> R:  # Any: values of the row's fields
        if "updated_at" in row.__struct_fields__:
            changed["updated_at"] = self.now
        changed["version"] = _version(row) + 1
        after = msgspec.structs.replace(row, **changed)
        former = kind.derived(row)
        written = changed | {name: value for name, value in kind.derived(after).items() if value != former[name]}
        statement = update_by_key(kind.table, tuple(sorted(written)))
        await self.tx.execute(statement, **written, **kind.key(row))
        if kind.follow is not None:
            await kind.follow(self.tx, row, after)
        return after


def _columns(row: msgspec.Struct) -> dict[str, Any]:  # Any: the columns' values
    return {name: getattr(row, name) for name in row.__struct_fields__}


def _version(row: Any) -> int:  # Any: every recorded row has a version
    return int(row.version)


def _differences(before: msgspec.Struct, after: msgspec.Struct) -> dict[str, Any]:  # Any: values of the fields
    return {
        name: getattr(after, name)
        for name in after.__struct_fields__
        if getattr(after, name) != getattr(before, name) and name != "version"
    }
