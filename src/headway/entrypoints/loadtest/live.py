"""People who look on: their live streams, and how long a change takes to get there."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from headway.entrypoints.loadtest.connection import Connection, Target
from headway.entrypoints.loadtest.people import Person
from headway.platform.failure import Failure

_ID: Final = re.compile(rb'"id":"([0-9a-f-]{36})"')


@dataclass
class Watching:
    """What has been made and not been seen yet, how long the rest took, and which streams ended too soon."""

    target: Target
    watchers: Sequence[Person]
    waiting: dict[bytes, float] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._seen = frozenset[str]().union(*(each.projects for each in self.watchers))
        self._streams: list[asyncio.Task[None]] = []

    def made(self, made: str, project_id: str) -> None:
        """Something is about to be made; it is waited for when somebody looks at its project."""
        if project_id in self._seen:
            self.waiting[made.encode()] = time.perf_counter()

    async def begin(self) -> None:
        """Open the streams, and wait until each has begun."""
        opened = [asyncio.Event() for _ in self.watchers]
        for person, event in zip(self.watchers, opened, strict=True):
            self._streams.append(asyncio.create_task(self._watch(person, event)))
        for event in opened:
            await event.wait()

    async def _watch(self, person: Person, opened: asyncio.Event) -> None:
        try:
            connection = await Connection.open(self.target)
            try:
                headers = {"Authorization": f"Bearer {person.token}"}
                async for event in connection.events(self.target.request("GET", "/events", headers)):
                    opened.set()
                    self._hear(event)
            finally:
                connection.close()
        except (OSError, EOFError, Failure) as error:
            self.broken.append(str(error) or type(error).__name__)
        finally:
            opened.set()

    def _hear(self, event: bytes) -> None:
        now = time.perf_counter()
        for found in _ID.findall(event):
            since = self.waiting.pop(found, None)
            if since is not None:
                self.seconds.append(now - since)

    async def end(self) -> None:
        """Close the streams."""
        for stream in self._streams:
            stream.cancel()
        await asyncio.gather(*self._streams, return_exceptions=True)
