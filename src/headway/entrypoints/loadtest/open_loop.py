"""An open loop: requests leave by the clock, whatever became of those before, as those of many people do.

A request's time counts from when it was due, so that a server that falls behind cannot hide it.
"""

import asyncio
import itertools
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from headway.entrypoints.loadtest.connection import Answer, Connection, Target
from headway.entrypoints.loadtest.mix import Asked

PATIENCE: Final = 30.0
"""Seconds after which a request counts as failed."""


@dataclass(frozen=True, slots=True)
class Load:
    """From none to `rate` requests a second within `ramp` seconds, then steadily; `seconds` in all."""

    rate: float
    ramp: float
    seconds: float
    streams: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What became of a request that was due so many seconds after the start. `failed` is empty when all was well."""

    sort: str
    due: float
    seconds: float
    failed: str = ""


def due_times(load: Load) -> Iterator[float]:
    """When each request is due, in seconds after the start."""
    climbing = load.rate * load.ramp / 2
    for number in itertools.count():
        steady = load.ramp + (number - climbing) / load.rate
        at = math.sqrt(2 * number * load.ramp / load.rate) if number < climbing else steady
        if at >= load.seconds:
            return
        yield at


class OpenLoop:
    """Sends requests over as many connections as are busy at a time, `most` at once."""

    def __init__(self, target: Target, most: int) -> None:
        self._target = target
        self._idle: list[Connection] = []
        self._room = asyncio.Semaphore(most)
        self.samples: list[Sample] = []
        self.late = 0.0
        """Seconds by which this program itself was late with a request, at worst: if that is much, it is to blame."""

    async def run(self, make: Callable[[], Asked], times: Iterator[float], told: Callable[[float], None]) -> None:
        """Send a request at each of these times; `told` how many seconds have gone, now and then."""
        began = time.perf_counter()
        async with asyncio.TaskGroup() as sending:
            for due in times:
                early = began + due - time.perf_counter()
                if early > 0:
                    told(due)
                    await asyncio.sleep(early)
                self.late = max(self.late, -early)
                sending.create_task(self._send(make(), began, due))

    async def _send(self, asked: Asked, began: float, due: float) -> None:
        async with self._room:
            try:
                failed = _verdict(await asyncio.wait_for(self._ask(asked.raw), PATIENCE))
            except TimeoutError:
                failed = f"no answer within {PATIENCE:.0f} s"
            except (OSError, EOFError, ValueError) as error:
                failed = f"connection lost ({type(error).__name__})"
        self.samples.append(Sample(asked.sort, due, time.perf_counter() - began - due, failed))

    async def _ask(self, raw: bytes) -> Answer:
        """On a connection that is there, else on a new one. One that was closed while it was idle is no failure."""
        while self._idle:
            connection = self._idle.pop()
            try:
                return await self._on(connection, raw)
            except (OSError, EOFError):
                continue
        return await self._on(await Connection.open(self._target), raw)

    async def _on(self, connection: Connection, raw: bytes) -> Answer:
        try:
            answer = await connection.ask(raw)
        except BaseException:  # a time-out too: what comes later would be taken for the next answer
            connection.close()
            raise
        if answer.header("connection") == "close":
            connection.close()
        else:
            self._idle.append(connection)
        return answer

    def close(self) -> None:
        """Hang up."""
        for connection in self._idle:
            connection.close()


def _verdict(answer: Answer) -> str:
    """Empty when an answer is well, else status and code."""
    if answer.status < 400:
        return ""
    try:
        return f"{answer.status} {json.loads(answer.body)['code']}"
    except (ValueError, KeyError, TypeError):
        return str(answer.status)
