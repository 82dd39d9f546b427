"""Column types that mean the same on SQLite, MariaDB and MySQL."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, String, Text
from sqlalchemy.dialects.mysql import MEDIUMTEXT
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, UserDefinedType

from headway.platform.ids import id_from_bytes, id_to_bytes

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

# SQLAlchemy's processors take and give whatever the driver does: their values have no narrower type than Any.
Processor = Callable[[Any], Any]


class Id(UserDefinedType[str]):
    """An identifier: 36 characters in Python, 16 bytes in the database."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        return "BINARY(16)"

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda value: None if value is None else id_to_bytes(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return lambda value: None if value is None else id_from_bytes(value)


@compiles(Id, "sqlite")
def _id_on_sqlite(_type: Id, _compiler: object, **_kw: object) -> str:
    return "BLOB"


class Instant(TypeDecorator[datetime]):
    """An instant: aware datetime in Python, microseconds since 1970 (UTC) in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Day(TypeDecorator[date]):
    """A calendar day, kept as `YYYY-MM-DD`, which sorts as days do."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):  # Any: the shape is `shape`, given per column
    """JSON text that the database never looks into; decoded into `shape`."""

    impl = Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb")
    cache_ok = True

    def __init__(self, shape: Any = Any) -> None:  # Any: whatever type expression msgspec can decode
        super().__init__()
        self.shape = shape
        self._decoder = msgspec.json.Decoder(shape)

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # Any: see the class
        return None if value is None else self._decoder.decode(value)


class Flag(TypeDecorator[bool]):
    """A yes or no, kept as 1 or 0."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Ranked(TypeDecorator[str]):
    """One of a few words with an order, kept as its rank so that the database can sort by it."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
        self._ranks = {word: rank for rank, word in enumerate(words)}

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else self._ranks[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words[value]
