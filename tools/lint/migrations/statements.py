"""The statements of a migration, as each database would be given them. Nothing is connected to."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.lint.source import Source

DIALECTS = ("mysql", "sqlite")
TERMINATOR = ";"


@dataclass(frozen=True)
class Statement:
    """One statement in capitals, without quotes, comments and what stands in strings; the line that gives it."""

    text: str
    line: int


class Unforeseeable(Exception):
    """What a migration does depends on what it finds."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def statements_of(source: Source, dialect: str) -> list[Statement]:
    """What a migration does on a database. Unforeseeable when that cannot be told beforehand."""
    # not at the top: half a second that those who look at other files save
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    written = _Written(source.path)
    options = {"as_sql": True, "output_buffer": written, "transactional_ddl": False}
    names: dict[str, Any] = {"__name__": "migration"}  # Any: whatever the file defines
    try:
        exec(compile(source.text, source.path, "exec"), names)  # noqa: S102 - this project's own file
        if "upgrade" in names:
            with Operations.context(MigrationContext.configure(dialect_name=dialect, opts=options)):
                names["upgrade"]()
    except Exception as error:
        raise Unforeseeable(_line_of(error, source.path), f"{type(error).__name__}: {error}") from error
    return written.found


class _Written:
    """Takes what alembic writes, statement by statement."""

    def __init__(self, path: str) -> None:
        self.found: list[Statement] = []
        self._path = path

    def write(self, text: str) -> None:
        """One statement, or an empty line behind it."""
        plain = normalized(text)
        if plain:
            self.found.append(Statement(plain, self._line()))

    def flush(self) -> None:
        """Nothing waits."""

    def _line(self) -> int:
        frame = sys._getframe()  # noqa: SLF001 - the migration's line, which no other way tells
        while frame.f_back is not None and frame.f_code.co_filename != self._path:
            frame = frame.f_back
        return frame.f_lineno if frame.f_code.co_filename == self._path else 1


def normalized(text: str) -> str:
    """A statement as the rules read it. What only MySQL executes of a comment stays."""
    text = re.sub(r"'(?:[^'\\]|\\.|'')*'", "''", text, flags=re.DOTALL)
    text = re.sub(r"/\*(?!!).*?\*/|--[^\n]*", " ", text, flags=re.DOTALL)
    return " ".join(re.sub(r'[`"]', "", text).split()).rstrip(TERMINATOR + " ").upper()


def _line_of(error: BaseException, path: str) -> int:
    def lines() -> Iterator[int]:
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == path:
                yield trace.tb_lineno
            trace = trace.tb_next

    return max(lines(), default=getattr(error, "lineno", None) or 1)
