"""What a call in Python source calls, by its full dotted name."""

import ast
from collections.abc import Iterator, Sequence


def calls(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the full name of what is called: `sleep(1)` after `from time import sleep` is `time.sleep`."""
    imported = _imported(nodes)
    for node in nodes:
        if isinstance(node, ast.Call):
            first, dot, rest = _dotted(node.func).partition(".")
            yield imported.get(first, first) + dot + rest, node


def _imported(nodes: Sequence[ast.AST]) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"
