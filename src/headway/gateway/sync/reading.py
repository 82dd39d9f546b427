"""Reads what a client lacks, page by page, and looks again before each page is sent whether it may still be seen."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from headway.changes.contracts import Stream
from headway.changes.log import oldest_version, read_after, version_of
from headway.changes.module import Scopes, SyncObject
from headway.gateway.sync.cursor import Cursor, Held, Resume, digest_of
from headway.gateway.sync.lines import Begin, End, Leave, Reset, entry_line, line, object_line, progress_line
from headway.gateway.visibility import Sight, Sources
from headway.platform.actor import Actor
from headway.platform.db.port import Database, Reader
from headway.platform.problems import Unavailable

PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What may be seen and how far it has got. `continues`: the cursor can be gone on from."""

    cursor: Cursor | None
    sight: Sight
    versions: dict[Stream, int]
    continues: bool

    @property
    def is_snapshot(self) -> bool:
        """Whether everything is sent, or the rest of everything."""
        return not self.continues or self.cursor is None or self.cursor.resume is not None


class Reading:
    """One answer of /sync: what the client will hold is kept in `held` as the lines go out.

    The version of a stream is taken first, then the pages of a snapshot, then the entries since; an entry applies only
    when its object_version is higher than what is held, so nothing that happens meanwhile is lost or undone.
    """

    def __init__(self, database: Database, sources: Sources, actor: Actor) -> None:
        self._reader: Reader = database.reader
        self._sources = sources
        self._actor = actor
        self._held: dict[Stream, Held] = {}
        self._resume: Resume | None = None

    async def plan(self, cursor: Cursor | None) -> Plan:
        """What will be read after `cursor`; a snapshot without one."""
        sight = await self._sources.visible(self._reader, self._actor)
        versions = {stream: await version_of(self._reader, stream) for stream in sight}
        continues = cursor is not None and await self._continues(cursor, sight, versions)
        return Plan(cursor, sight, versions, continues)

    async def lines(self, plan: Plan) -> AsyncIterator[bytes]:
        """All lines of a plan."""
        sight, versions = plan.sight, plan.versions
        if plan.continues and plan.cursor is not None:
            self._held, self._resume = dict(plan.cursor.held), plan.cursor.resume
        else:
            if plan.cursor is not None:
                yield line(Reset())
            yield line(Begin({str(stream): version for stream, version in versions.items()}))
        for stream in self._held.keys() - sight.keys():
            for left in self._leave(stream, self._scopes_held(stream, frozenset())):
                yield left
            del self._held[stream]
        for stream in sorted(sight):
            async for each in self._stream(stream, sight[stream], versions[stream]):
                yield each
        reached = {str(stream): held.version for stream, held in self._held.items()}
        yield line(End(self._cursor().encode(), reached))

    async def _continues(self, cursor: Cursor, sight: Sight, versions: dict[Stream, int]) -> bool:
        """Whether the log and the cursor are enough to go on from it."""
        if cursor.person != self._actor.id:
            return False
        for stream, held in cursor.held.items():
            if held.among(sight.get(stream, frozenset())) is None:
                return False
            if stream in sight and not await self._reaches(stream, held.version, versions[stream]):
                return False
        resume = cursor.resume
        return resume is None or (
            resume.stream in sight
            and resume.digest == digest_of(_gained(cursor, sight, resume.stream))
            and await self._reaches(resume.stream, resume.base, versions[resume.stream])
        )

    async def _reaches(self, stream: Stream, held: int, version: int) -> bool:
        """Whether the log still has every entry after `held`. A version from the future is that of a lost database."""
        if held >= version:
            return held == version
        oldest = await oldest_version(self._reader, stream)
        return oldest is not None and oldest <= held + 1

    async def _stream(self, stream: Stream, sight: Scopes, version: int) -> AsyncIterator[bytes]:
        """Bring the client up to date with one stream."""
        before = self._held.get(stream)
        kept = self._scopes_held(stream, sight)
        for left in self._leave(stream, kept - sight):
            yield left
        kept &= sight
        gained = sight - kept
        since = version if before is None else before.version
        if before is not None:
            self._held[stream] = Held.of(since, kept)
            if not gained and since == version:
                return
        base = since
        if gained:
            base = version
            if self._resume is not None and self._resume.stream == stream:
                base = self._resume.base
            else:
                self._resume = Resume(stream, base, digest_of(gained), "")
            async for each in self._snapshot(stream, gained):
                yield each
        async for each in self._entries(stream, kept | gained, min(since, base), base):
            yield each

    async def _snapshot(self, stream: Stream, gained: Scopes) -> AsyncIterator[bytes]:
        """Objects of scopes that the client does not hold yet."""
        resume = self._resume
        source = await self._sources.owner_of(self._reader, self._actor, stream)
        if source is None or resume is None:
            return
        page: list[SyncObject] = []
        async for found, after in source.snapshot(self._reader, self._actor, stream, gained, resume.after):
            page.append(found)
            if len(page) == PAGE:
                yield await self._objects(stream, page)
                self._resume = Resume(stream, resume.base, resume.digest, after)
                yield progress_line(self._cursor())
                page.clear()
                await asyncio.sleep(0)  # others wait
        yield await self._objects(stream, page)

    async def _objects(self, stream: Stream, page: list[SyncObject]) -> bytes:
        sight = await self._sight(stream)
        return b"".join(object_line(str(stream), each) for each in page if each.scope in sight)

    async def _entries(self, stream: Stream, held: Scopes, since: int, base: int) -> AsyncIterator[bytes]:
        """Entries after `since`. From `base` on, the version at which a snapshot began, the client is up to date."""
        more = True
        while more:
            page = [each.entry for each in await read_after(self._reader, stream, since, PAGE)]
            if page and page[0].version != since + 1:
                raise Unavailable("log_cut", "The log was cut meanwhile; ask again.")
            sight = await self._sight(stream)
            shown = [each for each in page if each.scope in held & sight]
            if shown:
                yield b"".join(map(entry_line, shown))
            since = page[-1].version if page else since
            for left in self._leave(stream, held - sight):
                yield left
            held &= sight
            more = len(page) == PAGE
            if since >= base:
                self._settle(stream, Held.of(since, held))
                if more:
                    yield progress_line(self._cursor())
            await asyncio.sleep(0)  # others wait

    def _settle(self, stream: Stream, held: Held) -> None:
        self._held[stream] = held
        if self._resume is not None and self._resume.stream == stream:
            self._resume = None

    async def _sight(self, stream: Stream) -> Scopes:
        """What may be seen of a stream now: read after what is to be sent, so it cannot be older."""
        return (await self._sources.visible(self._reader, self._actor)).get(stream, frozenset())

    def _scopes_held(self, stream: Stream, sight: Scopes) -> Scopes:
        held = self._held.get(stream)
        return frozenset() if held is None else held.among(sight) or frozenset()

    def _leave(self, stream: Stream, scopes: Scopes) -> list[bytes]:
        return [line(Leave(str(stream), scope)) for scope in sorted(scopes)]

    def _cursor(self) -> Cursor:
        return Cursor(self._actor.id, self._held, self._resume)


def _gained(cursor: Cursor, sight: Sight, stream: Stream) -> Scopes:
    """The scopes of a stream that a cursor does not hold yet."""
    visible = sight.get(stream, frozenset())
    held = cursor.held.get(stream)
    return visible if held is None else visible - (held.among(visible) or frozenset())
