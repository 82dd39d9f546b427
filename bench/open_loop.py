"""An open loop: requests leave by the clock, whatever became of those before, as those of many people do.

A request's time counts from when it was due, so that a server that falls behind cannot hide it.
"""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Callable

from bench.driver import Connection, HungUp, Measured, Request


class OpenLoop:
    """Sends requests at a steady rate over as many connections as are busy at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[Connection] = []
        self.opened = 0
        self.repeated = 0
        self.failures: list[str] = []
        self.measured: dict[str, Measured] = defaultdict(Measured)

    async def run(self, make: Callable[[int], tuple[str, Request]], rate: float, seconds: float) -> None:
        """`make` names the sort of the request with that number; what each sort took is added to `measured`.

        What fails is no longer waited for, and told in `failures`.
        """
        began = time.perf_counter()
        async with asyncio.TaskGroup() as sending:
            for number in range(int(rate * seconds)):
                due = began + number / rate
                if (early := due - time.perf_counter()) > 0:
                    await asyncio.sleep(early)
                sending.create_task(self._send(*make(number), due))

    async def _send(self, sort: str, asked: Request, due: float) -> None:
        try:
            connection = await self._answered(asked)
        except (AssertionError, OSError, EOFError) as error:  # the others go on: one must see how many fail
            self.failures.append(f"{sort}: {error!r}")
            return
        self._idle.append(connection)
        self.measured[sort].seconds.append(time.perf_counter() - due)

    async def _answered(self, asked: Request) -> Connection:
        """Send the request; the connection that it was answered on.

        A server may hang up on a connection that is idle, just when it is used again. What can be repeated (a read, a
        write with a key) is then sent again on a new one, as browsers and proxies do.
        """
        if self._idle:
            connection = self._idle.pop()
            with contextlib.suppress(HungUp):
                await connection.ask(asked)
                return connection
            self.repeated += 1
        connection = await Connection.open(self._port)
        self.opened += 1
        await connection.ask(asked)
        return connection

    def close(self) -> None:
        """Hang up."""
        for connection in self._idle:
            connection.close()
