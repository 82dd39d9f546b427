"""Bounds how often somebody may guess: by the account that is tried, and by the address that tries."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, Literal

from headway.platform.moving_window import Count, Window, Windows, own_windows
from headway.platform.problems import TooMany
from headway.platform.web.addresses import counted_as

ADDRESS_FACTOR: Final = 5
"""Many people can sit behind one address."""


@dataclass(frozen=True, slots=True)
class FailureLimit:
    """So many failures for one account in any span of that many seconds; five times as many from one address."""

    failures: int
    seconds: int


DEFAULT_LIMIT: Final = FailureLimit(10, 60)


@dataclass(slots=True)
class Attempt:
    """One guess. It counts as a failure unless it is said to be something else."""

    outcome: Literal["failed", "unfinished", "succeeded"] = "failed"

    def unfinished(self) -> None:
        """Right so far, but more is needed: it counts neither as a failure nor as a success."""
        self.outcome = "unfinished"

    def failed(self) -> None:
        """What seemed right was not."""
        self.outcome = "failed"

    def succeeded(self) -> None:
        """The guess was right: the account's failures are forgotten."""
        self.outcome = "succeeded"


class Throttle:
    """Counts failures in a moving window, exactly: a guess under way counts as one until it is known not to be."""

    def __init__(self, limit: FailureLimit | None, windows: Windows = own_windows) -> None:
        """Without a limit nobody waits."""
        self._windows: dict[str, Window] = {}
        if limit is not None:
            self._windows["account"] = windows("failures-account", limit.failures, limit.seconds)
            self._windows["address"] = windows("failures-address", limit.failures * ADDRESS_FACTOR, limit.seconds)

    @asynccontextmanager
    async def attempt(self, *, account: str, address: str) -> AsyncIterator[Attempt]:
        """Let one guess be made; TooMany, with Retry-After in seconds, when there were too many failures."""
        named = {"account": account, "address": counted_as(address)}
        keys = {kind: named[kind] for kind in self._windows}
        hits = await self._count(keys)
        attempt = Attempt()
        try:
            yield attempt
        finally:
            await self._settle(keys, hits, attempt)

    async def _count(self, keys: dict[str, str]) -> dict[str, Count]:
        hits: dict[str, Count] = {}
        for kind, key in keys.items():
            hit = await self._windows[kind].hit(key)
            if not hit.allowed:
                await self._take_back(keys, hits)
                wait = max(1, math.ceil(hit.reset))
                raise TooMany(
                    "too_many_failures",
                    f"There were too many failed attempts; try again in {wait} seconds.",
                    headers={"Retry-After": str(wait)},
                )
            hits[kind] = hit
        return hits

    async def _settle(self, keys: dict[str, str], hits: dict[str, Count], attempt: Attempt) -> None:
        if attempt.outcome != "failed":
            await self._take_back(keys, hits)
        if attempt.outcome == "succeeded" and hits:
            await self._windows["account"].forget(keys["account"])

    async def _take_back(self, keys: dict[str, str], hits: dict[str, Count]) -> None:
        for kind, hit in hits.items():
            await self._windows[kind].take_back(keys[kind], hit)
