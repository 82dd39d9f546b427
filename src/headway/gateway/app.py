"""The public edge, put together."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from headway.changes.feed import Feed
from headway.changes.module import Module
from headway.changes.writes import Writer
from headway.gateway.asgi import Answer, App, Receive, Scope, Send
from headway.gateway.backend import Backend
from headway.gateway.batch import batch_route
from headway.gateway.cache import AnswerCache, CacheLane
from headway.gateway.edge import Edge
from headway.gateway.exchange import Exchange
from headway.gateway.live.events import events_app, events_route
from headway.gateway.live.hub import Hub
from headway.gateway.metrics import Measure, Metrics, MetricsPage
from headway.gateway.openapi.document import document_of
from headway.gateway.openapi.page import docs_pages
from headway.gateway.options import GatewayOptions
from headway.gateway.places import Places
from headway.gateway.probes import Check, Readiness, healthz
from headway.gateway.problems import NoSuchPath
from headway.gateway.queues import Queues
from headway.gateway.routing import build_router
from headway.gateway.shared import ALONE, Shared
from headway.gateway.site import Site
from headway.gateway.static import StaticFiles
from headway.gateway.sync.route import sync_route
from headway.gateway.underway import UnderWay, too_many_uploads, too_much_under_way
from headway.gateway.versions import Versions
from headway.gateway.visibility import Sources
from headway.modules.auth.contracts import Authenticator
from headway.platform import background
from headway.platform.clock import Clock
from headway.platform.db.port import Database
from headway.platform.web.routes import Route

Measures = Mapping[str, tuple[str, Measure]]
NO_CHECKS: Final[Mapping[str, Check]] = {}
NO_MEASURES: Final[Measures] = {}


class Gateway:
    """An ASGI application: start it on the event loop that serves it, and stop it there. `routes`: all of the API."""

    def __init__(self, edge: App, routes: Sequence[Route], versions: Versions, hub: Hub, places: Places) -> None:
        self.routes = tuple(routes)
        self._edge = edge
        self._versions = versions
        self._hub = hub
        self._places = places
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin what runs beside requests."""
        await self._versions.poll()
        runs = [self._versions.run, self._hub.run, self._hub.beat]
        if self._places.standbys:
            runs.append(self._places.run)
        for run in runs:
            self._tasks.append(background.start(run, run.__qualname__))

    async def catch_up(self) -> None:
        """Hear at once of what others have written."""
        await self._versions.poll()

    async def stop(self) -> None:
        """End live streams, which would hold up the server's own end, and what runs beside requests."""
        self._hub.close()
        await background.end(self._tasks)

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


def create_app(  # noqa: PLR0913 - a composition root names all that it puts together
    modules: Sequence[Module],
    database: Database,
    clock: Clock,
    feed: Feed,
    authenticator: Authenticator,
    options: GatewayOptions,
    *,
    checks: Mapping[str, Check] = NO_CHECKS,
    measures: Measures = NO_MEASURES,
    shared: Shared = ALONE,
) -> Gateway:
    """The edge over these modules; ValueError or TypeError when their routes collide or are of no known sort.

    `checks` are asked by /readyz, `measures` (`mails`: meaning and value) shown by /metrics, beside its own.
    `shared`: with other instances.
    """
    sources = Sources.of(modules)
    versions = Versions(database, feed)
    hub = Hub(database, feed, sources, authenticator)
    cache = AnswerCache(versions, clock, options.cache_bytes)
    writer = Writer(database, clock, options.workspace_history)
    uploads = UnderWay(options.uploads_limit, too_many_uploads)
    bodies = UnderWay(options.bodies_limit, too_much_under_way)
    places = Places(database, clock, shared.replicas, positions=shared.positions)
    backend = Backend(database, writer, cache, uploads, bodies, Queues(), options, places)
    own = [route for module in modules for route in module.routes]
    routes = [*own, sync_route(database, sources), batch_route(own, writer, options.batch_limit)]
    metrics = Metrics({**_own_measures(database, versions, cache, hub), **_measures_of(places), **measures})
    events = events_route()
    described = [*routes, events]
    kinds = [kind for module in modules for kind in module.kinds]
    site = Site(
        pages={
            "/healthz": healthz,
            "/readyz": Readiness(database, checks),
            "/metrics": MetricsPage(metrics, authenticator, options),
            **docs_pages(lambda: document_of(described, kinds, options), options.base_path),
        },
        streams={"/api/v1/events": events_app(events, hub)},
        api=build_router(routes, backend),
        files=StaticFiles(options, options.static) if options.static else no_files,
    )
    edge = Edge(CacheLane(cache, site), authenticator, clock, options, metrics.observe, shared)
    return Gateway(edge, described, versions, hub, places)


async def no_files(_exchange: Exchange) -> Answer:
    """There is no web client to show."""
    raise NoSuchPath


def _own_measures(database: Database, versions: Versions, cache: AnswerCache, hub: Hub) -> Measures:
    return {
        "writer_queue": ("Transactions that wait to be written.", lambda: database.waiting),
        "cache_hits": ("Answers given from the cache.", lambda: cache.hits),
        "cache_misses": ("Answers that had to be made before they could be kept.", lambda: cache.misses),
        "cache_bytes": ("Bytes that kept answers take.", lambda: cache.bytes),
        "live_connections": ("Clients that listen to news.", lambda: hub.size),
        "streams": ("Streams of the change log.", lambda: len(versions.known)),
    }


def _measures_of(places: Places) -> Measures:
    standbys = places.standbys
    return {
        "replicas": ("Replicas that reads may go to.", lambda: len(standbys)),
        "replicas_in_use": ("Replicas that answer and are not behind.", lambda: sum(not each.out for each in standbys)),
        "replica_lag_seconds": (
            "By how much the replica that is furthest behind was behind when it answered last.",
            lambda: max((each.behind for each in standbys), default=0.0),
        ),
        "replica_reads": ("Reads that replicas have answered.", lambda: places.answered_by_replicas),
    }
