"""`headway demo`: a new installation full of data that looks real."""

import asyncio
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from headway.entrypoints.demo.fill import Wanted, fill, invented
from headway.entrypoints.operation.installation import installation_of
from headway.entrypoints.operation.prepare import prepare_database
from headway.entrypoints.schema import require_file
from headway.modules.auth.service.hasher import Hasher
from headway.platform.clock import Clock
from headway.platform.db.sqlite import connect
from headway.platform.failure import Failure
from headway.platform.progress import Progress
from headway.settings import Settings

SHOWN: Final = 3
SUFFIX: Final = ".demo"


class NotEmpty(Failure):
    """There is data already."""


class DemoMade(msgspec.Struct, frozen=True):
    """What was made: some addresses to sign in with (the first runs the installation) and everybody's password."""

    people: int
    tasks: int
    seed: int
    addresses: list[str]
    password: str


def make_demo(settings: Settings, clock: Clock, wanted: Wanted, password: str | None, progress: Progress) -> DemoMade:
    """Fill an empty installation; it is there whole or not at all. NotEmpty, InUse, NeedsFile."""
    require_file(settings, "headway demo")
    installation = installation_of(settings)
    with invented(wanted) as story, installation.held("headway demo"):
        installation.secret()
        prepare_database(settings, clock)
        _refuse_data(settings.database_path)
        password = password or secrets.token_urlsafe(9)
        copy = settings.database_path.with_name(settings.database_path.name + SUFFIX)
        _copy_empty(settings.database_path, copy)
        fill(copy, story, asyncio.run(_hash(password)), progress)
        for rest in ("-wal", "-shm"):
            settings.database_path.with_name(settings.database_path.name + rest).unlink(missing_ok=True)
        copy.replace(settings.database_path)
    addresses = [person.email for person in story.people[:SHOWN]]
    return DemoMade(len(story.people), wanted.tasks, wanted.seed, addresses, password)


def today(clock: Clock) -> datetime:
    """The moment up to which the story goes: the last midnight (UTC), so that a day's data are always the same."""
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0)


def _refuse_data(path: Path) -> None:
    connection = connect(path, writable=True)
    try:
        held = connection.execute("SELECT 1 FROM streams LIMIT 1").fetchone()
    finally:
        connection.close()
    if held is not None:
        raise NotEmpty(f"{path} holds data already: name an empty folder with HEADWAY_DATA_DIR.")


def _copy_empty(path: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    connection = connect(path, writable=True)
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    finally:
        connection.close()


async def _hash(password: str) -> str:
    return await Hasher(1).hash(password)
