"""Which of several servers that replicate one another takes writes: the one that is not read-only."""

import asyncio
from typing import Any, Final

import structlog
from asyncmy import connect
from asyncmy.errors import MySQLError

from headway.platform.db.address import Endpoint
from headway.platform.db.mysql_errors import unreachable
from headway.platform.problems import Unavailable

ASK_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = 0.1

_log = structlog.get_logger(__name__)


class Primary:
    """Remembers the server that takes writes, until somebody has reason to doubt it. One server alone is taken as it
    is: it may be a proxy that sees to this itself.
    """

    def __init__(self, endpoints: tuple[Endpoint, ...], arguments: dict[str, Any]) -> None:  # Any: as the driver's
        self._endpoints = endpoints
        self._arguments = arguments
        self._known: Endpoint | None = endpoints[0] if len(endpoints) == 1 else None
        self._asking = asyncio.Lock()

    def doubt(self, endpoint: Endpoint) -> None:
        """This server was lost, or refused a write."""
        if self._known == endpoint and len(self._endpoints) > 1:
            self._known = None

    async def find(self) -> Endpoint:
        """The server that takes writes. While all that answer are read-only, one is about to be promoted: this waits
        for it, for as long as the caller does. Unavailable when none answers, or more than one would take writes.
        """
        while self._known is None:
            async with self._asking:
                if self._known is None:
                    self._known = await self._ask_all()
            if self._known is None:
                await asyncio.sleep(PAUSE_SECONDS)
        return self._known

    async def _ask_all(self) -> Endpoint | None:
        answers = await asyncio.gather(*map(self._is_read_only, self._endpoints))
        writable = [endpoint for endpoint, read_only in zip(self._endpoints, answers, strict=True) if read_only == 0]
        if len(writable) > 1:  # what is written to one of them would be missing on the other
            _log.error("several_primaries", servers=list(map(str, writable)))
            raise Unavailable("storage_unavailable", "Several database servers take writes; nothing was saved.")
        if writable:
            _log.info("primary_found", server=str(writable[0]))
            return writable[0]
        if all(read_only is None for read_only in answers):
            _log.error("no_database_server_answers", servers=list(map(str, self._endpoints)))
            raise unreachable()
        return None

    async def _is_read_only(self, endpoint: Endpoint) -> int | None:
        try:
            async with asyncio.timeout(ASK_SECONDS):
                connection = await connect(**self._arguments, host=endpoint.host, port=endpoint.port)
                try:
                    async with connection.cursor() as cursor:
                        await cursor.execute("SELECT @@GLOBAL.read_only")
                        return int((await cursor.fetchone())[0])
                finally:
                    connection.close()
        except (MySQLError, OSError, EOFError) as error:  # a time-out is an OSError
            _log.debug("server_does_not_answer", server=str(endpoint), error=repr(error))
            return None
