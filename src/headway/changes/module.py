"""What a module hands to the composition root."""

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from sqlalchemy import MetaData

from headway.changes.consumer import Consumer
from headway.changes.contracts import Stream
from headway.changes.work import Kind
from headway.platform.actor import Actor
from headway.platform.db.port import Reader
from headway.platform.jobs import Schedule
from headway.platform.jobs.handlers import AnyJobType
from headway.platform.web.routes import Route

Scopes = frozenset[str]


class SyncObject(msgspec.Struct, frozen=True):
    """One object of a snapshot; `fields` are all that its `create` entry would tell, large text left out."""

    scope: str
    kind: str
    id: str
    object_version: int
    fields: dict[str, Any]  # Any: as in Entry.fields


class SyncSource(Protocol):
    """The streams of one module that a person may read."""

    async def visible(self, reader: Reader, actor: Actor) -> dict[Stream, Scopes]:
        """The actor's streams, each with the scopes that the actor may see now. Member rows are the authority."""
        ...

    def snapshot(
        self, reader: Reader, actor: Actor, stream: Stream, scopes: Scopes, after: str
    ) -> AsyncIterator[tuple[SyncObject, str]]:
        """Objects of those scopes, each with a resume point; `after` is one, or "" for the beginning.

        Small structural objects first, then open tasks, then recently closed ones.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Module:
    """A module, built: `background` are coroutines that run as long as the process (consumers run beside them).

    `jobs` are run by the process's one worker, and queued by the clock as `schedules` say. `kinds` are what its streams
    tell of, for the description of entries.
    """

    name: str
    metadata: MetaData
    routes: tuple[Route, ...]
    consumers: tuple[Consumer, ...] = ()
    background: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = ()
    jobs: tuple[AnyJobType, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    sync: SyncSource | None = None
    kinds: tuple[Kind[Any], ...] = ()  # Any: kinds of different rows
