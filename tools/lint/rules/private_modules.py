"""A module is known to others by its contracts only; entry points alone see everything."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

MODULES = "headway.modules."


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.is_python and source.within("src/headway"):
            for line, name in _imports(source.nodes):
                if name.startswith(MODULES) and not _may_import(source.path, name.removeprefix(MODULES).split(".")):
                    yield Finding(source.path, line, f"{name} is private to its module")


def _may_import(path: str, name: list[str]) -> bool:
    """`name` is what follows headway.modules: module, part, ..."""
    folders = PurePosixPath(path).parts[2:]
    own = folders[0] == "modules" and folders[1] == name[0]
    return own or folders[0] == "entrypoints" or name[1:2] == ["contracts"]


def _imports(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


PRIVATE_MODULES = Rule(
    name="private-modules",
    why="What another module may know stands in contracts.py: rows, sessions and services stay inside.",
    check=check,
    good={"src/headway/modules/tasks/service.py": "from headway.modules.users.contracts import Users\n"},
    bad={"src/headway/modules/tasks/service.py": "from headway.modules.users import store\n"},
)
