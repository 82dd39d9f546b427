"""What commands share: settings, a prepared installation, progress, answers."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, TypeVar

import msgspec
from cyclopts import App, Parameter
from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table

from headway.platform.progress import Progress
from headway.platform.telemetry import configure_logs
from headway.settings import Settings, load_settings

A = TypeVar("A")
C = TypeVar("C", bound=Callable[..., int | None])

Json = Annotated[bool, Parameter(negative="", help="Answer in JSON.")]


def command(app: App, example: str, name: str | None = None) -> Callable[[C], C]:
    """Make a function a subcommand, with an example in its help."""

    def register(function: C) -> C:
        app.command(function, name=name, help_epilogue=f"Example: {example}")
        return function

    return register


def quiet_settings() -> Settings:
    """The settings of a command that is used by hand: it logs only what goes wrong."""
    settings = load_settings(os.environ)
    configure_logs("warning", settings.log_format)
    return settings


def print_table(table: Table) -> None:
    """As wide as its rows, also where the terminal is narrower or there is none: an id that is cut is of no use."""
    Console(width=10_000).print(table)


@contextlib.contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on standard error while it is a terminal; nothing otherwise."""
    console = Console(stderr=True)
    bars: dict[str, TaskID] = {}
    with Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    ) as shown:

        def report(label: str, done: int, total: int) -> None:
            if label not in bars:
                bars[label] = shown.add_task(label, total=max(total, 1))
            shown.update(bars[label], completed=done, total=max(total, 1))

        yield report


def operate(settings: Settings, command: str, arguments: msgspec.Struct, answer: type[A], report: Progress) -> A:
    """Have the running server do it, or do it here when none runs. Problem, Refused, InUse."""
    raw: bytes | msgspec.Raw | None = ask_server(settings, command, arguments, report)
    if raw is None:
        from headway.entrypoints.operation.offline import perform_offline  # noqa: PLC0415 - the whole product

        raw = asyncio.run(perform_offline(settings, command, arguments, report))
    return msgspec.json.decode(raw, type=answer)


def ask_server(settings: Settings, command: str, arguments: msgspec.Struct, report: Progress) -> msgspec.Raw | None:
    """The running server's answer; None when none runs. Refused when it says no."""
    from headway.entrypoints.operation.installation import installation_of  # noqa: PLC0415
    from headway.entrypoints.operation.socket import NotRunning, ask  # noqa: PLC0415

    try:
        return asyncio.run(ask(installation_of(settings).socket, command, arguments, report))
    except NotRunning:
        return None


def answer(value: msgspec.Struct | Sequence[msgspec.Struct], *, json: bool, show: Callable[[], None]) -> None:
    """Print an answer: as JSON, or as `show` does for people."""
    if json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(value)).decode() + "\n")
    else:
        show()
