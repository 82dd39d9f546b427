"""What an operator may do to an installation, whether its server runs or not."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from headway.entrypoints.operation.arrival import Imported, import_workspace
from headway.entrypoints.operation.backups import BackupMade, back_up
from headway.entrypoints.operation.command import Command, Operation
from headway.entrypoints.operation.desk import ADDING
from headway.entrypoints.operation.job_commands import JOBS
from headway.entrypoints.operation.moving import MOVING
from headway.entrypoints.operation.people import PEOPLE
from headway.entrypoints.operation.presence import missing_files
from headway.entrypoints.operation.replay import replay
from headway.entrypoints.operation.socket import Nothing, Perform
from headway.entrypoints.operation.threads import in_thread
from headway.entrypoints.operation.transfer import Exported, export_workspace
from headway.platform.backup.archive import opened
from headway.platform.problems import Invalid, NotFound
from headway.platform.progress import Progress
from headway.settings import Settings

if TYPE_CHECKING:  # a command that the running server carries out need not load the product
    from headway.entrypoints.monolith import Monolith


async def _back_up(operation: Operation, _nothing: Nothing) -> BackupMade:
    return await in_thread(partial(back_up, operation.settings, operation.monolith.clock.now()), operation.report)


class ExportWorkspace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which workspace (id or slug) to export, and into which file or folder: an absolute path."""

    workspace: str
    target: str


class ImportWorkspace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which export (absolute path) to put in."""

    source: str
    copy: bool
    owner: str | None


async def _export(operation: Operation, asked: ExportWorkspace) -> Exported:
    return await export_workspace(operation, asked.workspace, Path(asked.target))


async def _import(operation: Operation, asked: ImportWorkspace) -> Imported:
    with opened(Path(asked.source), operation.settings.data_dir) as folder:
        return await import_workspace(operation, folder, copy=asked.copy, owner=asked.owner)


def _from_a_thread(report: Progress) -> Progress:
    loop = asyncio.get_running_loop()

    def tell(label: str, done: int, total: int) -> None:
        loop.call_soon_threadsafe(report, label, done, total)

    return tell


async def _replay(operation: Operation, _nothing: Nothing) -> list[str]:
    tell = _from_a_thread(operation.report)
    return await operation.monolith.database.read_slowly(
        lambda reader: replay(reader, operation.monolith.modules, tell)
    )


async def _missing_files(operation: Operation, _nothing: Nothing) -> list[str]:
    product = operation.monolith
    return await missing_files(product.database, product.portable, product.objects, _from_a_thread(operation.report))


COMMANDS: Final[Mapping[str, Command]] = {
    "backup": Command(Nothing, _back_up),
    "export": Command(ExportWorkspace, _export),
    "import": Command(ImportWorkspace, _import),
    "missing-files": Command(Nothing, _missing_files),
    "replay": Command(Nothing, _replay),
    **ADDING,
    **JOBS,
    **MOVING,
    **PEOPLE,
}


def perform_on(monolith: "Monolith", settings: Settings, go_on_with: Callable[[str], None] | None = None) -> Perform:
    """Run commands on that installation; `go_on_with` starts its server anew on another database."""

    async def perform(name: str, arguments: msgspec.Raw, report: Progress) -> object:
        command = COMMANDS.get(name)
        if command is None:
            raise NotFound("command")
        try:
            given = msgspec.json.decode(arguments, type=command.arguments)
        except msgspec.ValidationError as error:
            raise Invalid("invalid", str(error)) from None
        return await command.run(Operation(monolith, settings, report, go_on_with), given)

    return perform
