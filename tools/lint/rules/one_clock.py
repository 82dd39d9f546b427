"""The product asks one clock for the time."""

from collections.abc import Iterator, Sequence

from tools.lint.names import calls
from tools.lint.rule import Finding, Rule
from tools.lint.source import Source

CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns")


def check(sources: Sequence[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.is_python and source.within("src") and not source.path.startswith("src/headway/platform/clock"):
            for name, call in calls(source.nodes):
                if name in CLOCKS or name.removeprefix("datetime.") in CLOCKS:
                    yield Finding(source.path, call.lineno, f"{name} reads the machine's clock")


ONE_CLOCK = Rule(
    name="one-clock",
    why="Ask platform/clock, which tests can move: what happens at midnight is then a test and not a hope.",
    check=check,
    good={
        "src/headway/platform/clock.py": "import datetime\n\nnow = datetime.datetime.now(datetime.UTC)\n",
        "src/headway/modules/tasks/actions.py": "def close(clock: Clock) -> None:\n    clock.now()\n",
    },
    bad={"src/headway/modules/tasks/actions.py": "from datetime import UTC, datetime\n\nnow = datetime.now(UTC)\n"},
)
