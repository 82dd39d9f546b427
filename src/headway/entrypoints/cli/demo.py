"""`headway demo`."""

import sys
from datetime import UTC, date, datetime
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from headway.entrypoints.cli.running import Json, answer, progress, quiet_settings
from headway.entrypoints.demo.fill import Wanted
from headway.entrypoints.operation.demo import make_demo, today
from headway.platform.clock import SystemClock


def demo(
    *,
    people: Annotated[int, Parameter(validator=Number(gte=1, lte=100_000), help="How many people.")] = 20,
    tasks: Annotated[int, Parameter(validator=Number(gte=0, lte=10_000_000), help="How many tasks.")] = 600,
    seed: Annotated[int, Parameter(help="The same seed makes the same data.")] = 7,
    until: Annotated[date | None, Parameter(help="The day up to which things happened; today.")] = None,
    password: Annotated[str | None, Parameter(help="Everybody's password; a new one when left out.")] = None,
    json: Json = False,
) -> None:
    """Fill an empty installation with people, projects, tasks, comments and their history."""
    settings = quiet_settings()
    clock = SystemClock()
    now = today(clock) if until is None else datetime(until.year, until.month, until.day, tzinfo=UTC)
    with progress() as report:
        made = make_demo(settings, clock, Wanted(people=people, tasks=tasks, seed=seed, now=now), password, report)

    def show() -> None:
        sys.stdout.write(f"Made {made.people:,} people and {made.tasks:,} tasks. Sign in as\n")
        for place, address in enumerate(made.addresses):
            sys.stdout.write(f"  {address}{'  (runs this installation)' if place == 0 else ''}\n")
        sys.stdout.write(f"with the password {made.password}\n")

    answer(made, json=json, show=show)
