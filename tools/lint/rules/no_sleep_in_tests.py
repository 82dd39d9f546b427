"""Tests wait for what they need, never for time to pass."""

import ast
from collections.abc import Iterator, Sequence

from tools.lint.names import calls
from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

SLEEPS = frozenset({"time.sleep", "asyncio.sleep", "anyio.sleep"})


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.is_python and source.within("tests"):
            for name, call in calls(source.nodes):
                browser = name.endswith(".wait_for_timeout")
                if browser or (name in SLEEPS and not _yields_only(call)):
                    yield Finding(source.path, call.lineno, f"{name.removeprefix('?.')} in a test")


def _yields_only(call: ast.Call) -> bool:
    """`asyncio.sleep(0)` lets others run and waits for nothing."""
    return len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0


NO_SLEEP_IN_TESTS = Rule(
    name="no-sleep-in-tests",
    why="A sleep is too short on a busy machine and too long on any other. Wait for the event, or move a fake clock.",
    check=check,
    good={"tests/test_a.py": "import asyncio\n\nasync def test_a() -> None:\n    await asyncio.sleep(0)\n"},
    bad={"tests/test_a.py": "from time import sleep as rest\n\ndef test_a() -> None:\n    rest(0.1)\n"},
)
