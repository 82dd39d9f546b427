"""What an operator's supervisor asks: is the process alive, and can it take work?"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog

from headway.gateway.asgi import JSON_TYPE, Answer, encode
from headway.gateway.exchange import Exchange
from headway.platform.db.port import Database, Transaction

Check = Callable[[], Awaitable[bool]]
"""Whether one thing that the product needs is there."""

PATIENCE_SECONDS: Final = 2.0
_NO_STORE: Final = (b"cache-control", b"no-store")

_log = structlog.get_logger(__name__)


async def healthz(_exchange: Exchange) -> Answer:
    """The process answers."""
    return Answer(200, encode({"status": "ok"}), (JSON_TYPE, _NO_STORE))


class Readiness:
    """200 when every check holds within two seconds, else 503; the answer says which did not."""

    def __init__(self, database: Database, checks: Mapping[str, Check]) -> None:
        self._checks = {"database": lambda: _can_write(database), **checks}

    async def __call__(self, _exchange: Exchange) -> Answer:
        """GET /readyz."""
        held = await asyncio.gather(*(self._holds(name, check) for name, check in self._checks.items()))
        checks = {name: "ok" if ok else "failed" for name, ok in zip(self._checks, held, strict=True)}
        body = encode({"status": "ready" if all(held) else "not ready", "checks": checks})
        return Answer(200 if all(held) else 503, body, (JSON_TYPE, _NO_STORE))

    async def _holds(self, name: str, check: Check) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await check()
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer is no and the log says why
            _log.warning("not_ready", check=name, error=str(error) or type(error).__name__)
            return False


async def _can_write(database: Database) -> bool:
    """Whether the writer takes a transaction, through its queue and its commit."""

    async def nothing(_tx: Transaction) -> bool:
        return True

    return await database.write(nothing)
