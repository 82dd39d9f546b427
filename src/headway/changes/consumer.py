"""Readers of the log with a durable cursor: what they make of the entries is committed together with the cursor."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from sqlalchemy import bindparam, select, update

from headway.changes.contracts import Recorded, Stream, StreamKind
from headway.changes.feed import Feed
from headway.changes.log import all_versions, read_after
from headway.changes.schema import cursors, in_stream, named
from headway.platform.db.port import Database, Reader, Transaction
from headway.platform.db.statement import Statement, command, insert_into
from headway.platform.faults import Faults, no_faults
from headway.platform.problems import Unavailable

Handle = Callable[[Transaction, Stream, Sequence[Recorded]], Awaitable[None]]

BATCH: Final = 500
TOGETHER: Final = 16
"""How many streams are handled in one transaction, as long as they have no more than a batch of entries together."""
GATHER_SECONDS: Final = 0.05
"""How long other streams' news are waited for: a commit takes longer than what most readers of the log do."""
RESCAN_SECONDS: Final = 30.0
RETRY_SECONDS: Final = 1.0

_log = structlog.get_logger(__name__)

_MINE: Final = (cursors.c.consumer == bindparam("by"), *in_stream(cursors))
_CURSOR: Final = Statement(select(cursors.c.version).where(*_MINE), int)
_TAKE: Final = command(select(cursors.c.version).where(*_MINE).with_for_update())
_ADVANCE: Final = command(update(cursors).where(*_MINE).values(version=bindparam("to")))
_CURSORS: Final = command(
    select(cursors.c.stream_kind, cursors.c.stream_owner, cursors.c.version).where(
        cursors.c.consumer == bindparam("by")
    )
)


async def position_of(reader: Reader, consumer: str, stream: Stream) -> int:
    """The version up to which a consumer has handled a stream."""
    return await reader.row(_CURSOR, by=consumer, **named(stream)) or 0


class Consumer:
    """Folds the entries of all streams of some kinds, each exactly once, in order within its stream.

    `handle` writes in the transaction that moves the cursor; it may be run again after a conflict or a crash, and then
    finds nothing of the failed run. News of commits make it run soon; a scan of all cursors at the start and every
    30 s makes up for news that were lost.
    """

    def __init__(
        self,
        name: str,
        kinds: frozenset[StreamKind],
        handle: Handle,
        database: Database,
        faults: Faults = no_faults,
    ) -> None:
        self.name = name
        self.kinds = kinds
        self._handle = handle
        self._database = database
        self._faults = faults
        self._waiting: set[Stream] = set()
        self._wake = asyncio.Event()
        self._draining = asyncio.Lock()

    def attach(self, feed: Feed) -> Callable[[], None]:
        """Run soon after commits; the function given back ends it."""
        return feed.subscribe_all(self._hear)

    def _hear(self, stream: str, _version: int) -> None:
        kind, _, owner = stream.partition(":")
        for wanted in self.kinds:
            if kind == wanted:
                self._waiting.add(Stream(wanted, owner))
                self._wake.set()

    async def run(self) -> None:
        """Follow the log until cancelled."""
        while True:
            try:
                await self.catch_up()
                while await self._woken():
                    await asyncio.sleep(GATHER_SECONDS)
                    await self._drain()
            except Unavailable as away:
                _log.error("consumer_waits", consumer=self.name, reason=away.detail)
                await asyncio.sleep(RETRY_SECONDS)
            except Exception:  # noqa: BLE001 - a reader of the log must outlive any failure and try again
                _log.exception("consumer_failed", consumer=self.name)
                await asyncio.sleep(RETRY_SECONDS)

    async def catch_up(self) -> None:
        """Handle everything that is in the log now."""
        reader = self._database.reader
        held = {(kind, owner): version for kind, owner, version in await reader.rows(_CURSORS, by=self.name)}
        for stream, version in (await all_versions(reader)).items():
            if stream.kind in self.kinds and held.get(stream, 0) < version:
                self._waiting.add(stream)
        await self._drain()

    async def _woken(self) -> bool:
        """Whether there is news; False when it is time for a scan."""
        try:
            async with asyncio.timeout(RESCAN_SECONDS):  # wait_for may lose a cancellation (CPython issue 86296)
                await self._wake.wait()
        except TimeoutError:
            return False
        return True

    async def _drain(self) -> None:
        async with self._draining:  # who comes while another drains must not go before that one is done
            await self._drain_waiting()

    async def _drain_waiting(self) -> None:
        self._wake.clear()
        while self._waiting:
            # taken out first: what is heard of them from now on may not be in what is read now
            taken = [self._waiting.pop() for _ in range(min(TOGETHER, len(self._waiting)))]
            try:
                self._waiting.update(await self._step(taken))
            except Exception:
                if len(taken) == 1:
                    self._waiting.update(taken)
                    raise
                await self._drain_each(taken)

    async def _drain_each(self, taken: Sequence[Stream]) -> None:
        """One stream that cannot be handled keeps none back that can; its error is raised in the end."""
        failed: Exception | None = None
        for stream in taken:
            try:
                self._waiting.update(await self._step([stream]))
            except Exception as error:  # noqa: BLE001 - raised below
                self._waiting.add(stream)
                failed = error
        if failed is not None:
            raise failed

    async def _step(self, some: Sequence[Stream]) -> list[Stream]:
        """Handle one batch of entries; the streams that may have more."""

        async def act(tx: Transaction) -> list[Stream]:
            left, unfinished = BATCH, []
            for stream in sorted(some):  # in an order, so that nobody who locks them waits for another
                handled = await self._handle_one(tx, stream, left) if left else 0
                if handled == left:
                    unfinished.append(stream)
                left -= handled
            return unfinished

        return await self._database.write(act)

    async def _handle_one(self, tx: Transaction, stream: Stream, limit: int) -> int:
        """Handle so many entries of a stream at most; how many there were."""
        await tx.lock(_TAKE, by=self.name, **named(stream))
        after = await position_of(tx, self.name, stream)
        entries = await read_after(tx, stream, after, limit)
        if entries:
            self._faults("consumer.before_write")
            await self._handle(tx, stream, entries)
            await self._move(tx, stream, entries[-1].entry.version)
            self._faults("consumer.after_write")
        return len(entries)

    async def _move(self, tx: Transaction, stream: Stream, to: int) -> None:
        if not await tx.execute(_ADVANCE, by=self.name, **named(stream), to=to):
            await tx.execute(insert_into(cursors), consumer=self.name, **named(stream), version=to)
