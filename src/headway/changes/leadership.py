"""Of all instances one does each of some works; when it dies, another takes over within some seconds.

No clock is compared with another's: whoever leads moves a number on with every look, and who sees it unmoved for a few
looks takes its place by compare-and-set. Two may lead for a moment, so a work must bear that, as consumers do, whose
cursors are locked.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final

import msgspec
import structlog
from sqlalchemy import bindparam, select, update

from headway.changes.schema import leaders
from headway.platform import background
from headway.platform.db.port import Database, DuplicateKey, Transaction
from headway.platform.db.statement import Statement, command, insert_into
from headway.platform.ids import new_id

LOOK_SECONDS: Final = 2.0
UNMOVED_LOOKS: Final = 3
"""So many looks that find a leader's number unmoved are its death."""
NOBODY: Final = ""

_log = structlog.get_logger(__name__)


class _Leader(msgspec.Struct, frozen=True):
    """Who leads a work, and its number."""

    name: str
    holder: str
    beat: int


_LEADERS: Final = Statement(select(leaders.c.name, leaders.c.holder, leaders.c.beat), _Leader)
_BEAT: Final = command(update(leaders).where(leaders.c.holder == bindparam("me")).values(beat=leaders.c.beat + 1))
_TAKE: Final = command(
    update(leaders)
    .where(leaders.c.name == bindparam("work"), leaders.c.beat == bindparam("seen"))
    .values(holder=bindparam("me"), beat=leaders.c.beat + 1)
)
_RELEASE: Final = command(update(leaders).where(leaders.c.holder == bindparam("me")).values(holder=bindparam("nobody")))

Work = Callable[[], Coroutine[Any, Any, None]]
"""Runs until cancelled. Any: a coroutine's own business with its loop."""


class Leadership:
    """Does those of `works` that fall to this instance."""

    def __init__(self, database: Database, works: Mapping[str, Work]) -> None:
        self._database = database
        self._works = works
        self._me = new_id()
        self._last: dict[str, _Leader] = {}
        self._unmoved: Counter[str] = Counter()
        self._running: dict[str, asyncio.Task[None]] = {}

    @property
    def led(self) -> frozenset[str]:
        """What this instance does now."""
        return frozenset(self._running)

    async def run(self) -> None:
        """Take part until cancelled; then let others lead at once."""
        try:
            while True:
                try:
                    await self.look()
                except Exception:  # noqa: BLE001 - storage may be away: what is led goes on, or fails by itself
                    _log.exception("leadership_unclear")
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await self.resign()

    async def look(self) -> None:
        """Keep what this instance leads, take what nobody does, and let go of what another has taken."""
        found = {each.name: each for each in await self._database.reader.rows(_LEADERS)}
        mine = {name for name, leader in found.items() if leader.holder == self._me}
        wanted = [name for name in self._works if name not in mine and self._is_free(name, found.get(name))]
        if mine or wanted:
            mine |= await self._database.write(lambda tx: self._claim(tx, wanted, found))
        await self._do(mine)

    async def resign(self) -> None:
        """End what is done here, and say so."""
        await self._do(set())

        async def act(tx: Transaction) -> None:
            await tx.execute(_RELEASE, me=self._me, nobody=NOBODY)

        try:
            await self._database.write(act)
        except Exception as error:  # noqa: BLE001 - others find out by themselves
            _log.warning("leadership_not_released", error=str(error))

    def _is_free(self, name: str, leader: _Leader | None) -> bool:
        if leader is None or leader.holder == NOBODY:
            return True
        self._unmoved[name] = self._unmoved[name] + 1 if self._last.get(name) == leader else 0
        self._last[name] = leader
        return self._unmoved[name] >= UNMOVED_LOOKS

    async def _claim(self, tx: Transaction, wanted: list[str], found: Mapping[str, _Leader]) -> set[str]:
        await tx.execute(_BEAT, me=self._me)
        return {name for name in wanted if await self._take(tx, name, found.get(name))}

    async def _take(self, tx: Transaction, name: str, leader: _Leader | None) -> bool:
        if leader is not None:
            return bool(await tx.execute(_TAKE, work=name, seen=leader.beat, me=self._me))
        try:
            await tx.execute(insert_into(leaders), name=name, holder=self._me, beat=0)
        except DuplicateKey:  # another instance saw that nobody leads, too
            return False
        return True

    async def _do(self, mine: set[str]) -> None:
        lost = [self._running.pop(name) for name in self.led - mine]
        await background.end(lost)
        for name in mine - self.led:
            self._running[name] = background.start(self._works[name], name)
            _log.info("leading", work=name)
