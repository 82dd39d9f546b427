"""A number in the database that keeps moving: a replica that has a beat has all that was committed before it.

Any number of instances keep it moving together: each moves it on only if nobody has since it looked last.
"""

import contextlib
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import bindparam, select, update

from headway.changes.schema import heartbeats
from headway.platform.clock import Clock
from headway.platform.db.port import Database, DuplicateKey, Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into

NAME: Final = "replicas"

_BEAT: Final = Statement(select(heartbeats.c.beat).where(heartbeats.c.name == NAME), int)
BEAT_AT: Final = Statement(select(heartbeats.c.at).where(heartbeats.c.name == NAME), lambda at: at)
"""When it was moved on, by the clock of the instance that did so."""

_MOVE: Final = command(
    update(heartbeats)
    .where(heartbeats.c.name == NAME, heartbeats.c.beat == bindparam("seen"))
    .values(beat=heartbeats.c.beat + 1, at=bindparam("now"))
)


async def beat_of(reader: Reader) -> int:
    """The beat that this copy of the database has; 0 before the first."""
    return await reader.row(_BEAT) or 0


async def keep_beating(database: Database, clock: Clock, seen: int) -> int:
    """The beat of the primary, moved on if it still is the one that was `seen` last."""
    found = await beat_of(database.reader)
    if found != seen:
        return found
    with contextlib.suppress(DuplicateKey):  # another instance was first
        await database.write(partial(_move, seen=seen, now=clock.now()))
    return await beat_of(database.reader)


async def _move(tx: Transaction, seen: int, now: datetime) -> None:
    if not await tx.execute(_MOVE, seen=seen, now=now) and seen == 0:
        await tx.execute(insert_into(heartbeats), name=NAME, beat=1, at=now)
