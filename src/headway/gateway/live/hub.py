"""All live connections: joins them to streams, tells them news, and lets them go when they may not listen any more."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from headway.changes.contracts import Entry, Stream
from headway.changes.feed import Feed
from headway.changes.log import read_after, version_of
from headway.gateway.live.channels import Channel, History, decides, frame_of
from headway.gateway.live.connection import Connection
from headway.gateway.live.frames import HEARTBEAT, RESYNC, hello
from headway.gateway.visibility import Sight, Sources
from headway.modules.auth.contracts import Authenticator
from headway.platform.db.port import Database
from headway.platform.problems import TooMany, Unavailable

BATCH: Final = 200
HEARTBEAT_SECONDS: Final = 25
PER_PERSON: Final = 32
RETRY_SECONDS: Final = 1.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Start:
    """Where to begin: `since` are versions to tell from; the client must call /sync when it `missed` something, or when
    what it holds does not `fit` what it may see."""

    since: Mapping[Stream, int] = field(default_factory=dict)
    missed: bool = False
    fits: Callable[[Sight], bool] = lambda _sight: True


class Hub:
    """Follows the feed for everybody who listens."""

    def __init__(self, database: Database, feed: Feed, sources: Sources, authenticator: Authenticator) -> None:
        self._database = database
        self._feed = feed
        self._sources = sources
        self._authenticator = authenticator
        self._channels: dict[Stream, Channel] = {}
        self._people: dict[str, set[Connection]] = {}
        self._beats: tuple[set[Connection], ...] = tuple(set() for _ in range(HEARTBEAT_SECONDS))
        self._joined = 0
        self._history = History()
        self._moved: set[Stream] = set()
        self._doubtful: set[str] = set()
        self._news = asyncio.Event()
        self._closed = False
        self._deaf = feed.subscribe_all(self._hear)

    @property
    def size(self) -> int:
        """How many listen."""
        return sum(map(len, self._people.values()))

    async def join(self, connection: Connection, start: Start) -> None:
        """Begin to tell a connection what happens. TooMany when the person has too many; Unavailable at the end."""
        person = connection.actor.id
        if self._closed:
            raise Unavailable("stopping", "The server is stopping.", headers={"Retry-After": "2"})
        if len(self._people.get(person, ())) >= PER_PERSON:
            raise TooMany("too_many_streams", f"One person may have {PER_PERSON} live streams.")
        self._people.setdefault(person, set()).add(connection)
        self._beats[self._joined % HEARTBEAT_SECONDS].add(connection)
        self._joined += 1
        reader = self._database.reader
        await self._place(connection, await self._sources.visible(reader, connection.actor))
        # Asked again: what was decided before the channels were joined would not have been told.
        await self._place(connection, await self._sources.visible(reader, connection.actor))
        await self._begin(connection, start)

    def leave(self, connection: Connection) -> None:
        """Forget a connection."""
        for stream in connection.sight:
            self._part(connection, stream)
        connection.sight = {}
        for beat in self._beats:
            beat.discard(connection)
        person = connection.actor.id
        others = self._people.get(person, set())
        others.discard(connection)
        if not others:
            self._people.pop(person, None)

    def close(self) -> None:
        """Let everybody go, and nobody in."""
        self._closed = True
        self._deaf()
        for connection in [each for people in self._people.values() for each in people]:
            connection.end()

    def since(self, mark: str) -> dict[Stream, int] | None:
        """Positions that belong to a Last-Event-ID."""
        return self._history.since(mark)

    async def run(self) -> None:
        """Tell news until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self.tell()
            except Exception:  # noqa: BLE001 - those who listen must outlive any failure; what was not told is tried again
                _log.exception("live_failed")
                await asyncio.sleep(RETRY_SECONDS)
                self._news.set()

    async def tell(self) -> None:
        """Tell all that has been heard of."""
        while self._doubtful:
            person = next(iter(self._doubtful))
            await self._confirm(self._people.get(person, ()))
            self._doubtful.discard(person)
        while self._moved:
            stream = next(iter(self._moved))
            self._moved.discard(stream)
            channel = self._channels.get(stream)
            try:
                while channel is not None and await self._step(channel):
                    pass
            except BaseException:
                self._moved.add(stream)
                raise

    async def beat(self) -> None:
        """Every second, one in 25 connections: a sign of life, and a look whether its session still stands."""
        turn = 0
        while True:
            await asyncio.sleep(1)
            turn = (turn + 1) % HEARTBEAT_SECONDS
            due = tuple(self._beats[turn])
            for connection in due:
                connection.push(HEARTBEAT)
            try:
                await self._confirm(due)
            except Exception:  # noqa: BLE001 - as above; the next turn asks again
                _log.exception("live_confirm_failed")

    def _hear(self, stream: str, _version: int) -> None:
        kind, _, owner = stream.partition(":")
        if kind == "account":
            if owner in self._people:
                self._doubtful.add(owner)
                self._news.set()
            return
        known = Stream(kind, owner)  # type: ignore[arg-type]  # the feed's names are streams' names
        if known in self._channels:
            self._moved.add(known)
            self._news.set()

    async def _confirm(self, connections: Sequence[Connection] | set[Connection]) -> None:
        for connection in tuple(connections):
            if not await self._authenticator.confirm(connection.actor):
                connection.end()

    async def _step(self, channel: Channel) -> bool:
        """Tell one batch; whether there may be more."""
        reader = self._database.reader
        entries = [each.entry for each in await read_after(reader, channel.stream, channel.version, BATCH)]
        if not entries:
            return False
        after, channel.version = channel.version, entries[-1].version
        mark = self._history.add(channel.stream, after)
        if decides(channel.stream, entries):
            for listener in tuple(channel.listeners):
                await self._review(listener, entries)
        channel.tell(entries, after, mark)
        return len(entries) == BATCH

    async def _review(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Look anew at what a listener may see; it must call /sync unless all that is new begins in these entries."""
        before = connection.sight
        now = await self._sources.visible(self._database.reader, connection.actor)
        if now == before:
            return
        await self._place(connection, now)
        born = {entry.scope for entry in entries if entry.op == "create" and entry.scope.endswith(":" + entry.id)}
        same = before.keys() == now.keys()
        if not (same and all(before[stream] <= now[stream] and now[stream] - before[stream] <= born for stream in now)):
            connection.push(RESYNC)

    async def _place(self, connection: Connection, sight: Sight) -> None:
        """Listen to the streams of `sight`, and to no others."""
        for stream in connection.sight.keys() - sight.keys():
            self._part(connection, stream)
        for stream in sight.keys() - connection.sight.keys():
            channel = self._channels.get(stream)
            if channel is None:
                version = await version_of(self._database.reader, stream)
                channel = self._channels.setdefault(stream, Channel(stream, version))
            channel.listeners.add(connection)
        connection.sight = sight

    def _part(self, connection: Connection, stream: Stream) -> None:
        channel = self._channels.get(stream)
        if channel is not None:
            channel.listeners.discard(connection)
            if not channel.listeners:
                del self._channels[stream]

    async def _begin(self, connection: Connection, start: Start) -> None:
        """Say hello, then what happened since the positions that were asked for."""
        missed = start.missed or not start.fits(connection.sight)
        versions = {stream: self._channels[stream].version for stream in connection.sight}
        starts = {stream: min(version, start.since.get(stream, version)) for stream, version in versions.items()}
        frames = []
        for stream, after in starts.items():
            if after < versions[stream] and not missed:
                frame = await self._replay(connection, stream, after, versions[stream])
                missed = frame is None
                frames.append(frame or b"")
        told = versions if missed else starts
        connection.push(hello({str(stream): version for stream, version in told.items()}, self._history.mark))
        for frame in [RESYNC] if missed else frames:
            connection.push(frame)

    async def _replay(self, connection: Connection, stream: Stream, after: int, upto: int) -> bytes | None:
        """The event for a span of the log; None when it is too long, not whole any more, or changed who sees what."""
        found = await read_after(self._database.reader, stream, after, BATCH)
        entries = [each.entry for each in found if each.entry.version <= upto]
        if len(entries) != upto - after or decides(stream, entries):
            return None
        return frame_of(stream, after, entries, connection.sight[stream], self._history.mark)
