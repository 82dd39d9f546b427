"""Column types that mean the same on SQLite, MariaDB and MySQL.

They give their processors themselves rather than through `process_bind_param`, which costs a call more per value.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, String, Text
from sqlalchemy.dialects.mysql import MEDIUMTEXT
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.compiler import DDLCompiler
from sqlalchemy.types import TypeDecorator, UserDefinedType

from headway.platform.clock import EPOCH
from headway.platform.ids import id_from_bytes, id_to_bytes

_MICROSECOND: Final = timedelta(microseconds=1)
_encode: Final = msgspec.json.Encoder().encode

# SQLAlchemy's processors take and give whatever the driver does: their values have no narrower type than Any.
Processor = Callable[[Any], Any]


class Id(UserDefinedType[str]):
    """An identifier: 36 characters in Python, 16 bytes in the database."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        return "BINARY(16)"

    def bind_processor(self, dialect: Dialect) -> Processor:
        return _id_bytes

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return _id_text


@lru_cache(maxsize=4096)
def _id_bytes(text: str | None) -> bytes | None:
    """One transaction names the same workspace, project and task again and again."""
    return None if text is None else id_to_bytes(text)


@lru_cache(maxsize=4096)
def _id_text(raw: bytes | None) -> str | None:
    """One page of a list names the same workspace, projects and people again and again."""
    return None if raw is None else id_from_bytes(raw)


@compiles(Id, "sqlite")
def _id_on_sqlite(_type: Id, _compiler: object, **_kw: object) -> str:
    return "BLOB"


@compiles(CreateTable, "mysql", "mariadb")
def _compared_by_bytes(create: CreateTable, compiler: DDLCompiler, **kw: Any) -> str:  # Any: SQLAlchemy's own options
    """Texts are compared as the application says, whatever the server's collation is."""
    made: str = compiler.visit_create_table(create, **kw)  # type: ignore[no-untyped-call]
    return f"{made.rstrip()} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"


class Instant(TypeDecorator[datetime]):
    """An instant: aware datetime in Python, microseconds since 1970 (UTC) in the database."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda value: None if value is None else (value - EPOCH) // _MICROSECOND

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return lambda value: None if value is None else EPOCH + _MICROSECOND * value


class Day(TypeDecorator[date]):
    """A calendar day, kept as `YYYY-MM-DD`, which sorts as days do."""

    impl = String(10)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda value: None if value is None else value.isoformat()

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return lambda value: None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):  # Any: the shape is `shape`, given per column
    """JSON text that the database never looks into; decoded into `shape`."""

    impl = Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb")
    cache_ok = True

    def __init__(self, shape: Any = Any) -> None:  # Any: whatever type expression msgspec can decode
        super().__init__()
        self.shape = shape
        self._decoder = msgspec.json.Decoder(shape)

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda value: None if value is None else _encode(value).decode()

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        decode = self._decoder.decode
        return lambda value: None if value is None else decode(value)


class Flag(TypeDecorator[bool]):
    """A yes or no, kept as 1 or 0."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda value: None if value is None else int(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return lambda value: None if value is None else bool(value)


class Ranked(TypeDecorator[str]):
    """One of a few words with an order, kept as its rank so that the database can sort by it."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
        self._ranks = {word: rank for rank, word in enumerate(words)}

    def bind_processor(self, dialect: Dialect) -> Processor:
        ranks = self._ranks
        return lambda value: None if value is None else ranks[value]

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        words = self.words
        return lambda value: None if value is None else words[value]
