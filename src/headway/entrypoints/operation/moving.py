"""`move`: takes the data to a database server, while the server runs or not."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from headway.entrypoints.operation.command import Command, Operation
from headway.entrypoints.operation.installation import Installation, installation_of
from headway.entrypoints.operation.move_record import MoveRecord, place, record, recorded
from headway.entrypoints.operation.threads import in_thread
from headway.entrypoints.schema import PARTS, require_file
from headway.platform.db.address import parse_address
from headway.platform.db.migrate import migrate
from headway.platform.db.sqlite import SqliteDatabase
from headway.platform.ids import new_id
from headway.platform.progress import Progress

if TYPE_CHECKING:  # the drivers of servers are an extra, and moving is rare
    from headway.entrypoints.move.mover import Changed, Moved
    from headway.platform.db.raw.capture import Capture


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to: the URL of a database of a server, empty but for what a move that was cut off has left."""

    to: str


class MoveDone(msgspec.Struct, frozen=True):
    """Rows and owners (streams and the like) that are there now, verified; seconds without writes; who goes on."""

    to: str
    rows: int
    owners: int
    paused_seconds: float
    server_restarted: bool


class _Writes:
    """The changes of this process, asked for from the mover's thread."""

    def __init__(self, database: SqliteDatabase, capture: "Capture", loop: asyncio.AbstractEventLoop) -> None:
        self._database = database
        self._capture = capture
        self._loop = loop

    def taken(self) -> "Changed":
        return asyncio.run_coroutine_threadsafe(self._capture.taken(), self._loop).result()

    def pause(self) -> None:
        asyncio.run_coroutine_threadsafe(self._pause(), self._loop).result()

    async def _pause(self) -> None:
        self._database.pause("Headway is moving to another database; try again in a moment.")
        await self._database.on_writer(lambda _connection: None)


async def _move(operation: Operation, asked: Move) -> MoveDone:
    require_file(operation.settings, "headway move")
    from headway.entrypoints.monolith import METADATA  # noqa: PLC0415
    from headway.platform.db.raw.capture import Capture  # noqa: PLC0415
    from headway.platform.db.raw.tables import raw_tables  # noqa: PLC0415

    database = operation.monolith.database
    assert isinstance(database, SqliteDatabase)  # noqa: S101 - narrows the type: the settings name a file
    tables = raw_tables(METADATA)
    capture = Capture(database, {table.name: table.key for table in tables})
    await capture.begin()
    writes = _Writes(database, capture, asyncio.get_running_loop())
    try:
        moved = await in_thread(lambda report: _bring(operation, asked.to, writes, report), operation.report)
    except BaseException:
        database.pause(None)
        await capture.end()
        raise
    if operation.go_on_with is not None:
        operation.go_on_with(asked.to)
    return MoveDone(place(asked.to), moved.rows, moved.owners, moved.paused_seconds, operation.go_on_with is not None)


def _bring(operation: Operation, to: str, writes: _Writes, report: Progress) -> "Moved":
    from headway.entrypoints.monolith import METADATA  # noqa: PLC0415
    from headway.entrypoints.move.mover import Mover  # noqa: PLC0415
    from headway.platform.db.mysql_schema import MySqlSchema  # noqa: PLC0415
    from headway.platform.db.raw.mysql import Target  # noqa: PLC0415
    from headway.platform.db.raw.tables import raw_tables  # noqa: PLC0415

    installation = installation_of(operation.settings)
    schema = MySqlSchema(parse_address(to))
    migrate(schema, PARTS)
    move = _begun(operation, installation, to)
    tables = raw_tables(METADATA)
    with Target.opened(schema) as target:
        target.claim(move.id, tables)
        record(installation, move)
        mover = Mover(operation.settings.database_path, target, tables, writes, report)
        moved = mover.run(lambda: record(installation, msgspec.structs.replace(move, state="done")))
        target.release()
    return moved


def _begun(operation: Operation, installation: Installation, to: str) -> MoveRecord:
    """The move of that name that was cut off, or a new one."""
    last = recorded(installation)
    move_id = last.id if last is not None and last.to == place(to) else new_id()
    return MoveRecord(move_id, place(to), operation.monolith.clock.now(), "under_way")


MOVING: Final[Mapping[str, Command]] = {"move": Command(Move, _move)}
