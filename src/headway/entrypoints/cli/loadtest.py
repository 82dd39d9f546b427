"""`headway loadtest`."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from rich.table import Table

from headway.entrypoints.cli.running import Json, answer, print_table, progress
from headway.entrypoints.loadtest.open_loop import Load
from headway.entrypoints.loadtest.plot import svg
from headway.entrypoints.loadtest.results import Result, Times
from headway.entrypoints.loadtest.run import Wanted, load_test
from headway.platform.clock import SystemClock
from headway.platform.failure import Failure

LATE_MS = 100.0


def loadtest(  # noqa: PLR0913 - one an option
    url: Annotated[str, Parameter(help="Address of the installation.")],
    *,
    email: Annotated[str, Parameter(help="Somebody of `headway demo`; their colleagues are at work too.")] = "",
    password: Annotated[str, Parameter(help="The password that all of them have.")] = "",
    tokens: Annotated[Path | None, Parameter(help="File of personal tokens instead, one a line.")] = None,
    people: Annotated[int, Parameter(validator=Number(gte=1), help="At most so many people are at work.")] = 20,
    rate: Annotated[float, Parameter(validator=Number(gt=0, lte=100_000), help="Requests a second.")] = 100,
    seconds: Annotated[float, Parameter(validator=Number(gt=0), help="How long, the ramp included.")] = 60,
    ramp: Annotated[float, Parameter(validator=Number(gte=0), help="Seconds until the full rate is reached.")] = 10,
    streams: Annotated[int, Parameter(validator=Number(gte=0), help="Live streams that are open meanwhile.")] = 20,
    connections: Annotated[int, Parameter(validator=Number(gte=1), help="Connections at once, at most.")] = 1000,
    plot: Annotated[Path | None, Parameter(help="Draw the course of it into this file (SVG).")] = None,
    yes: Annotated[bool, Parameter(negative="", help="This installation is there to be tested.")] = False,
    json: Json = False,
) -> None:
    """Put the load of many people on an installation, and measure."""
    if not (email and password) and tokens is None:
        raise Failure("Say who is at work: --email and --password of `headway demo`, or --tokens FILE.")
    if ramp >= seconds:
        raise Failure("--seconds must be more than --ramp: figures are of the time after it.")
    wanted = Wanted(
        url=url,
        tokens=_tokens(tokens),
        email=email,
        password=password,
        people=people,
        connections=connections,
        load=Load(rate, ramp, seconds, streams),
        allowed=yes,
    )
    with progress() as report:
        result = asyncio.run(load_test(wanted, SystemClock(), report))
    if plot is not None:
        plot.write_text(svg(result), "utf-8")
    answer(result, json=json, show=lambda: _show(result))


def _tokens(file: Path | None) -> list[str]:
    if file is None:
        return []
    found = [line.strip() for line in file.read_text("utf-8").splitlines()]
    found = [line for line in found if line and not line.startswith("#")]
    if not found:
        raise Failure(f"{file} holds no token")
    return found


def _show(result: Result) -> None:
    table = Table("what", "requests", "failed", "p50 ms", "p95 ms", "p99 ms", "worst ms")
    lines = {"all": result.all, **result.sorts, "to a live stream": result.arrivals}
    for what, each in lines.items():
        table.add_row(what, *_cells(each))
    print_table(table)
    out = sys.stdout
    out.write(f"{result.people} people, {result.rate:g} requests a second, {result.streams} live streams")
    out.write(f", of which {result.streams_broken} broke\n" if result.streams_broken else "\n")
    for error, count in result.errors.items():
        out.write(f"{count:,} times: {error}\n")
    if any(error.startswith("429") for error in result.errors):
        out.write("Limits were reached: set HEADWAY_RATE_LIMIT=off for measuring, or let more people be at work.\n")
    if result.driver_late_ms > LATE_MS:
        out.write(f"This program was late itself, by {result.driver_late_ms:,.0f} ms at worst: run it elsewhere.\n")


def _cells(each: Times) -> list[str]:
    figures = (each.p50, each.p95, each.p99, each.worst)
    return [f"{each.count:,}", f"{each.failed:,}", *(f"{figure:,.1f}" for figure in figures)]
