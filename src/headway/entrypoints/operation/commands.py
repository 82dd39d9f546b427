"""What an operator may do to an installation, whether its server runs or not."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import msgspec

from headway.entrypoints.monolith import Monolith
from headway.entrypoints.operation.backups import BackupMade, back_up
from headway.entrypoints.operation.command import Command, Operation
from headway.entrypoints.operation.people import PEOPLE
from headway.entrypoints.operation.socket import Nothing, Perform, Report
from headway.entrypoints.operation.threads import in_thread
from headway.platform.problems import Invalid, NotFound
from headway.settings import Settings


async def _back_up(operation: Operation, _nothing: Nothing) -> BackupMade:
    return await in_thread(partial(back_up, operation.settings, operation.monolith.clock.now()), operation.report)


COMMANDS: Final[Mapping[str, Command]] = {
    "backup": Command(Nothing, _back_up),
    **PEOPLE,
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
