"""A light HTTP/1.1 client: keep-alive connections with one request under way each, cheap enough to drive thousands."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from headway.platform.failure import Failure

LINE_BYTES: Final = 1 << 24


@dataclass(frozen=True, slots=True)
class Target:
    """An installation: where to connect, and what its addresses begin with."""

    host: str
    port: int
    tls: bool
    base: str

    @classmethod
    def of(cls, url: str) -> "Target":
        """Failure when the URL is no address of a server."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Failure(f"{url} is no address of a server: http://localhost:8000 is one")
        tls = parts.scheme == "https"
        return cls(parts.hostname, parts.port or (443 if tls else 80), tls, parts.path.rstrip("/"))

    @property
    def origin(self) -> str:
        """What a browser would call it."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{named}:{self.port}"

    def request(
        self, method: str, path: str, headers: Mapping[str, str], body: Mapping[str, Any] | None = None
    ) -> bytes:  # Any: fields of the body
        """A request as bytes; `path` is below /api/v1."""
        said = b"" if body is None else json.dumps(body).encode()
        about = {"Host": self.origin.partition("//")[2], "Content-Length": str(len(said)), **headers}
        if body is not None:
            about["Content-Type"] = "application/json"
        lines = "".join(f"{name}: {value}\r\n" for name, value in about.items())
        return f"{method} {self.base}/api/v1{path} HTTP/1.1\r\n{lines}\r\n".encode() + said


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, read to its end."""

    status: int
    head: str
    body: bytes

    def header(self, name: str) -> str | None:
        """A header of it."""
        return next(iter(self.headers(name)), None)

    def headers(self, name: str) -> list[str]:
        """All headers of that name."""
        lines = (line.partition(": ") for line in self.head.split("\r\n"))
        return [value for found, _, value in lines if found.lower() == name]


class Connection:
    """One connection. EOFError and OSError when it is lost."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.used = False
        """Whether it has answered before: then the other side may have closed it meanwhile, rightly."""

    @classmethod
    async def open(cls, target: Target) -> "Connection":
        """Connect."""
        tls = ssl.create_default_context() if target.tls else None
        return cls(*await asyncio.open_connection(target.host, target.port, ssl=tls, limit=LINE_BYTES))

    async def ask(self, request: bytes) -> Answer:
        """Send, and read the whole answer."""
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head[9:12])
        answer = Answer(status, head, b"" if status in (204, 304) else await self._body(head.lower()))
        self.used = True
        return answer

    async def _body(self, head: str) -> bytes:
        if "transfer-encoding: chunked" not in head:
            at = head.index("content-length:") + 15
            return await self._reader.readexactly(int(head[at : head.index("\r", at)]))
        pieces = []
        while size := int(await self._reader.readline(), 16):
            pieces.append(await self._reader.readexactly(size))
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)
        return b"".join(pieces)

    async def events(self, request: bytes) -> AsyncIterator[bytes]:
        """Send, and give what comes on an endless answer, event by event. Failure when it is refused."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r")[0]:
            raise Failure(f"a live stream was refused: {head[:32]!r}")
        while True:
            yield await self._reader.readuntil(b"\n\n")

    def close(self) -> None:
        """Hang up."""
        self._writer.close()
