"""A migration leaves the previous release running: it adds, and takes away only a release later."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from tools.lint.names import calls
from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

TAKES_AWAY = frozenset({"drop_table", "drop_column", "rename_table", "alter_column"})


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.is_python and PurePosixPath(source.path).parent.name == "migrations" and source.within("src"):
            for name, call in calls(source.tree):
                operation = name.rpartition(".")[2]
                if operation in TAKES_AWAY:
                    yield Finding(source.path, call.lineno, f"{operation} breaks a release that still runs")
                if operation == "add_column" and _demands_a_value(call):
                    yield Finding(source.path, call.lineno, "the previous release cannot fill this column")


def _demands_a_value(add_column: ast.Call) -> bool:
    """Whether the new column is NOT NULL and the database has no default for rows that do not name it."""
    columns = [part for part in add_column.args if isinstance(part, ast.Call)]
    given = {word.arg: word.value for column in columns for word in column.keywords}
    nullable = given.get("nullable")
    return isinstance(nullable, ast.Constant) and nullable.value is False and "server_default" not in given


def _upgrade(operation: str) -> dict[str, str]:
    text = f"from alembic import op\nimport sqlalchemy as sa\n\ndef upgrade() -> None:\n    {operation}\n"
    return {"src/headway/modules/tasks/migrations/m0002_colour.py": text}


EXPAND_FIRST = Rule(
    name="expand-first",
    why="Two releases run side by side while one replaces the other. Drop what nobody reads any more a release later.",
    check=check,
    good=_upgrade('op.add_column("tasks", sa.Column("colour", sa.String(), nullable=False, server_default=""))'),
    bad=_upgrade('op.add_column("tasks", sa.Column("colour", sa.String(), nullable=False))'),
)
