"""Runs actions that are no plain `Write`, because something slow came before them."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from headway.changes.contracts import Stream
from headway.changes.log import take
from headway.changes.work import Work
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Transaction

T = TypeVar("T")


class Streams:
    """Opens a unit of work in a stream, runs an action in it and finishes it, as one transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    async def change(self, stream: Stream, actor: str | None, action: Callable[[Work], Awaitable[T]]) -> T:
        """What the action gives, once it is committed."""

        async def act(tx: Transaction) -> T:
            await take(tx, stream)
            work = Work(tx, stream, actor, self.clock.now())
            result = await action(work)
            await work.finish()
            return result

        return await self.database.write(act)
