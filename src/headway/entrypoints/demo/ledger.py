"""One stream's rows and entries, written in memory: what `changes.work.Work` does, for many years in one go."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from random import Random
from types import MappingProxyType
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import astuple
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from headway.changes.contracts import Op, Stream
from headway.changes.log import ENTRY_BYTES
from headway.changes.work import Kind
from headway.platform.db.types import Day, Id, Instant, Json
from headway.platform.ids import id_from_bytes, id_to_bytes

R = TypeVar("R", bound=msgspec.Struct)

# Any: what a driver takes for a row's columns.
Encoded = tuple[Any, ...]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_ENDING: Final = 10
_AT_ONCE: Final = 1000
_UUID_7: Final = int.from_bytes((0x7 << 76 | 0x2 << 62).to_bytes(_ENDING, "big") * _AT_ONCE, "big")
_DRAWN: Final = ~int.from_bytes((0xF << 76 | 0x3 << 62).to_bytes(_ENDING, "big") * _AT_ONCE, "big")
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_DIALECT: Final = sqlite.dialect()
_encode: Final = msgspec.json.Encoder().encode


class Ids:
    """UUIDv7 (RFC 9562) whose random part follows from a seed."""

    def __init__(self, chance: Random) -> None:
        self._endings = _endings(chance)

    def at(self, moment: datetime) -> str:
        """An identifier made at that moment."""
        return id_from_bytes(self.bytes_at(microseconds_of(moment)))

    def bytes_at(self, microseconds: int) -> bytes:
        """The bytes of an identifier made so long after 1970."""
        return (microseconds // 1000).to_bytes(6, "big") + next(self._endings)


def _endings(chance: Random) -> Iterator[bytes]:
    """What follows the time in an identifier, drawn for many at once."""
    while True:
        drawn = int.from_bytes(chance.randbytes(_ENDING * _AT_ONCE), "big")
        endings = (drawn & _DRAWN | _UUID_7).to_bytes(_ENDING * _AT_ONCE, "big")
        for start in range(0, len(endings), _ENDING):
            yield endings[start : start + _ENDING]


class Ledger:
    """Objects of one stream as they are in the end, and every entry on the way there."""

    def __init__(self, stream: Stream, ids: Ids) -> None:
        self.stream = stream
        self._ids = ids
        self._owner = id_to_bytes(stream.owner)
        self._kinds: dict[str, Kind[Any]] = {}
        self._rows: dict[str, dict[str, Any]] = {}
        self._extras: dict[str, dict[str, Any]] = {}
        self.entries: list[Encoded] = []
        self.said = 0

    # `extra` are columns that no row Struct has. Any: values of columns.
    def insert(self, kind: Kind[R], row: R, at: datetime, actor: str | None, **extra: Any) -> R:
        """A new object; told as `create`."""
        self.keep(kind, row)
        if extra:
            self.extend(row, **extra)
        self.tell(kind, row, "create", kind.fields(row), {}, at, actor)
        return row

    def update(self, kind: Kind[R], row: R, at: datetime, actor: str | None, **changed: Any) -> R:
        """Another state of an object; told as `update`."""
        if _says_when_updated(kind.row):
            changed["updated_at"] = at
        after = msgspec.structs.replace(row, version=_version(row) + 1, **changed)
        self.keep(kind, after)
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
        microseconds = microseconds_of(at)
        told, past = _encode(fields), _encode(before) if before else b"{}"
        self.said += ENTRY_BYTES + len(told) + len(past)
        object_id, subject = _id(row), kind.subject(row)
        key = id_bytes(object_id)
        self.entries.append(
            (
                self.stream.kind,
                self._owner,
                len(self.entries) + 1,
                kind.scope(row),
                self._ids.bytes_at(microseconds),
                kind.name,
                key,
                op,
                _version(row),
                told.decode(),
                past.decode(),
                key if subject == object_id else id_bytes(subject),
                None if actor is None else id_bytes(actor),
                microseconds,
                "person",
            )
        )

    def keep(self, kind: Kind[R], row: R) -> None:
        """A row, or another state of it, that is told in another way."""
        if kind.name not in self._rows:
            self._kinds[kind.name] = kind
            self._rows[kind.name] = {}
        self._rows[kind.name][_id(row)] = row

    def extend(self, row: msgspec.Struct, **extra: Any) -> None:
        """Set columns of an object that no row Struct has."""
        self._extras[_id(row)] = extra

    def rows(self, kind: Kind[R]) -> list[R]:
        """The objects of a kind, in the order in which they were made."""
        return list(self._rows.get(kind.name, {}).values())

    def encoded(self) -> dict[str, list[Encoded]]:
        """All rows by their table's name, ready for the driver."""
        return {kind.table.name: self._encoded(kind) for kind in self._kinds.values()}

    def _encoded(self, kind: Kind[Any]) -> list[Encoded]:
        rows = self._rows[kind.name].values()
        derived = [kind.derived(row) for row in rows]
        extras = [self._extras.get(_id(row), _NOTHING) for row in rows]
        names = (*kind.row.__struct_fields__, *derived[0], *extras[0])
        values: Iterator[Encoded] = map(astuple, rows)
        if derived[0] or extras[0]:
            values = (
                (*row, *of.values(), *more.values()) for row, of, more in zip(values, derived, extras, strict=True)
            )
        return encode_rows(kind.table, names, values)


def encode_rows(table: Table, names: Iterable[str], rows: Iterable[Encoded]) -> list[Encoded]:
    """Rows whose values have these names, in the order of the table's columns and as the driver takes them.

    Column by column, which takes half as long as row by row.
    """
    values = dict(zip(names, zip(*rows, strict=True), strict=False))  # no rows, no columns
    if not values:
        return []
    columns = (_processed(column.type, values[column.name]) for column in table.columns)
    return list(zip(*columns, strict=True))


def _processed(kind: TypeEngine[Any], values: Encoded) -> Sequence[Any]:
    process = _processor(kind)
    return values if process is None else [None if value is None else process(value) for value in values]


@cache
def _says_when_updated(row: type[msgspec.Struct]) -> bool:
    return "updated_at" in row.__struct_fields__


@lru_cache(maxsize=65_536)
def id_bytes(text: str) -> bytes:
    """The 16 bytes of an identifier; the same few identifiers stand in most rows."""
    return id_to_bytes(text)


@lru_cache(maxsize=4096)
def microseconds_of(at: datetime) -> int:
    """Since 1970, as instants are kept; the same instant stands in many rows that follow one another."""
    return (at - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=16_384)
def _list_text(listed: tuple[str, ...]) -> str:
    return _encode(listed).decode()


@lru_cache(maxsize=4096)
def _day_text(day: date) -> str:
    return day.isoformat()


def instant_of(microseconds: int) -> datetime:
    """What `microseconds_of` was asked of."""
    return _EPOCH + microseconds * _MICROSECOND


def _processor(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    if isinstance(kind, Id):
        return id_bytes
    if isinstance(kind, Instant):
        return microseconds_of
    if isinstance(kind, Json) and kind.shape == tuple[str, ...]:
        return _list_text
    if isinstance(kind, Day):
        return _day_text
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _id(row: Any) -> str:  # Any: every recorded row has an id and a version
    return row.id  # type: ignore[no-any-return]


def _version(row: Any) -> int:
    return row.version  # type: ignore[no-any-return]
