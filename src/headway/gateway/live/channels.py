"""The streams that somebody listens to: each is read once for all its listeners."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from headway.changes.contracts import Entry, Stream
from headway.gateway.live.connection import Connection
from headway.gateway.live.frames import Changes, changes
from headway.platform.ids import new_id

HISTORY: Final = 10_000
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
DECIDING: Final = frozenset({"workspace", "member", "project", "project_member"})
"""Kinds whose entries may change who sees what."""


@dataclass(slots=True, eq=False)
class Channel:
    """One stream, told up to `version`."""

    stream: Stream
    version: int
    listeners: set[Connection] = field(default_factory=set)

    def tell(self, entries: Sequence[Entry], after: int, mark: str) -> None:
        """Send entries to all listeners; those who see the same of them share one frame."""
        present = frozenset(entry.scope for entry in entries)
        frames: dict[frozenset[str], bytes] = {}
        for listener in self.listeners:
            seen = present & listener.sight.get(self.stream, frozenset())
            if seen not in frames:
                frames[seen] = frame_of(self.stream, after, entries, seen, mark)
            listener.push(frames[seen])


def frame_of(stream: Stream, after: int, entries: Sequence[Entry], scopes: frozenset[str], mark: str) -> bytes:
    """The event with those of the entries (at least one) whose scope may be seen."""
    shown = [entry for entry in entries if entry.scope in scopes]
    return changes(Changes(str(stream), after, entries[-1].version, shown), mark)


def decides(stream: Stream, entries: Sequence[Entry]) -> bool:
    """Whether entries may have changed who sees what."""
    return stream.kind == "access" or any(entry.kind in DECIDING for entry in entries)


class History:
    """From which version on each of the latest events told its stream, by the mark that went with it."""

    def __init__(self, length: int = HISTORY) -> None:
        self._boot = new_id()
        self._told: deque[tuple[Stream, int]] = deque(maxlen=length)
        self._count = 0

    @property
    def mark(self) -> str:
        """The mark of the latest event."""
        return f"{self._boot}.{self._count}"

    def add(self, stream: Stream, after: int) -> str:
        """Note an event; its mark."""
        self._told.append((stream, after))
        self._count += 1
        return self.mark

    def since(self, mark: str) -> dict[Stream, int] | None:
        """The versions at which streams stood that have had news since a mark; None when nobody knows any more."""
        boot, _, number = mark.partition(".")
        if boot != self._boot or not _NUMBER.fullmatch(number):
            return None
        missed = self._count - int(number)
        if not 0 <= missed <= len(self._told):
            return None
        return dict(self._backwards(missed))

    def _backwards(self, count: int) -> Iterator[tuple[Stream, int]]:
        """Newest first, so that in a dict the oldest of a stream remains."""
        for index in range(1, count + 1):
            yield self._told[-index]
