"""A client of /api/v1/events that takes one event at a time."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from headway.gateway.app import Gateway

PATIENCE = 30  # seconds until a test that waits in vain fails


class Serving(Protocol):
    """Whatever has the application."""

    app: Gateway


@dataclass
class Event:
    """One server-sent event. Any: each has its own data."""

    name: str
    data: dict[str, Any]
    id: str | None = None


@dataclass
class Listener:
    """An open stream; while `reading` is not set the client takes nothing from the network."""

    status: asyncio.Future[int]
    serving: asyncio.Task[None]
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)
    waiting: list[Event] = field(default_factory=list)
    heartbeats: int = 0

    async def event(self) -> Event:
        """The next event that is no heartbeat."""
        while not self.waiting:
            self._parse(await asyncio.wait_for(self.arrived.get(), PATIENCE))
        return self.waiting.pop(0)

    async def end(self) -> None:
        """Wait until the server has ended the stream."""
        await asyncio.wait_for(self.serving, PATIENCE)

    def _parse(self, body: bytes) -> None:
        assert body, "the stream has ended"
        for block in body.decode().split("\n\n"):
            members = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in members:
                self.waiting.append(Event(members["event"], json.loads(members["data"]), members.get("id")))
            elif block == ":":
                self.heartbeats += 1


@contextlib.asynccontextmanager
async def listening(
    edge: Serving, person: str = "ada", query: str = "", last: str | None = None
) -> AsyncIterator[Listener]:
    """Open a stream; leaving the block hangs up."""
    headers = [(b"host", b"localhost"), (b"authorization", b"Bearer " + person.encode())]
    if last is not None:
        headers.append((b"last-event-id", last.encode()))
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/api/v1/events",
        "query_string": query.encode(),
        "headers": headers,
    }
    listener: Listener

    async def receive() -> dict[str, Any]:
        await listener.gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            listener.status.set_result(message["status"])
        else:
            await listener.reading.wait()
            listener.arrived.put_nowait(message["body"])

    async def serve() -> None:
        await edge.app(scope, receive, send)

    listener = Listener(asyncio.get_running_loop().create_future(), asyncio.ensure_future(serve()))
    listener.reading.set()
    await asyncio.wait_for(listener.status, PATIENCE)
    try:
        yield listener
    finally:
        listener.gone.set()
        listener.reading.set()
        await listener.end()
