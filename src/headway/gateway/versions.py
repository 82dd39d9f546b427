"""What version every stream has reached, as far as this process knows, and whether that can be relied upon.

News of this process's own commits come with the commit, before the write is answered. What other processes write, and
news that were lost, are found by polling.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import structlog
from sqlalchemy import func, select

from headway.changes.contracts import Stream
from headway.changes.feed import Feed
from headway.changes.log import all_versions, bucket_of, bucket_sums, versions_in
from headway.changes.schema import streams
from headway.platform.db.port import Database, Reader
from headway.platform.db.statement import Statement

POLL_SECONDS: Final = 0.5
STALE_SECONDS: Final = 1.0
MANY_BUCKETS: Final = 16
TURNS: Final = 2
"""How often the sum is asked for behind writes: other commits may come between the answer and the look at it."""

_TOTAL: Final = Statement(select(func.coalesce(func.sum(streams.c.version), 0)), int)
"""Versions only grow, so equal sums mean equal versions."""

_log = structlog.get_logger(__name__)


class Versions:
    """Keeps the feed's versions complete. `now` gives seconds that never jump."""

    def __init__(self, database: Database, feed: Feed, now: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._feed = feed
        self._now = now
        self._polled_at = -STALE_SECONDS
        self._has_polled = False

    @property
    def known(self) -> Mapping[str, int]:
        """Streams (`workspace:<id>`) and their versions."""
        return self._feed.versions

    @property
    def heard(self) -> int:
        """How often a stream was heard to have moved."""
        return self._feed.heard

    def reliable(self) -> bool:
        """Whether nothing that others wrote can be missing: the last poll that succeeded is young enough.

        Where nobody else writes, a busy event loop is no reason to make answers anew, which would keep it busy.
        """
        if self._database.is_alone:
            return self._has_polled
        return self._now() - self._polled_at < STALE_SECONDS

    def of(self, names: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """These streams with the versions that are known now."""
        known = self._feed.versions
        return tuple((name, known.get(name, 0)) for name in names)

    def stand_at(self, versions: Sequence[tuple[str, int]]) -> bool:
        """Whether all these streams still are at these versions."""
        known = self._feed.versions
        return all(known.get(name, 0) == version for name, version in versions)

    async def poll(self) -> None:
        """Compare with the database, and spread what nobody told."""
        started = self._now()
        if not await self._complete():
            found = await self._missing()
            spread = self._feed.publish if self._has_polled else self._feed.begin_at
            spread([(str(stream), version) for stream, version in found.items()])
        self._polled_at = started
        self._has_polled = True

    async def _complete(self) -> bool:
        """Whether nothing is missing here.

        News of an own commit may still be on their way when the sum is read, and under load they nearly always are.
        Where all writes stand in one line, the sum is asked for behind them, and so comes after their news: to read
        all streams takes a hundred times as long.
        """
        if await _total(self._database.reader) == self._sum():
            return True
        for _ in range(TURNS if self._database.is_alone else 0):
            if await self._database.write(_total) == self._sum():
                return True
        return False

    async def _missing(self) -> Mapping[Stream, int]:
        """Streams of which something may be missing. To read all of many takes long, so it is looked for by buckets.

        Where several instances write, the news of some stream are nearly always under way.
        """
        reader = self._database.reader
        if not self._has_polled:
            return await all_versions(reader)
        known = Counter[str]()
        for stream, version in self._feed.versions.items():
            known[bucket_of(stream)] += version
        differing = [bucket for bucket, total in (await bucket_sums(reader)).items() if known[bucket] != total]
        if len(differing) > MANY_BUCKETS:
            return await all_versions(reader)
        return {stream: version for each in differing for stream, version in (await versions_in(reader, each)).items()}

    def _sum(self) -> int:
        return sum(self._feed.versions.values())

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            try:
                await self.poll()
            except Exception:  # noqa: BLE001 - answers are not kept meanwhile; polling must outlive any failure
                _log.exception("versions_poll_failed")
            await asyncio.sleep(POLL_SECONDS)


async def _total(reader: Reader) -> int:
    return await reader.row(_TOTAL) or 0
