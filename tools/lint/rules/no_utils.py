"""A module is named after what it holds."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

NAMES = frozenset({"util", "utils", "utility", "utilities", "helper", "helpers", "common", "misc"})


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        path = PurePosixPath(source.path)
        if path.suffix in {".py", ".ts", ".svelte"}:
            for part in path.with_suffix("").parts:
                if part in NAMES:
                    yield Finding(source.path, 1, f"nobody guesses what is in `{part}`")


NO_UTILS = Rule(
    name="no-utils",
    why="A drawer for everything is where nobody looks. Name the file after its one idea (wall_time).",
    check=check,
    good={"src/headway/platform/clock.py": "", "web/src/wall_time.ts": ""},
    bad={"src/headway/platform/utils.py": ""},
)
