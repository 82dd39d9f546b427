"""A file holds one idea, and few lines."""

from collections.abc import Iterator, Sequence

from tools.lint.budgets import EXAMPLE, read_budgets
from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

SUFFIXES = (".py", ".ts", ".js", ".svelte", ".css", ".sh")


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    budget = read_budgets(sources).file_lines
    for source in sources:
        generated = source.path.endswith(".d.ts")
        if source.path.endswith(SUFFIXES) and not generated and len(source.lines) > budget:
            yield Finding(source.path, 1, f"{len(source.lines)} lines, the budget is {budget}")


FILE_BUDGET = Rule(
    name="file-budget",
    why="Split by idea: a capability that grows becomes a file of its own in a folder (tasks/actions/closure.py).",
    check=check,
    good={"pyproject.toml": EXAMPLE, "src/headway/a.py": "x = 1\n" * 300},
    bad={"pyproject.toml": EXAMPLE, "src/headway/a.py": "x = 1\n" * 301},
)
