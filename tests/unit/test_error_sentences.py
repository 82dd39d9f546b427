"""Every code with which the server may refuse has a sentence in each language of the web client."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PROBLEMS = frozenset(
    {"Problem", "Invalid", "Unauthenticated", "Forbidden", "Conflict", "TooLarge", "TooMany", "Unavailable"}
)
KEY = re.compile(r"'error\.([a-z0-9_]+)'")


def codes_in(tree: ast.Module) -> Iterator[str]:
    """First arguments of refusals, there or by way of a class derived from one (`super().__init__("code", ...)`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _refuses(node.func) and node.args:
            yield from _texts(node.args[0])
        elif isinstance(node, ast.ClassDef) and any(_name(base) in PROBLEMS for base in node.bases):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and _name(call.func) == "__init__" and call.args:
                    yield from _texts(call.args[0])


def _refuses(function: ast.expr) -> bool:
    return _name(function) in PROBLEMS


def _name(expression: ast.expr) -> str:
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


def _texts(expression: ast.expr) -> Iterator[str]:
    """The texts that it may be: `"a" if x else "b"` may be two."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from _texts(expression.body)
        yield from _texts(expression.orelse)


@pytest.fixture(scope="module")
def codes() -> frozenset[str]:
    sources = (TOP / "src/headway").rglob("*.py")
    return frozenset(code for path in sources for code in codes_in(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_code_of_the_server_has_a_sentence(codes: frozenset[str], language: str) -> None:
    assert {"not_found", "version_mismatch", "id_taken", "wrong_password"} <= codes
    catalogues = [TOP / "web/src/i18n" / language / name for name in ("errors.ts", "refusals.ts")]
    known = {key for path in catalogues for key in KEY.findall(path.read_text(encoding="utf-8"))}

    assert sorted(codes - known) == []
