"""Reads the arguments of a command line and calls the command."""

import sys
from collections.abc import Mapping, Sequence
from typing import Final

from cyclopts import App, CycloptsError

from headway.entrypoints.cli.command import Command
from headway.entrypoints.cli.failures import USAGE
from headway.entrypoints.cli.misuse import misuse

HELP: Final = "Headway: task management for teams, on your own machine."


def call(commands: Mapping[str, Command], arguments: Sequence[str]) -> int:
    """The exit code of the command; help when there is none. What a command raises passes through."""
    try:
        code = _build(commands)(arguments or ["--help"], exit_on_error=False, print_error=False)
    except CycloptsError as error:
        print(f"headway: {misuse(error)}", file=sys.stderr)
        return USAGE
    return code if isinstance(code, int) else 0


def _build(commands: Mapping[str, Command]) -> App:
    """The command with all its subcommands."""
    app = App(
        name="headway",
        help=HELP,
        help_format="plaintext",
        help_epilogue="Settings are HEADWAY_* variables or headway.toml; see `headway settings`.",
        version_flags=[],
        result_action="return_value",
    )
    for name, command in commands.items():
        path = f"headway.entrypoints.cli.{command.path}"
        if command.path.endswith(":app"):  # a group of commands, which says all of this itself
            app.command(path, name=name, help=command.summary)
        else:
            app.command(path, name=name, help=command.help, help_epilogue=f"Example: {command.example}")
    return app
