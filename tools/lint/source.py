"""The project's text files, as rules see them."""

import ast
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

SKIPPED_FOLDERS = frozenset({"node_modules", "dist", "data", "web_client", "__pycache__", "test-results"})
READ_SUFFIXES = frozenset(
    {".py", ".pyi", ".ts", ".js", ".svelte", ".css", ".html", ".md", ".toml", ".ini", ".sh", ".conf"}
)


@dataclass(frozen=True)
class Source:
    """One file: its path from the project's top with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> Sequence[ast.AST]:
        """All of the tree, walked once for every rule."""
        return tuple(ast.walk(self.tree))

    @property
    def is_python(self) -> bool:
        return self.path.endswith(".py")

    def within(self, *folders: str) -> bool:
        return any(PurePosixPath(self.path).is_relative_to(folder) for folder in folders)


def read_project(top: Path) -> list[Source]:
    """Every text file under `top` that is written by hand, in a stable order."""
    return [Source(path.relative_to(top).as_posix(), path.read_text(encoding="utf-8")) for path in _walk(top)]


def _walk(top: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix in READ_SUFFIXES and not path.is_symlink():
                yield path
