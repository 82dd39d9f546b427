"""The words of ASGI (https://asgi.readthedocs.io) that the edge speaks, and the answers that it sends."""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

# Any: ASGI messages are mappings whose values differ from type to type.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

JSON_TYPE: Final = (b"content-type", b"application/json")

encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer ready to be sent: a body of bytes, or of pieces as they come. Content-Length is added to the former."""

    status: int
    body: bytes | AsyncIterator[bytes] = b""
    headers: Headers = ()

    async def send(self, send: Send) -> None:
        """Send it whole."""
        body = self.body
        if isinstance(body, bytes):
            length = () if self.status in (204, 304) else ((b"content-length", b"%d" % len(body)),)
            await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers, *length]})
            await send({"type": "http.response.body", "body": body})
            return
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        async with _closed_after(body):
            async for piece in body:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


@contextlib.asynccontextmanager
async def _closed_after(body: AsyncIterator[bytes]) -> AsyncIterator[None]:
    """A client may go before the last piece: what the pieces are made from is let go of at once."""
    try:
        yield
    finally:
        if isinstance(body, AsyncGenerator):
            await body.aclose()


def header_pairs(headers: Mapping[str, str]) -> Headers:
    """Headers as ASGI sends them: lower-case names, values in Latin-1."""
    return tuple((name.lower().encode("ascii"), value.encode("latin-1")) for name, value in headers.items())
