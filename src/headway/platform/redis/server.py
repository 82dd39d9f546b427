"""One connection to Redis for all that is asked of it: what is asked at the same moment goes in one round trip."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import TYPE_CHECKING, Any, Final

import structlog

from headway.platform.redis.address import CONNECT_SECONDS, client_of

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.asyncio.connection import AbstractConnection

PATIENCE_SECONDS: Final = 2.0
"""So long an answer may take; then Redis counts as away, and nobody waits for it until it answers again."""
FIRST_PAUSE: Final = 0.1
LONGEST_PAUSE: Final = 2.0

Command = tuple[str | bytes | int, ...]

# Any: an answer of Redis is a number, bytes or a list of them, as the command says; driver types are imported when set.

_log = structlog.get_logger(__name__)


class RedisAway(Exception):
    """Redis does not answer: do without."""


class RedisServer:
    """Answers while its `run` runs and Redis is there; raises RedisAway at once while it is not.

    `prefix` begins the names of all keys and channels: installations may share a Redis.
    """

    def __init__(self, url: str, prefix: str) -> None:
        """NeedsRedis when the package is missing."""
        self.client: Redis = client_of(url)
        self._prefix = prefix
        self._scripts: list[str] = []
        self._asked: list[tuple[Command, asyncio.Future[Any] | None]] = []
        self._wake = asyncio.Event()
        self.is_there = False

    def name(self, *parts: str) -> str:
        """The name of a key or channel."""
        return ":".join((self._prefix, *parts))

    def script(self, text: str) -> str:
        """Know a Lua script from the next connection on; the digest that names it."""
        self._scripts.append(text)
        return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()  # as EVALSHA wants it

    def ask(self, *command: str | bytes | int) -> Awaitable[Any]:
        """The answer. RedisAway, also when it does not come in time: then the command may have been done."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self.is_there:
            self._asked.append((command, answer))
            self._wake.set()
        else:
            _refuse(answer)
        return answer

    def tell(self, *command: str | bytes | int) -> None:
        """Send what needs no answer; lost while Redis is away."""
        if self.is_there:
            self._asked.append((command, None))
            self._wake.set()

    async def run(self) -> None:
        """Stay connected until cancelled."""
        pause, told = FIRST_PAUSE, False
        try:
            while True:
                try:
                    async with self._connection() as connection:
                        pause, told = FIRST_PAUSE, False
                        await self._answer(connection)
                except Exception as error:  # noqa: BLE001 - whatever is wrong, everything goes on without and it is tried again
                    if not told:
                        _log.warning("redis_away", error=str(error) or type(error).__name__)
                    told = True
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            with contextlib.suppress(Exception):
                await self.client.aclose()

    @contextlib.asynccontextmanager
    async def _connection(self) -> "AsyncIterator[AbstractConnection]":
        pool = self.client.connection_pool
        connection: AbstractConnection | None = None
        try:
            async with asyncio.timeout(2 * CONNECT_SECONDS):
                connection = await pool.get_connection()  # type: ignore[no-untyped-call]  # no types here
                for script in self._scripts:
                    await connection.send_command("SCRIPT", "LOAD", script)
                    await connection.read_response()
            self.is_there = True
            _log.info("redis_there")
            yield connection
        finally:
            self.is_there = False
            self._fail(self._asked)
            self._asked = []
            if connection is not None:
                await connection.disconnect(nowait=True)
                await pool.release(connection)

    async def _answer(self, connection: "AbstractConnection") -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._asked = self._asked, []
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await _exchange(connection, batch)
            except BaseException:
                self._fail(batch)
                raise

    def _fail(self, batch: Sequence[tuple[Command, asyncio.Future[Any] | None]]) -> None:
        for _, answer in batch:
            if answer is not None and not answer.done():
                _refuse(answer)


def _refuse(answer: "asyncio.Future[Any]") -> None:
    answer.set_exception(RedisAway())
    answer.exception()  # whoever asked may not wait for it any more, and asyncio would complain


async def _exchange(
    connection: "AbstractConnection", batch: Sequence[tuple[Command, asyncio.Future[Any] | None]]
) -> None:
    """One round trip. A command that Redis refuses ends the connection: the next one begins with scripts anew."""
    packed = connection.pack_commands([command for command, _ in batch])
    await connection.send_packed_command(packed, check_health=False)
    for _, answer in batch:
        found = await connection.read_response()
        if answer is not None and not answer.done():
            answer.set_result(found)
