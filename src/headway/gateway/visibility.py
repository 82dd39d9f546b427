"""What a person may read of the log: the modules' sources, as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern

from headway.changes.contracts import Stream
from headway.changes.module import Module, Scopes, SyncSource
from headway.platform.actor import Actor
from headway.platform.db.port import Reader

Sight = dict[Stream, Scopes]
"""Streams, and of each the scopes that a person may see."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Every module's source of streams."""

    sources: tuple[SyncSource, ...]

    @classmethod
    def of(cls, modules: Sequence[Module]) -> "Sources":
        """The sources of those modules that have one."""
        return cls(tuple(module.sync for module in modules if module.sync is not None))

    async def visible(self, reader: Reader, actor: Actor) -> Sight:
        """What the actor may see now. Thousands of readers share the words for it."""
        sight: Sight = {}
        for source in self.sources:
            for stream, scopes in (await source.visible(reader, actor)).items():
                sight[Stream(stream.kind, intern(stream.owner))] = frozenset(map(intern, scopes))
        return sight

    async def owner_of(self, reader: Reader, actor: Actor, stream: Stream) -> SyncSource | None:
        """The source that has this stream of the actor's."""
        for source in self.sources:
            if stream in await source.visible(reader, actor):
                return source
        return None
