"""A light HTTP/1.1 client: keep-alive connections that each have one request under way, and what they measured."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """A request as bytes; the answer must have one of `statuses`."""

    raw: bytes
    statuses: tuple[int, ...] = (200,)


def request(
    method: str, path: str, token: str, *, body: bytes = b"", headers: str = "", statuses: tuple[int, ...] = (200,)
) -> Request:
    """A request with a bearer token; `path` is below /api/v1, `headers` end each with CRLF."""
    kind = "Content-Type: application/json\r\n" if body else ""
    head = (
        f"{method} /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"{kind}Content-Length: {len(body)}\r\n{headers}\r\n"
    )
    return Request(head.encode() + body, statuses)


@dataclass
class Measured:
    """Seconds that each request took, in no order; wall time of all."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.seconds) / self.wall

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the requests was answered."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class HungUp(ConnectionError):
    """The connection ended before the first byte of an answer: the request may be sent again if it can be repeated."""


class Connection:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> "Connection":
        """Connect to loopback."""
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 24))

    async def ask(self, asked: Request) -> tuple[bytes, bytes]:
        """Send and read the whole answer: head and body.

        HungUp when there is none, AssertionError for a status that was not expected.
        """
        self._writer.write(asked.raw)
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            if getattr(error, "partial", b""):
                raise
            raise HungUp from error
        status = int(head[9:12])
        body = await self._body(head.lower(), status)
        assert status in asked.statuses, f"{asked.raw[:200]!r}: {head!r} {body[:500]!r}"
        return head, body

    async def _body(self, head: bytes, status: int) -> bytes:
        if status in (204, 304):
            return b""
        if b"transfer-encoding: chunked" not in head:
            at = head.index(b"content-length:") + 15
            return await self._reader.readexactly(int(head[at : head.index(b"\r", at)]))
        pieces = []
        while size := int(await self._reader.readline(), 16):
            pieces.append(await self._reader.readexactly(size))
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)
        return b"".join(pieces)

    async def stream(self, asked: Request) -> bytes:
        """Send, and read only the first event of an endless answer."""
        self._writer.write(asked.raw)
        head = await self._reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head, head
        return await self._reader.readuntil(b"\n\n")

    async def events(self) -> AsyncIterator[bytes]:
        """The events that follow on a stream."""
        while True:
            yield await self._reader.readuntil(b"\n\n")

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def drive(port: int, make: Callable[[int], Request], count: int, connections: int) -> Measured:
    """Send `count` requests over so many connections, each at its own pace; `make` is given the request's number."""
    measured = Measured()
    numbers = iter(range(count))

    async def work(connection: Connection) -> None:
        for number in numbers:
            asked = make(number)
            began = time.perf_counter()
            await connection.ask(asked)
            measured.seconds.append(time.perf_counter() - began)

    opened = [await Connection.open(port) for _ in range(connections)]
    began = time.perf_counter()
    await asyncio.gather(*map(work, opened))
    measured.wall = time.perf_counter() - began
    for connection in opened:
        connection.close()
    return measured
