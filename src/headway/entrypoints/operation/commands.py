"""What an operator may do to an installation, whether its server runs or not."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import msgspec

from headway.entrypoints.monolith import Monolith
from headway.entrypoints.operation.backups import BackupMade, back_up
from headway.entrypoints.operation.socket import Nothing, Perform, Report
from headway.entrypoints.operation.threads import in_thread
from headway.platform.problems import Invalid, NotFound
from headway.settings import Settings


@dataclass(frozen=True, slots=True)
class Operation:
    """The installation that a command works on."""

    monolith: Monolith
    settings: Settings
    report: Report


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the Struct of its arguments, and what it does."""

    arguments: type[msgspec.Struct]
    # Any: each command takes its own Struct and gives its own answer.
    run: Callable[[Operation, Any], Awaitable[object]]


async def _back_up(operation: Operation, _nothing: Nothing) -> BackupMade:
    return await in_thread(partial(back_up, operation.settings, operation.monolith.clock.now()), operation.report)


COMMANDS: Final[Mapping[str, Command]] = {
    "backup": Command(Nothing, _back_up),
}


def perform_on(monolith: Monolith, settings: Settings) -> Perform:
    """Run commands on that installation."""

    async def perform(name: str, arguments: msgspec.Raw, report: Report) -> object:
        command = COMMANDS.get(name)
        if command is None:
            raise NotFound("command")
        try:
            given = msgspec.json.decode(arguments, type=command.arguments)
        except msgspec.ValidationError as error:
            raise Invalid("invalid", str(error)) from None
        return await command.run(Operation(monolith, settings, report), given)

    return perform
