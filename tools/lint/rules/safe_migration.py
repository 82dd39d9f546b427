"""A migration runs while people work, and leaves the previous release running."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from tools.lint.migrations.review import review
from tools.lint.migrations.statements import DIALECTS, Unforeseeable, statements_of
from tools.lint.rule import Finding, Rule
from tools.lint.source import Source


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        path = PurePosixPath(source.path)
        if (
            source.is_python
            and path.parent.name == "migrations"
            and path.name != "__init__.py"
            and source.within("src")
        ):
            yield from sorted({found for dialect in DIALECTS for found in _found(source, dialect)})


def _found(source: Source, dialect: str) -> Iterator[Finding]:
    try:
        for line, reason in review(statements_of(source, dialect)):
            yield Finding(source.path, line, reason)
    except Unforeseeable as unforeseeable:
        reason = (
            f"what it does on {dialect} cannot be told beforehand ({unforeseeable}): rows are read and changed by jobs"
        )
        yield Finding(source.path, unforeseeable.line, reason)


def _upgrade(operation: str) -> dict[str, str]:
    text = f"from alembic import op\nimport sqlalchemy as sa\n\ndef upgrade() -> None:\n    {operation}\n"
    return {"src/headway/modules/tasks/migrations/m0002_colour.py": text}


SAFE_MIGRATION = Rule(
    name="safe-migration",
    why="Two releases run side by side while one replaces the other, and people work meanwhile: add now, fill in a "
    "job, take away a release later (docs/new-feature.md, step 2).",
    check=check,
    good=_upgrade('op.add_column("tasks", sa.Column("colour", sa.String(20), nullable=False, server_default=""))'),
    bad=_upgrade('op.add_column("tasks", sa.Column("colour", sa.String(20), nullable=False))'),
)
