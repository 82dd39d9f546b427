"""One request asks the database the same thing once: what an answer follows from is found by what it is made of."""

from typing import Any, Final, TypeVar

from headway.platform.db.port import Parameters, Reader
from headway.platform.db.statement import Statement

T = TypeVar("T")

# Any: the rows of any statement, and parameters of any type.
_Key = tuple[Statement[Any], bool, tuple[tuple[str, Any], ...]]

_LISTS: Final = (list, set)


class Once:
    """A reader for the length of one request. What it found stays until `forget`; who is given it may change it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: dict[_Key, Any] = {}

    @property
    def dialect(self) -> str:
        """As the reader's."""
        return self._reader.dialect

    def forget(self) -> None:
        """Ask anew from here on."""
        self._found.clear()

    async def rows(self, statement: Statement[T], **parameters: Parameters) -> list[T]:
        """All rows."""
        key = _key(statement, True, parameters)
        found: list[T] | None = self._found.get(key)
        if found is None:
            found = self._found[key] = await self._reader.rows(statement, **parameters)
        return found.copy()

    async def row(self, statement: Statement[T], **parameters: Parameters) -> T | None:
        """The first row, or None."""
        key = _key(statement, False, parameters)
        if key not in self._found:
            self._found[key] = await self._reader.row(statement, **parameters)
        row: T | None = self._found[key]
        return row


def _key(statement: Statement[Any], all_rows: bool, parameters: dict[str, Parameters]) -> _Key:
    plain = [(name, tuple(value) if isinstance(value, _LISTS) else value) for name, value in parameters.items()]
    return statement, all_rows, tuple(plain)
