"""What a request carries, checked: path, query, body and the headers of writes."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

import msgspec

from headway.gateway.asgi import Receive
from headway.gateway.exchange import Exchange
from headway.gateway.problems import TooSlow, UnsupportedMedia
from headway.platform.ids import is_id
from headway.platform.problems import Invalid, NotFound, TooLarge
from headway.platform.web.decode import decode_body, decode_query

_PLACE: Final = re.compile(r"\{(?P<name>\w+)(:(?P<type>str))?\}")
_ETAG: Final = re.compile(r'^(?:W/)?"(?P<version>\d{1,18})(?:-[0-9a-f]{1,64})?"$')
_KEY: Final = re.compile(r"^[\x21-\x7e]{1,128}$")
BODY_SECONDS: Final = 60.0
"""For a whole JSON body, or for a piece of a file: who sends nothing may not hold memory and a connection for ever."""
NO_BODY: Final = 1024
"""Bytes that are read where no body belongs."""
_TEXT_LIMIT: Final = 200
_PARAMETER_LIMIT: Final = 100


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The query of a route that has none."""


@dataclass(frozen=True, slots=True)
class Template:
    """A route's path, taken apart: `shape` is the same for paths that differ only in the names of their parameters."""

    shape: str
    names: tuple[str, ...]
    ids: frozenset[str]

    @classmethod
    def of(cls, path: str) -> "Template":
        """Parse `/tasks/{task_id}/labels/{name:str}`."""
        places = list(_PLACE.finditer(path))
        names = tuple(place["name"] for place in places)
        return cls(_PLACE.sub("{}", path), names, frozenset(p["name"] for p in places if p["type"] is None))

    def bind(self, values: tuple[str, ...]) -> dict[str, str]:
        """The parameters by name; NotFound when an id is malformed or a text no text."""
        bound = dict(zip(self.names, values, strict=True))
        for name, value in bound.items():
            good = is_id(value) if name in self.ids else len(value) <= _TEXT_LIMIT and value.isprintable()
            if not good:
                raise NotFound
        return bound


def query_of(exchange: Exchange, kind: type[msgspec.Struct] | None) -> msgspec.Struct | None:
    """The query string of a request as `kind`; a route without a query takes no parameters."""
    return query_in(exchange.query, kind)


def query_in(raw: bytes, kind: type[msgspec.Struct] | None) -> msgspec.Struct | None:
    """A query string as `kind`."""
    if kind is None and not raw:
        return None
    try:
        text = raw.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_PARAMETER_LIMIT)
    except (UnicodeDecodeError, ValueError):
        raise Invalid("invalid_query", "The query string is not valid UTF-8, or has too many parameters.") from None
    found = decode_query(pairs, kind or Nothing)
    return found if kind else None


async def body_of(
    exchange: Exchange, receive: Receive, kind: type[msgspec.Struct] | None, limit: int
) -> msgspec.Struct | None:
    """The JSON body as `kind`. A body that is left out counts as an empty object."""
    raw = await read_body(exchange, receive, limit)
    if kind is None:
        if raw.strip() not in (b"", b"{}"):
            raise Invalid("unexpected_body", "This request takes no body.")
        return None
    if raw:
        check_media_type(exchange, "application/json")
    return decode_body(raw or b"{}", kind)


def check_media_type(exchange: Exchange, wanted: str) -> None:
    """UnsupportedMedia unless the body is of that type."""
    given = exchange.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != wanted:
        raise UnsupportedMedia(wanted)


async def read_body(exchange: Exchange, receive: Receive, limit: int) -> bytes:
    """The whole body; TooLarge beyond `limit` bytes, TooSlow."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return b"".join([piece async for piece in pieces_of(exchange, receive, limit)])
    except TimeoutError:
        raise TooSlow from None


async def pieces_of(exchange: Exchange, receive: Receive, limit: int) -> AsyncIterator[bytes]:
    """The body as it comes; TooLarge once it is known to exceed `limit` bytes, TooSlow when no more of it comes."""
    announced = exchange.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)
    received = 0
    while True:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "http.disconnect":
            raise Invalid("incomplete_body", "The connection ended before the body did.")
        piece: bytes = message.get("body", b"")
        received += len(piece)
        if received > limit:
            raise _too_large(limit)
        if piece:
            yield piece
        if not message.get("more_body", False):
            return


def _too_large(limit: int) -> TooLarge:
    return TooLarge("body_too_large", f"The body may have at most {limit} bytes.", extra={"limit": limit})


def if_match_of(headers: Mapping[str, str]) -> int | None:
    """The version that If-Match names; None without it, or for `*`."""
    given = headers.get("if-match", "*").strip()
    if given == "*":
        return None
    found = _ETAG.match(given)
    if found is None:
        raise Invalid.field("If-Match", "invalid_value", 'must be one ETag like "3"')
    return int(found["version"])


def idempotency_key_of(headers: Mapping[str, str]) -> str | None:
    """The Idempotency-Key; None without it."""
    given = headers.get("idempotency-key")
    if given is not None and not _KEY.match(given):
        raise Invalid.field("Idempotency-Key", "invalid_value", "must be 1 to 128 printable ASCII characters")
    return given


def bearer_of(headers: Mapping[str, str]) -> str | None:
    """The token of `Authorization: Bearer <token>` (RFC 6750); other schemes are somebody else's, such as a proxy's."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
