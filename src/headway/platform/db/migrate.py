"""Brings a database to the schema of this program: forward only, each module by its own revisions.

A module's revisions are files `m0001_initial.py`, `m0002_...` in its folder `migrations`, named as the revision is, so
that what there is to do is known from the names alone and alembic is imported only when something is.
"""

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pysqlite3
from sqlalchemy import Column, MetaData, String, Table, select

from headway.platform.db.sqlite import DIALECT, connect
from headway.platform.db.statement import Statement
from headway.platform.failure import Failure

ENVIRONMENT: Final = Path(__file__).parent / "alembic"

Progress = Callable[[str, str], None]
"""Called with the module and the revision that it has been brought to."""


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


def pending(path: Path, parts: Sequence[Part]) -> list[Part]:
    """The modules that have revisions to come; all when there is no database. NewerDatabase when one is ahead."""
    if not path.exists():
        return list(parts)
    connection = connect(path, writable=False)
    try:
        return [each for each in parts if _is_behind(connection, each)]
    finally:
        connection.close()


def migrate(path: Path, parts: Sequence[Part], progress: Progress = lambda _module, _revision: None) -> list[Part]:
    """Bring every module to its newest revision, all in one transaction, and return those that changed.

    Nobody else may have the database open. NewerDatabase when a module is ahead: nothing is changed then.
    """
    behind = pending(path, parts)
    if behind:
        _upgrade(path, behind, progress)
    return behind


def revisions_of(path: Path, parts: Sequence[Part]) -> dict[str, str]:
    """The revision that each module of a database is at; those without tables are left out."""
    connection = connect(path, writable=False)
    try:
        found = {each.name: revision_of(connection, each) for each in parts}
    finally:
        connection.close()
    return {name: revision for name, revision in found.items() if revision is not None}


def refuse_newer(revisions: Mapping[str, str], parts: Sequence[Part]) -> None:
    """NewerDatabase when one of these revisions (by module) is not known to this program."""
    for each in parts:
        revision = revisions.get(each.name)
        if revision is not None and revision not in each.revisions:
            raise NewerDatabase(each.name, revision, each.revisions[-1])


def revision_of(connection: pysqlite3.Connection, each: Part) -> str | None:
    """The revision that a module's tables are at; None before its first."""
    table = Table(each.version_table, MetaData(), Column("version_num", String(32)))
    statement = Statement(select(table.c.version_num), str).on(DIALECT)
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (each.version_table,)).fetchone()
    row = connection.execute(*statement.bind({})).fetchone() if there else None
    return None if row is None else statement.read(row)


def _is_behind(connection: pysqlite3.Connection, each: Part) -> bool:
    known, current = each.revisions, revision_of(connection, each)
    if current is not None and current not in known:
        raise NewerDatabase(each.name, current, known[-1])
    return current != known[-1]


def _upgrade(path: Path, behind: Sequence[Part], progress: Progress) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that a start without anything to do saves
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import create_engine, event  # noqa: PLC0415
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415

    engine = create_engine(
        "sqlite+pysqlite://", module=pysqlite3, creator=lambda: connect(path, writable=True), poolclass=StaticPool
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        for each in behind:
            config = Config()
            config.set_main_option("script_location", str(ENVIRONMENT))
            config.set_main_option("version_locations", str(each.folder))
            config.set_main_option("path_separator", "newline")
            config.attributes.update(connection=connection, version_table=each.version_table)
            command.upgrade(config, "head")
            progress(each.name, each.revisions[-1])
    engine.dispose()
