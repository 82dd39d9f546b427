"""Answers that are kept as bytes and given again while everything they follow from stands unchanged."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from headway.gateway.asgi import Answer, App, Receive, Scope, Send
from headway.gateway.conditional import conditional
from headway.gateway.exchange import Exchange, exchange_of
from headway.gateway.seen import is_reached
from headway.gateway.versions import Versions
from headway.platform.clock import Clock
from headway.platform.web.routes import Dependency

ENTRY_BYTES: Final = 1024
"""What an entry takes beside its body, roughly."""

Key = tuple[str, str, bytes]


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer follows from, taken down before it was made."""

    versions: tuple[tuple[str, int], ...]
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    basis: Basis
    reached: Sequence[tuple[str, int]]
    route: str
    size: int


class AnswerCache:
    """Answers by person, path and query; the least recently used give way when they take more than `limit` bytes."""

    def __init__(self, versions: Versions, clock: Clock, limit: int) -> None:
        self._versions = versions
        self._clock = clock
        self._limit = limit
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def basis(self, access: int, actor_id: str, dependency: Dependency) -> Basis:
        """What an answer will follow from. `access` is the version of the person's access stream from before."""
        streams = self._versions.of(dependency.streams)
        return Basis(((access_stream(actor_id), access), *streams), dependency.valid_until)

    @property
    def heard(self) -> int:
        """How much has been heard of streams so far."""
        return self._versions.heard

    def access_version(self, actor_id: str) -> int:
        """The version of the stream that tells what a person may see."""
        return self._versions.known.get(access_stream(actor_id), 0)

    def keep(self, exchange: Exchange, answer: Answer, basis: Basis) -> None:
        """Remember an answer, and what it has reached."""
        body = answer.body
        assert isinstance(body, bytes)  # noqa: S101 - narrows the type: reads answer whole
        size = len(body) + len(exchange.query) + ENTRY_BYTES
        key = _key(exchange)
        self._drop(key)
        self._kept[key] = _Kept(answer, basis, exchange.reached, exchange.route, size)
        self.bytes += size
        while self.bytes > self._limit:
            self._drop(next(iter(self._kept)))

    def find(self, exchange: Exchange) -> Answer | None:
        """The answer, if it is still true and this actor may have it."""
        if exchange.actor.user_id is None or "read" not in exchange.actor.scopes:
            return None
        key = _key(exchange)
        kept = self._kept.get(key)
        if kept is None:
            return None
        if not self._holds(kept.basis):
            self._drop(key)
            return None
        if not self._versions.reliable() or not is_reached(exchange.needs, self._versions.known):
            return None
        self._kept.move_to_end(key)
        self.hits += 1
        exchange.route = kept.route
        exchange.reached = kept.reached
        return kept.answer

    def _holds(self, basis: Basis) -> bool:
        in_time = basis.valid_until is None or self._clock.now() < basis.valid_until
        return in_time and self._versions.stand_at(basis.versions)

    def _drop(self, key: Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.bytes -= kept.size


class CacheLane:
    """Answers from the cache before the router is asked."""

    def __init__(self, cache: AnswerCache, inner: App) -> None:
        self._cache = cache
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request that the edge has let in."""
        exchange = exchange_of(scope)
        answer = self._cache.find(exchange) if exchange.method == "GET" else None
        if answer is None:
            await self._inner(scope, receive, send)
        else:
            await conditional(exchange, answer).send(send)


def access_stream(user_id: str) -> str:
    """The stream that tells what a person may see."""
    return f"access:{user_id}"


def _key(exchange: Exchange) -> Key:
    return exchange.actor.id, exchange.path, exchange.query
