"""GET /api/v1/events as a bare ASGI handler: thousands of clients listen at once, so each must be small."""

import asyncio
from typing import Annotated, Final, cast

import msgspec

from headway.gateway.asgi import App, Receive, Scope, Send
from headway.gateway.exchange import Exchange, exchange_of
from headway.gateway.inputs import query_of
from headway.gateway.live.connection import Connection
from headway.gateway.live.frames import Changes
from headway.gateway.live.hub import Hub, Start
from headway.gateway.permissions import check_actor
from headway.gateway.problems import MethodNotAllowed
from headway.gateway.sync.cursor import LONGEST, Cursor
from headway.gateway.visibility import Sight
from headway.modules.auth.contracts.meant import check_person
from headway.platform.web.fields import IdText
from headway.platform.web.routes import Endpoint, Route

_HEADERS: Final = (
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would keep events back
)


class EventsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`cursor`: one of /sync, to be told what happened since; a Last-Event-ID says it more precisely.

    `person`: whose news the client means, as `Headway-Person` does elsewhere: an EventSource sends no headers.
    """

    cursor: Annotated[str, msgspec.Meta(max_length=LONGEST)] | None = None
    person: IdText | None = None


def events_app(route: Route, hub: Hub) -> App:
    """The handler."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        exchange = exchange_of(scope)
        exchange.route = "/api/v1/events"
        if exchange.method != "GET" or exchange.head:
            raise MethodNotAllowed("GET")
        check_actor(route, exchange.actor)
        query = cast("EventsQuery", query_of(exchange, EventsQuery))
        check_person(exchange.actor.user_id, query.person)
        connection = Connection(exchange.actor)
        try:
            await hub.join(connection, _start(hub, exchange, query))
            await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
            await _pass_on(connection, receive, send)
        finally:
            hub.leave(connection)

    return handle


def events_route() -> Endpoint:
    """The route as the tables describe it; it is not run by way of the router."""
    return Endpoint(
        method="GET",
        path="/events",
        act=_described,
        needs="self",
        tag="sync",
        query=EventsQuery,
        answer=Changes,
        media_type="text/event-stream",
    )


async def _described() -> None:
    """Hear of news as they happen.

    Server-sent events: `hello` with the versions of the streams, then `changes` as they are committed. After `resync`,
    or when versions leave a gap, call /sync. Ends when the session does.
    """


def _start(hub: Hub, exchange: Exchange, query: EventsQuery) -> Start:
    """Where a client wants to go on. What it names wins over what it held when it first came."""
    mark = exchange.headers.get("last-event-id")
    if mark is not None:
        since = hub.since(mark)
        return Start(since or {}, missed=since is None)
    if query.cursor is None:
        return Start()
    held = Cursor.decode(query.cursor).held

    def fits(sight: Sight) -> bool:
        return sight.keys() == held.keys() and all(held[each].among(sight[each]) == sight[each] for each in sight)

    return Start({stream: each.version for stream, each in held.items()}, fits=fits)


async def _pass_on(connection: Connection, receive: Receive, send: Send) -> None:
    """Send what is queued until the connection ends, by either side."""
    watching = asyncio.ensure_future(_gone(receive))
    watching.add_done_callback(lambda _: connection.end())
    try:
        while frames := await connection.next():
            await send({"type": "http.response.body", "body": frames, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        watching.cancel()


async def _gone(receive: Receive) -> None:
    """Wait until the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass
