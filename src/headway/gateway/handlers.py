"""One handler for each sort of route: decode, run, answer."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import msgspec

from headway.changes.writes import Operation, Performed, Write
from headway.gateway.asgi import JSON_TYPE, Answer, Receive, encode, header_pairs
from headway.gateway.backend import Backend
from headway.gateway.cache import AnswerCache, Basis
from headway.gateway.conditional import conditional
from headway.gateway.exchange import Exchange
from headway.gateway.inputs import NO_BODY, Template, body_of, idempotency_key_of, if_match_of, pieces_of, query_of
from headway.gateway.once import Once
from headway.platform.db.port import Reader
from headway.platform.web.routes import Asked, Endpoint, Read, Reply, Route

Handler = Callable[[Exchange, Receive, Mapping[str, str]], Awaitable[Answer]]
"""Answers a request whose path has been bound to parameters."""

REVALIDATE: Final = (b"cache-control", b"private, no-cache")
NO_STORE: Final = (b"cache-control", b"no-store")


class _Told(msgspec.Struct, frozen=True):
    """What headers need to know of an answer."""

    id: str | None = None
    version: int | None = None


_told: Final = msgspec.json.Decoder(_Told).decode


def read_handler(route: Read, backend: Backend) -> Handler:
    """GET: the answer as JSON with an ETag, kept when the route says what it follows from."""
    cache, places = backend.cache, backend.places

    async def handle(exchange: Exchange, _receive: Receive, path: Mapping[str, str]) -> Answer:
        query = query_of(exchange, route.query)

        async def look(reader: Reader) -> tuple[Any, Basis | None]:  # Any: of the route's answer type
            once = Once(reader)
            basis = await _basis(route, once, cache, exchange, query, path)
            return await route.act(once, exchange.actor, query, **path), basis

        if route.slow:
            async with backend.queues.turn(exchange):
                found, basis = await places.read(exchange, look, slow=True)
        else:
            found, basis = await places.read(exchange, look)
        answer = json_answer(found)
        if basis is not None:
            cache.keep(exchange, answer, basis)
        return conditional(exchange, answer)

    return handle


async def _basis(
    route: Read,
    reader: Once,
    cache: AnswerCache,
    exchange: Exchange,
    query: msgspec.Struct | None,
    path: Mapping[str, str],
) -> Basis | None:
    """What the answer will follow from; None when it is not to be kept.

    What was read to find that out is of the versions that are noted, or it is read again.
    """
    actor = exchange.actor
    if route.depends is None or actor.user_id is None:
        return None
    access, heard = cache.access_version(actor.id), cache.heard
    dependency = await route.depends(reader, actor, query, **path)
    cache.misses += 1
    if cache.heard != heard:
        reader.forget()
    return None if dependency is None else cache.basis(access, actor.id, dependency)


def json_answer(found: object) -> Answer:
    """What a read has found; a client may keep it but asks each time.

    The ETag begins with the object's version, which If-Match is about. The digest behind it tells answers apart that
    differ at the same version: a task's key follows its project's, and what one may do in a project follows the reader.
    """
    body = encode(found)
    version = getattr(found, "version", None)
    etag = b'"%d-%s"' % (version, _digest(body)) if isinstance(version, int) else b'"%s"' % _digest(body)
    return Answer(200, body, (JSON_TYPE, REVALIDATE, (b"etag", etag)))


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=8).hexdigest().encode()


def write_handler(route: Write, backend: Backend, location: str | None) -> Handler:
    """A change: run once per Idempotency-Key, answered with the stream's version."""
    limit = backend.options.body_limit if route.body else NO_BODY

    async def handle(exchange: Exchange, receive: Receive, path: Mapping[str, str]) -> Answer:
        query = query_of(exchange, route.query)
        key, if_match = idempotency_key_of(exchange.headers), if_match_of(exchange.headers)
        with backend.bodies.taking(exchange, limit):
            body = await body_of(exchange, receive, route.body, limit)
        performed = await backend.writer.perform(exchange.actor, Operation(route, query or body, path, key, if_match))
        return write_answer(performed, location)

    return handle


def write_answer(performed: Performed, location: str | None) -> Answer:
    """What a write answers, with the version of its stream and of the object."""
    headers: list[tuple[bytes, bytes]] = [
        NO_STORE,
        (b"headway-version", f"{performed.stream}={performed.version}".encode()),
    ]
    if performed.action_id is not None:
        headers.append((b"headway-action", performed.action_id.encode()))
    if performed.answer:
        headers.append(JSON_TYPE)
        told = _told(performed.answer) if performed.answer.startswith(b"{") else _Told()
        if told.version is not None:
            headers.append((b"etag", b'"%d"' % told.version))
        if location and told.id and performed.status == 201:
            headers.append((b"location", f"{location}/{told.id}".encode()))
    return Answer(performed.status, performed.answer, tuple(headers))


def endpoint_handler(route: Endpoint, backend: Backend) -> Handler:
    """Anything else: the route says all of the answer itself."""
    if route.upload is not None:
        return _upload_handler(route, backend, route.upload)
    limit = (route.body_limit or backend.options.body_limit) if route.body else NO_BODY

    async def handle(exchange: Exchange, receive: Receive, path: Mapping[str, str]) -> Answer:
        data: msgspec.Struct | None = query_of(exchange, route.query)
        if route.method != "GET":
            idempotency_key_of(exchange.headers)  # whoever reads it may rely on its form
            with backend.bodies.taking(exchange, limit):
                body = await body_of(exchange, receive, route.body, limit)
            data = body if route.body else data
        reply: Reply = await route.act(_asked(exchange), data, **path)
        await backend.places.was_at_primary(exchange)
        if reply.streams and backend.places.standbys:
            reply = replace(reply, body=backend.places.until_end(exchange, reply.body))
        return conditional(exchange, reply_answer(route, reply))

    return handle


def _upload_handler(route: Endpoint, backend: Backend, limit: int) -> Handler:
    """A file as the body, taken while its sender has not too much under way."""

    async def handle(exchange: Exchange, receive: Receive, path: Mapping[str, str]) -> Answer:
        query = query_of(exchange, route.query)
        idempotency_key_of(exchange.headers)
        with backend.uploads.taking(exchange, limit):
            reply: Reply = await route.act(_asked(exchange, pieces_of(exchange, receive, limit)), query, **path)
        await backend.places.was_at_primary(exchange)
        return reply_answer(route, reply)

    return handle


def _asked(exchange: Exchange, upload: AsyncIterator[bytes] | None = None) -> Asked:
    return Asked(exchange.actor, exchange.headers, exchange.cookies, exchange.address, upload)


def reply_answer(route: Route, reply: Reply) -> Answer:
    """A Reply as it is sent."""
    status = reply.status or route.status
    headers: list[tuple[bytes, bytes]] = [*header_pairs(reply.headers)]
    headers += [(b"set-cookie", cookie.encode("latin-1")) for cookie in reply.cookies]
    if not any(name == b"cache-control" for name, _ in headers):
        headers.append(NO_STORE)
    body = reply.body
    if body is None and status in (204, 304):
        return Answer(status, b"", tuple(headers))
    headers.append((b"content-type", reply.media_type.encode()))
    whole = body if isinstance(body, bytes) or reply.streams else encode(body)
    return Answer(status, whole, tuple(headers))


def locations(routes: Sequence[Route], prefix: str) -> dict[str, str]:
    """By path, for each route that creates: the path under which its objects are found, without the id."""
    objects = {Template.of(route.path).shape for route in routes}
    found: dict[str, str] = {}
    for route in routes:
        if route.status == 201:
            for parent in ("/" + route.path.rsplit("/", 1)[-1], route.path):
                if f"{parent}/{{}}" in objects and "{" not in parent:
                    found[route.path] = prefix + parent
    return found
