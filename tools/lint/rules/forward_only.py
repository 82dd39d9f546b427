"""Migrations go forward only."""

import ast
from collections.abc import Iterator, Sequence

from tools.lint.rule import Finding, Rule
from tools.lint.source import Source


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.is_python and "/migrations/" in source.path and source.within("src"):
            for node in source.nodes:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "downgrade":
                    yield Finding(source.path, node.lineno, "a migration has no downgrade")


FORWARD_ONLY = Rule(
    name="forward-only",
    why="A step back would drop what people wrote since. Expand, then contract a release later.",
    check=check,
    good={"src/headway/modules/tasks/migrations/m0002_colour.py": "def upgrade() -> None:\n    ...\n"},
    bad={"src/headway/modules/tasks/migrations/m0002_colour.py": "def downgrade() -> None:\n    ...\n"},
)
