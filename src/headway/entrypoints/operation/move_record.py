"""What the data folder remembers of a move to another database, so that nobody goes on with the old one by mistake."""

import contextlib
import os
from datetime import datetime
from typing import Literal

import msgspec

from headway.entrypoints.operation.installation import Installation
from headway.platform.db.address import is_server, parse_address
from headway.platform.failure import Failure
from headway.platform.objects import sync_folder
from headway.settings import Settings


class MoveRecord(msgspec.Struct, frozen=True):
    """A move: its id, where to (without user and password), since when, and whether it is done."""

    id: str
    to: str
    at: datetime
    state: Literal["under_way", "done"]


class MovedAway(Failure):
    """The data has moved; what is here is what it was then."""


class HalfMoved(Failure):
    """The database is being filled by a move that is not done."""


def place(url: str) -> str:
    """A database as it may be shown: no user, no password."""
    address = parse_address(url)
    return f"{address.servers}/{address.name}"


def recorded(installation: Installation) -> MoveRecord | None:
    """The last move, if there was one."""
    try:
        return msgspec.json.decode(installation.move.read_bytes(), type=MoveRecord)
    except FileNotFoundError:
        return None


def record(installation: Installation, move: MoveRecord) -> None:
    """Remember a move; synced to disk when this returns."""
    staged = installation.move.with_suffix(".new")
    with staged.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(move)))
        file.flush()
        os.fsync(file.fileno())
    staged.replace(installation.move)
    sync_folder(installation.folder)


def check_move(settings: Settings, installation: Installation) -> None:
    """MovedAway when the settings name what was left, HalfMoved when they name what is not complete yet."""
    last = recorded(installation)
    if not is_server(settings.database_url):
        if last is not None and last.state == "done":
            raise MovedAway(
                f"This installation's data moved to {last.to} on {last.at:%Y-%m-%d}: set HEADWAY_DATABASE_URL to it. "
                f"To go back to what was here then, delete {installation.move}."
            )
        return
    move = _filling(settings.database_url)
    if move is None:
        return
    if last is None or last.id != move or last.state != "done":
        raise HalfMoved(
            f"The database {place(settings.database_url)} is being filled by a move that is not done: start with the "
            "old database and run `headway move` again."
        )


def _filling(url: str) -> str | None:
    from headway.platform.db.mysql_schema import MySqlSchema  # noqa: PLC0415 - the drivers of servers are an extra
    from headway.platform.db.raw.mysql import unfinished  # noqa: PLC0415

    with contextlib.closing(MySqlSchema(parse_address(url)).connect()) as connection:
        return unfinished(connection)
