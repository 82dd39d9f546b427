"""SQL text is a constant; values travel as parameters."""

import ast
import re
from collections.abc import Iterator, Sequence

from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

SQL = re.compile(
    r"\s*(SELECT\s.*\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|WITH\s+\S+\s+AS\s"
    r"|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|VIRTUAL|UNIQUE|VIEW|TRIGGER)\s|PRAGMA\s|ATTACH\s|VACUUM\s)",
    re.IGNORECASE | re.DOTALL,
)


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.is_python and source.within("src", "bench"):
            for node in source.nodes:
                if isinstance(node, ast.expr) and SQL.match(_start_of_built_text(node)):
                    yield Finding(source.path, node.lineno, "SQL put together from pieces")


def _start_of_built_text(node: ast.expr) -> str:
    """The constant start of a text that is formatted or concatenated; empty for anything else."""
    if isinstance(node, ast.JoinedStr):
        built = any(isinstance(part, ast.FormattedValue) for part in node.values)
        # a value in the place of a name must not hide the statement: UPDATE {table} SET
        parts = [part.value if isinstance(part, ast.Constant) else "x" for part in node.values]
        return "".join(str(part) for part in parts) + " " if built else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return _constant(node.left)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return _constant(node.func.value)
    return ""


def _constant(node: ast.expr) -> str:
    return f"{node.value} " if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


SQL_IS_CONSTANT = Rule(
    name="sql-is-constant",
    why="Text that is built can be injected into, and is compiled anew each time. Use parameters or SQLAlchemy Core.",
    check=check,
    good={"src/headway/a.py": 'query = "SELECT id FROM tasks WHERE title = ?"\nnote = f"Select {1} of them"\n'},
    bad={"src/headway/a.py": 'def find(title: str) -> str:\n    return f"UPDATE {title} SET a = 1"\n'},
)
