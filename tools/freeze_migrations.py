"""Writes every module's first revision as explicit code, from its tables: `python -m tools.freeze_migrations`.

Only until the first release: afterwards a change of tables is a new revision, written by hand, and these stay as they
are. A test compares what all revisions make with the tables that the program uses.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import wrap

from sqlalchemy import Column, Index, MetaData, Table, UniqueConstraint
from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.mysql import MEDIUMTEXT
from sqlalchemy.types import BigInteger, Integer, String, Text, TypeEngine

import headway.entrypoints.monolith  # noqa: F401 - knows every file that has tables
from headway.changes.schema import metadata as changes
from headway.entrypoints.schema import PARTS
from headway.modules.analytics.store import metadata as analytics
from headway.modules.auth.wiring import metadata as auth
from headway.modules.notifications.wiring import metadata as notifications
from headway.modules.tasks.store.schema import metadata as tasks
from headway.modules.tasks.store.search_mysql import search_texts
from headway.modules.tasks.store.search_sqlite import CREATE_INDEX, search_documents
from headway.modules.users.wiring import metadata as users
from headway.platform.db.types import Day, Flag, Id, Instant, Json, Ranked
from headway.platform.jobs import metadata as jobs

HEAD = '''\
"""The first tables."""{allowance}

from alembic import op
from sqlalchemy import {sqlalchemy}
{dialect}{ours}
revision = "m0001_initial"
down_revision = None


def upgrade() -> None:{long}
'''
LONG_FILE = "  # allow file-budget: a revision stays as it is for ever, and is read as one list"
LONG_FUNCTION = "  # allow function-budget: one list of tables"


PLAIN: dict[type, str] = {each: each.__name__ for each in (BigInteger, Day, Flag, Id, Instant, Integer, Json, Text)}
PLAIN[Ranked] = "BigInteger"


@dataclass(frozen=True)
class Tables:
    """What a module's first revision makes; on some databases tables and statements more."""

    metadata: MetaData
    more: Mapping[str, Sequence[Table | str]] = field(default_factory=dict)


TABLES = {
    "changes": Tables(changes),
    "jobs": Tables(jobs),
    "auth": Tables(auth),
    "users": Tables(users),
    "tasks": Tables(tasks, {"sqlite": [search_documents, CREATE_INDEX], "mysql": [search_texts]}),
    "notifications": Tables(notifications),
    "analytics": Tables(analytics),
}


def type_code(kind: TypeEngine[object]) -> str:
    """A column's type as code. KeyError for one that is new here: say how it is written."""
    if type(kind) is String:
        return f"String({kind.length})"
    if type(kind) is MEDIUMTEXT:
        return "MEDIUMTEXT()"
    if type(kind) is Text and kind.compile(mysql.dialect()) == "MEDIUMTEXT":
        return 'Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb")'
    return PLAIN[type(kind)]


def column_code(column: Column[object]) -> str:
    """A column as code; the primary key is a constraint of the table."""
    parts = [repr(column.name), type_code(column.type)]
    if column.primary_key:
        parts.append("primary_key=True")
        if column.autoincrement is False:
            parts.append("autoincrement=False")
    elif not column.nullable:
        parts.append("nullable=False")
    return f"Column({', '.join(parts)})"


def table_code(table: Table, indent: str) -> Iterator[str]:
    """The lines that make a table and its indexes."""
    arguments = [column_code(column) for column in table.columns]
    arguments += [
        f"UniqueConstraint({', '.join(repr(column.name) for column in constraint.columns)}, name={constraint.name!r})"
        for constraint in sorted(table.constraints, key=lambda each: str(each.name))
        if isinstance(constraint, UniqueConstraint)
    ]
    if table.dialect_options["sqlite"]["with_rowid"] is False:
        arguments.append("sqlite_with_rowid=False")
    yield f"{indent}op.create_table({table.name!r}, {', '.join(arguments)},)"
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        yield f"{indent}{index_code(index, table)}"


def thing_code(thing: Table | str, indent: str) -> Iterator[str]:
    """The lines that make a table, or run a statement."""
    if isinstance(thing, str):
        yield f"{indent}op.execute({text_code(thing)})"
    else:
        yield from table_code(thing, indent)


def index_code(index: Index, table: Table) -> str:
    """The line that makes an index."""
    columns = [column.name for column in index.columns]
    unique = ", unique=True" if index.unique else ""
    prefix = index.dialect_options["mysql"]["prefix"]
    fulltext = f", mysql_prefix={prefix!r}" if prefix else ""
    return f"op.create_index({index.name!r}, {table.name!r}, {columns!r}{unique}{fulltext})"


def revision_code(tables: Tables) -> str:
    """The whole file, not yet formatted."""
    lines = [line for table in tables.metadata.sorted_tables for line in table_code(table, "    ")]
    for dialect, things in tables.more.items():
        lines.append(f"    if op.get_bind().dialect.name == {dialect!r}:")
        lines += [line for thing in things for line in thing_code(thing, "        ")]
    body = "\n".join(lines)
    used = names_in(body, ("BigInteger", "Column", "Integer", "String", "Text", "UniqueConstraint"))
    own = names_in(body, ("Day", "Flag", "Id", "Instant", "Json"))
    return (
        HEAD.format(
            allowance=LONG_FILE if len(body) > 10_000 else "",
            long=LONG_FUNCTION if len(body) > 2_000 else "",
            sqlalchemy=", ".join(used),
            dialect="from sqlalchemy.dialects.mysql import MEDIUMTEXT\n" if "MEDIUMTEXT" in body else "",
            ours=f"\nfrom headway.platform.db.types import {', '.join(own)}\n" if own else "",
        )
        + body
        + "\n"
    )


def text_code(text: str) -> str:
    """A text as code, on several lines where it is long."""
    return " ".join(repr(piece) for piece in wrap(text, 90, drop_whitespace=False, break_long_words=False))


def names_in(code: str, names: Iterable[str]) -> list[str]:
    """Those names that the code uses."""
    words = set("".join(char if char.isalnum() else " " for char in code).split())
    return sorted(name for name in names if name in words)


def main() -> None:
    written = []
    for part in PARTS:
        path = part.folder / "m0001_initial.py"
        path.write_text(revision_code(TABLES[part.name]), "utf-8")
        written.append(path)
    ruff = Path(sys.executable).with_name("ruff")
    subprocess.run([ruff, "format", "--quiet", *written], check=True)
    subprocess.run([ruff, "check", "--quiet", "--fix", "--select", "I", *written], check=True)


if __name__ == "__main__":
    main()
