"""A core install names few packages, and their number is a ratchet."""

import tomllib
from collections.abc import Iterator, Sequence

from tools.lint.budgets import EXAMPLE, read_budgets
from tools.lint.rule import Finding, Rule
from tools.lint.source import Source


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    project = next(source for source in sources if source.path == "pyproject.toml")
    count = len(tomllib.loads(project.text)["project"]["dependencies"])
    budget = read_budgets(sources).runtime_dependencies
    line = next(number for number, text in enumerate(project.lines, 1) if text.startswith("runtime-dependencies"))
    if count > budget:
        yield Finding(project.path, line, f"{count} runtime dependencies, the budget is {budget}")
    if count < budget:
        yield Finding(project.path, line, f"only {count} runtime dependencies: lower the budget from {budget}")


RUNTIME_DEPENDENCIES = Rule(
    name="runtime-dependencies",
    why="Each package can break or be attacked. A new one earns its place in docs/decisions, or is an extra.",
    check=check,
    good={"pyproject.toml": EXAMPLE},
    bad={"pyproject.toml": EXAMPLE.replace('"litestar"', '"litestar", "left-pad"')},
)
