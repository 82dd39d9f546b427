"""The public edge, put together."""

from collections.abc import Sequence

from headway.changes.feed import Feed
from headway.changes.module import Module
from headway.changes.writes import Writer
from headway.gateway.asgi import App, Receive, Scope, Send
from headway.gateway.edge import Edge
from headway.gateway.options import GatewayOptions
from headway.gateway.routing import build_router
from headway.modules.auth.contracts import Authenticator
from headway.platform.clock import Clock
from headway.platform.db.port import Database


class Gateway:
    """An ASGI application: start it on the event loop that serves it, and stop it there."""

    def __init__(self, edge: App) -> None:
        self._edge = edge

    async def start(self) -> None:
        """Begin what runs beside requests."""

    async def stop(self) -> None:
        """End live streams and what runs beside requests."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, or the life of the server."""
        if scope["type"] == "http":
            await self._edge(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.stop()
        await send({"type": "lifespan.shutdown.complete"})


def create_app(
    modules: Sequence[Module],
    database: Database,
    clock: Clock,
    feed: Feed,
    authenticator: Authenticator,
    options: GatewayOptions,
) -> Gateway:
    """The edge over these modules; ValueError or TypeError when their routes collide or are of no known sort."""
    routes = [route for module in modules for route in module.routes]
    router = build_router(routes, database, Writer(database, clock), options)
    return Gateway(Edge(router, authenticator, clock, options, lambda *_: None))
