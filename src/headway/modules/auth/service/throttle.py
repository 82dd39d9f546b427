"""Bounds how often somebody may guess: by the account that is tried, and by the address that tries."""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

from headway.platform.moving_window import MovingWindow
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

    def __init__(self, limit: FailureLimit | None, now: Callable[[], float] = time.monotonic) -> None:
        """Without a limit nobody waits. `now` gives seconds that never jump."""
        self._windows: dict[str, MovingWindow] = {}
        if limit is not None:
            self._windows["account"] = MovingWindow(limit.failures, limit.seconds, now)
            self._windows["address"] = MovingWindow(limit.failures * ADDRESS_FACTOR, limit.seconds, now)
        self._under_way: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def attempt(self, *, account: str, address: str) -> Iterator[Attempt]:
        """Let one guess be made; TooMany, with Retry-After in seconds, when there were too many failures."""
        named = {"account": account, "address": counted_as(address)}
        keys = {kind: named[kind] for kind in self._windows}
        for kind, key in keys.items():
            self._check(kind, key)
        attempt = Attempt()
        self._under_way.update(keys.items())
        try:
            yield attempt
        finally:
            self._under_way.subtract(keys.items())
            self._under_way += Counter()  # drops what has come to nothing
            self._settle(keys, attempt)

    def _check(self, kind: str, key: str) -> None:
        count = self._windows[kind].look(key)
        if count.remaining > self._under_way[kind, key]:
            return
        wait = 1 if count.remaining else max(1, math.ceil(count.reset))
        raise TooMany(
            "too_many_failures",
            f"There were too many failed attempts; try again in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )

    def _settle(self, keys: dict[str, str], attempt: Attempt) -> None:
        if attempt.outcome == "failed":
            for kind, key in keys.items():
                self._windows[kind].hit(key)
        elif attempt.outcome == "succeeded" and "account" in keys:
            self._windows["account"].forget(keys["account"])
