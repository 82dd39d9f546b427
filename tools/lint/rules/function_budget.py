"""A function fits on a screen: 19 of 20 within the p95 budget, every one within the hard one."""

import ast
from collections.abc import Iterator, Sequence

from tools.lint.budgets import EXAMPLE, read_budgets
from tools.lint.rule import Finding, Rule
from tools.lint.source import Source


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    budgets = read_budgets(sources)
    product: list[tuple[int, Finding]] = []
    for source in sources:
        if source.is_python and source.within("src", "tools", "tests", "bench"):
            functions = list(_functions(source))
            yield from (finding for length, finding in functions if length > budgets.function_lines)
            product += functions if source.within("src") else []
    longest = sorted(product, reverse=True)
    beyond = longest[: len(longest) // 20 + 1]
    if beyond and beyond[-1][0] > budgets.function_lines_p95:
        for length, finding in beyond:
            if budgets.function_lines_p95 < length <= budgets.function_lines:
                yield finding


def _functions(source: Source) -> Iterator[tuple[int, Finding]]:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _length(node)
            yield length, Finding(source.path, node.lineno, f"{node.name} has {length} lines")


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring: explaining is never punished."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


FUNCTION_BUDGET = Rule(
    name="function-budget",
    why="Name the steps: what needs a comment to be told apart in a long function is a function of its own.",
    check=check,
    good={"pyproject.toml": EXAMPLE, "src/headway/a.py": "def f() -> None:\n" + "    ...\n" * 29},
    bad={"pyproject.toml": EXAMPLE, "src/headway/a.py": "def f() -> None:\n" + "    ...\n" * 60},
)
