"""Where a request reads: all of it in one snapshot of one replica that has what is needed, else on the primary.

What a session or token has seen is remembered in two ways. Versions of streams must have been reached, wherever it
reads next. And since not every answer says which streams it follows from, so must the beat (`changes/heartbeat.py`)
at each place where it has read: that place itself has it, any other one must be past it. Who has been nowhere yet, as
far as is remembered, reads on the primary.

No replica answers that lacks a beat which the primary had `ALLOWED_SECONDS` ago.
"""

import asyncio
import time
import zlib
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

import structlog

from headway.changes.heartbeat import beat_of, keep_beating
from headway.changes.standing import Standing, standing
from headway.gateway.cache import Basis
from headway.gateway.exchange import Exchange
from headway.gateway.seen import is_reached
from headway.platform.clock import Clock
from headway.platform.db.port import Database, Reader, Replica, ReplicaLost, ReplicaSlow
from headway.platform.positions import PLACE, Positions
from headway.platform.problems import Unavailable

T = TypeVar("T")

Look = Callable[[Reader], Coroutine[Any, Any, tuple[T, Basis | None]]]
"""Finds an answer, and what it follows from if it is to be kept. Any: a coroutine's own business with its loop."""

BEAT_SECONDS: Final = 0.25
ALLOWED_SECONDS: Final = 0.5
CHECK_SECONDS: Final = 1.0
WAIT_SECONDS: Final = 0.25
LOOK_SECONDS: Final = 5.0
"""After these a request reads on the primary instead."""
BEATS_AHEAD: Final = 8
NEVER: Final = 1 << 62
"""A beat that no copy has."""
PRIMARY: Final = f"{PLACE}primary"

_log = structlog.get_logger(__name__)


class _Behind(Exception):
    """The replica has not got what is needed."""


@dataclass(slots=True)
class Standby:
    """A replica; `out` says why it is not asked, `behind` by how many seconds it was when it was looked at last."""

    replica: Replica
    out: str = "not looked at yet"
    behind: float = 0.0

    @property
    def place(self) -> str:
        """Its name among what has been seen."""
        return PLACE + self.replica.name


class Places:
    """Picks the place, and watches the replicas while it runs. `positions` remember what is seen."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        replicas: Sequence[Replica] = (),
        *,
        positions: Positions | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._clock = clock
        self._now = now
        self._positions = positions
        self._beats: deque[tuple[int, float]] = deque([(NEVER, now())])
        self.standbys = [Standby(each) for each in replicas]
        self.answered_by_replicas = 0

    async def read(self, exchange: Exchange, look: Look[T], *, slow: bool = False) -> tuple[T, Basis | None]:
        """What `look` finds. Its basis is what the answer's own snapshot had reached."""
        standby = self._choice(exchange)
        if standby is not None:
            try:
                return await self._read_there(standby, exchange, look)
            except (_Behind, ReplicaSlow):
                pass  # whether it hangs is for `run` to find out
            except ReplicaLost as error:
                self._leave_out(standby, str(error))
        found, basis = await (self._database.read_slowly(look) if slow else look(self._database.reader))
        if self._positions is not None and (basis is not None or self.standbys):
            names = [] if basis is None else [name for name, _ in basis.versions]
            here = await standing(self._database.reader, names)  # after the read, which shows nothing newer
            exchange.reached = here.of(names)
            self._note(exchange, PRIMARY, here.beat)
        return found, basis

    async def was_at_primary(self, exchange: Exchange) -> None:
        """Who has written or read on the primary without being told a version will see that at any place."""
        if not self.standbys or exchange.actor.credential_id is None:
            return
        try:
            beat = await beat_of(self._database.reader)
        except Unavailable:  # it is written none the less
            beat = self._beats[-1][0] + BEATS_AHEAD
        self._note(exchange, PRIMARY, beat)

    async def until_end(self, exchange: Exchange, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The pieces of an answer that goes on to read on the primary while it is sent."""
        async for piece in pieces:
            yield piece
        await self.was_at_primary(exchange)
        credential = exchange.actor.credential_id
        if self._positions is not None and credential is not None and exchange.place:
            await self._positions.note(credential, exchange.place)

    async def run(self) -> None:
        """Keep the primary's beat moving, leave replicas out and take them back, until cancelled."""
        while self.standbys:
            await asyncio.gather(self._beat(), *map(self._check, self.standbys))
            await asyncio.sleep(BEAT_SECONDS)

    async def _beat(self) -> None:
        try:
            beat = await keep_beating(self._database, self._clock, self._beats[-1][0])
        except Exception as error:  # noqa: BLE001 - without a primary replicas answer on; watching must outlive any failure
            _log.debug("no_heartbeat", error=repr(error))
            return
        if beat != self._beats[-1][0]:
            self._beats.append((beat, self._now()))

    async def _check(self, standby: Standby) -> None:
        try:
            async with asyncio.timeout(CHECK_SECONDS), standby.replica.snapshot(watching=True) as reader:
                beat = await beat_of(reader)
        except Exception as error:  # noqa: BLE001 - as above
            self._leave_out(standby, str(error) or "no answer in time")
            return
        missing = [at for number, at in self._beats if number > beat]
        standby.behind = self._now() - missing[0] if missing else 0.0
        if beat < self._required():
            self._leave_out(standby, "behind")
        elif standby.out:
            _log.info("replica_in_use", replica=standby.replica.name)
            standby.out = ""

    def _required(self) -> int:
        """The last beat that the primary is known to have had long enough ago."""
        old = self._now() - ALLOWED_SECONDS
        while len(self._beats) > 1 and self._beats[1][1] <= old:
            self._beats.popleft()
        return self._beats[0][0]

    def _leave_out(self, standby: Standby, why: str) -> None:
        if not standby.out:
            _log.warning("replica_left_out", replica=standby.replica.name, why=why, behind=round(standby.behind, 3))
        standby.out = why

    def _choice(self, exchange: Exchange) -> Standby | None:
        """The same one for a session on all instances, as long as it is in use."""
        usable = [each for each in self.standbys if not each.out]
        credential = exchange.actor.credential_id
        if not usable or credential is None or not any(name.startswith(PLACE) for name in exchange.needs):
            return None
        return max(usable, key=lambda each: zlib.crc32(f"{each.place} {credential}".encode()))

    async def _read_there(self, standby: Standby, exchange: Exchange, look: Look[T]) -> tuple[T, Basis | None]:
        needs = exchange.needs
        async with standby.replica.snapshot() as reader:
            here = await _soon(standing(reader, needs), WAIT_SECONDS)
            if here.beat < self._required():
                self._leave_out(standby, "behind")
                raise _Behind
            if not (is_reached(needs, here.versions) and _is_past(needs, standby.place, here)):
                raise _Behind
            found, basis = await _soon(look(reader), LOOK_SECONDS)
            if basis is not None:
                names = [name for name, _ in basis.versions]
                basis = _as_seen(basis, await standing(reader, names))
                exchange.reached = basis.versions
        self._note(exchange, standby.place, here.beat)
        self.answered_by_replicas += 1
        return found, basis

    def _note(self, exchange: Exchange, place: str, beat: int) -> None:
        if self.standbys:
            exchange.place = ((place, beat),)


def _is_past(needs: Mapping[str, int], place: str, here: Standing) -> bool:
    """Whether this place shows all that was shown at others, and has not gone back itself."""
    return all(
        here.beat > beat or (here.beat == beat and name == place)
        for name, beat in needs.items()
        if name.startswith(PLACE)
    )


def _as_seen(basis: Basis, here: Standing) -> Basis:
    """What the snapshot had reached; _Behind when more is known, by a live stream perhaps to whoever asks."""
    if not is_reached(dict(basis.versions), here.versions):
        raise _Behind
    return replace(basis, versions=here.of([name for name, _ in basis.versions]))


async def _soon(answer: Coroutine[Any, Any, T], seconds: float) -> T:  # Any: as in Look
    """A server that hangs is given up."""
    try:
        async with asyncio.timeout(seconds):
            return await answer
    except TimeoutError:
        raise ReplicaSlow("no answer in time") from None
