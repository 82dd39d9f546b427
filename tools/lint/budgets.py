"""The numbers of `[tool.headway.budgets]` in pyproject.toml."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from tools.lint.source import Source


@dataclass(frozen=True)
class Budgets:
    """Limits in lines, and the number of packages that a core install may name."""

    file_lines: int
    function_lines: int
    function_lines_p95: int
    runtime_dependencies: int


def read_budgets(sources: Sequence[Source]) -> Budgets:
    """Raises KeyError when pyproject.toml or a number is missing: a budget never falls back to a default."""
    project = next((source for source in sources if source.path == "pyproject.toml"), None)
    if project is None:
        raise KeyError("pyproject.toml")
    table = tomllib.loads(project.text)["tool"]["headway"]["budgets"]
    return Budgets(
        file_lines=table["file-lines"],
        function_lines=table["function-lines"],
        function_lines_p95=table["function-lines-p95"],
        runtime_dependencies=table["runtime-dependencies"],
    )


EXAMPLE = """
[project]
dependencies = ["litestar"]
[tool.headway.budgets]
file-lines = 300
function-lines = 60
function-lines-p95 = 30
runtime-dependencies = 1
"""
