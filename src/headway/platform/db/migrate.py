"""Brings a database to the schema of this program: forward only, each module by its own revisions.

A module's revisions are files `m0001_initial.py`, `m0002_...` in its folder `migrations`, named as the revision is, so
that what there is to do is known from the names alone and alembic is imported only when something is.
"""

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import Column, Connection, MetaData, String, Table, select

from headway.platform.db.statement import Statement
from headway.platform.failure import Failure

ENVIRONMENT: Final = Path(__file__).parent / "alembic"

Progress = Callable[[str, str], None]
"""Called with the module and the revision that it has been brought to."""


class Schema(Protocol):
    """The tables of a database, seen without an event loop."""

    @property
    def exists(self) -> bool:
        """Whether there is a database."""
        ...

    def revisions(self, tables: Sequence[str]) -> dict[str, str]:
        """What these tables, each of one revision, say; those that are not there are left out."""
        ...

    def upgrading(self) -> AbstractContextManager[Connection]:
        """A connection to change tables with, for one program at a time; committed at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """A module that has tables, and the folder of its revisions."""

    name: str
    folder: Path

    @property
    def version_table(self) -> str:
        """The table that remembers the module's revision."""
        return f"schema_{self.name}"

    @property
    def revisions(self) -> list[str]:
        """The revisions that this program knows, oldest first."""
        return sorted(path.stem for path in self.folder.glob("m[0-9]*_*.py"))


class NewerDatabase(Failure):
    """The database was written by a newer release; this program must not touch it."""

    def __init__(self, module: str, revision: str, known: str) -> None:
        super().__init__(
            f"The database is newer than this program: module {module} is at revision {revision}, this program knows "
            f"revisions up to {known}. Start the newer release, or restore a backup from before it."
        )
        self.module = module
        self.revision = revision


def part(name: str, package: str) -> Part:
    """The part of a module whose package has a folder `migrations`."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(package)
    return Part(name, Path(spec.submodule_search_locations[0]) / "migrations")


def pending(schema: Schema, parts: Sequence[Part]) -> list[Part]:
    """The modules that have revisions to come; all when there is no database. NewerDatabase when one is ahead."""
    if not schema.exists:
        return list(parts)
    revisions = revisions_of(schema, parts)
    refuse_newer(revisions, parts)
    return [each for each in parts if revisions.get(each.name) != each.revisions[-1]]


def migrate(schema: Schema, parts: Sequence[Part], progress: Progress = lambda _module, _revision: None) -> list[Part]:
    """Bring every module to its newest revision, and return those that changed.

    Who migrates at the same time waits, and then finds nothing to do. On SQLite all is one transaction, and nobody else
    may have the file open; MariaDB and MySQL commit each statement. NewerDatabase when a module is ahead: nothing is
    changed then.
    """
    if not pending(schema, parts):
        return []
    with schema.upgrading() as connection:
        behind = pending(schema, parts) if schema.exists else list(parts)
        _upgrade(connection, behind, progress)
    return behind


def revisions_of(schema: Schema, parts: Sequence[Part]) -> dict[str, str]:
    """The revision that each module of a database is at; those without tables are left out."""
    found = schema.revisions([each.version_table for each in parts])
    return {each.name: found[each.version_table] for each in parts if each.version_table in found}


def revision_in(table: str) -> Statement[str]:
    """Reads the revision from a table of revisions."""
    return Statement(select(Table(table, MetaData(), Column("version_num", String(32))).c.version_num), str)


def refuse_newer(revisions: Mapping[str, str], parts: Sequence[Part]) -> None:
    """NewerDatabase when one of these revisions (by module) is not known to this program."""
    for each in parts:
        revision = revisions.get(each.name)
        if revision is not None and revision not in each.revisions:
            raise NewerDatabase(each.name, revision, each.revisions[-1])


def _upgrade(connection: Connection, behind: Sequence[Part], progress: Progress) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that a start without anything to do saves
    from alembic.config import Config  # noqa: PLC0415

    for each in behind:
        config = Config()
        config.set_main_option("script_location", str(ENVIRONMENT))
        config.set_main_option("version_locations", str(each.folder))
        config.set_main_option("path_separator", "newline")
        config.attributes.update(connection=connection, version_table=each.version_table)
        command.upgrade(config, "head")
        progress(each.name, each.revisions[-1])
