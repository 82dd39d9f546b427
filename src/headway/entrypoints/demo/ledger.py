"""One stream's rows and entries, written in memory: what `changes.work.Work` does, for many years in one go."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from operator import attrgetter
from random import Random
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeEngine

from headway.changes.contracts import Op, Stream
from headway.changes.work import Kind
from headway.platform.db.types import Id
from headway.platform.ids import id_from_bytes, id_to_bytes

R = TypeVar("R", bound=msgspec.Struct)

# Any: what a driver takes for a row's columns.
Encoded = tuple[Any, ...]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_encode: Final = msgspec.json.Encoder().encode


class Ids:
    """UUIDv7 (RFC 9562) whose random part follows from a seed."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def at(self, moment: datetime) -> str:
        """An identifier made at that moment."""
        return id_from_bytes(self.bytes_at(moment))

    def bytes_at(self, moment: datetime) -> bytes:
        """The bytes of an identifier made at that moment."""
        high = ((moment - _EPOCH) // _MILLISECOND) << 16 | 0x7000 | self._chance.getrandbits(12)
        low = 0x8000_0000_0000_0000 | self._chance.getrandbits(62)
        return (high << 64 | low).to_bytes(16, "big")


class Ledger:
    """Objects of one stream as they are in the end, and every entry on the way there."""

    def __init__(self, stream: Stream, ids: Ids) -> None:
        self.stream = stream
        self._ids = ids
        self._owner = id_to_bytes(stream.owner)
        self._rows: dict[tuple[str, str], tuple[Kind[Any], Any, dict[str, Any]]] = {}
        self.entries: list[Encoded] = []

    # `extra` are columns that no row Struct has. Any: values of columns.
    def insert(self, kind: Kind[R], row: R, at: datetime, actor: str | None, **extra: Any) -> R:
        """A new object; told as `create`."""
        self._rows[kind.name, _id(row)] = (kind, row, extra)
        self.tell(kind, row, "create", kind.fields(row), {}, at, actor)
        return row

    def update(self, kind: Kind[R], row: R, at: datetime, actor: str | None, **changed: Any) -> R:
        """Another state of an object; told as `update`."""
        if "updated_at" in row.__struct_fields__:
            changed["updated_at"] = at
        after = msgspec.structs.replace(row, version=_version(row) + 1, **changed)
        extra = self._rows[kind.name, _id(row)][2]
        self._rows[kind.name, _id(row)] = (kind, after, extra)
        before = {name: getattr(row, name) for name in changed}
        self.tell(kind, after, "update", changed, before, at, actor)
        return after

    def tell(  # noqa: PLR0917 - what an entry consists of, in its order
        self,
        kind: Kind[R],
        row: R,
        op: Op,
        fields: dict[str, Any],
        before: dict[str, Any],
        at: datetime,
        actor: str | None,
    ) -> None:
        """Add an entry, in the order of the log's columns."""
        self.entries.append(
            (
                self.stream.kind,
                self._owner,
                len(self.entries) + 1,
                kind.scope(row),
                self._ids.bytes_at(at),
                kind.name,
                id_bytes(_id(row)),
                op,
                _version(row),
                _encode(fields).decode(),
                _encode(before).decode(),
                id_bytes(kind.subject(row)),
                None if actor is None else id_bytes(actor),
                (at - _EPOCH) // timedelta(microseconds=1),
                "person",
            )
        )

    def keep(self, kind: Kind[R], row: R) -> None:
        """A row that was told in another way."""
        self._rows[kind.name, _id(row)] = (kind, row, {})

    def extend(self, kind: Kind[R], row: R, **extra: Any) -> None:
        """Set columns of an object that no row Struct has."""
        self._rows[kind.name, _id(row)] = (kind, self._rows[kind.name, _id(row)][1], extra)

    def rows(self, kind: Kind[R]) -> list[R]:
        """The objects of a kind, in the order in which they were made."""
        return [row for held, row, _ in self._rows.values() if held is kind]

    def encoded(self) -> dict[str, list[Encoded]]:
        """All rows by their table's name, ready for the driver."""
        found: dict[str, list[Encoded]] = {}
        encoders: dict[str, Callable[[Any, dict[str, Any]], Encoded]] = {}
        for kind, row, extra in self._rows.values():
            name = kind.table.name
            if name not in encoders:
                encoders[name] = row_encoder(kind.table)
            found.setdefault(name, []).append(encoders[name](row, {**kind.derived(row), **extra}))
        return found


def row_encoder(table: Table) -> Callable[[Any, dict[str, Any]], Encoded]:
    """Makes tuples in the order of the table's columns from a row and the columns that it has not."""
    dialect = sqlite.dialect()
    processed = []
    for place, column in enumerate(table.columns):
        process = id_bytes if isinstance(column.type, Id) else _processor(column.type, dialect)
        if process is not None:
            processed.append((place, process))
    names = [column.name for column in table.columns]

    @cache
    def reader(extra: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
        return attrgetter(*(name for name in names if name not in extra))

    def encode(row: Any, extra: dict[str, Any]) -> Encoded:
        values = list(reader(tuple(extra))(row))
        for name in names if extra else ():
            if name in extra:
                values.insert(names.index(name), extra[name])
        for place, process in processed:
            if values[place] is not None:
                values[place] = process(values[place])
        return tuple(values)

    return encode


@lru_cache(maxsize=65_536)
def id_bytes(text: str) -> bytes:
    """The 16 bytes of an identifier; the same few identifiers stand in most rows."""
    return id_to_bytes(text)


def _processor(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _id(row: Any) -> str:  # Any: every recorded row has an id and a version
    return str(row.id)


def _version(row: Any) -> int:
    return int(row.version)
