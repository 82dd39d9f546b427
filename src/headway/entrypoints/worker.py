"""`headway worker`: consumers of the log and jobs of a database server, without the API."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Final

import structlog

from headway.entrypoints.instance import http_server, running_instance, signals
from headway.gateway.asgi import Answer, App, Receive, Scope, Send
from headway.platform.db.address import is_server
from headway.platform.failure import Failure
from headway.settings import Settings

PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})

_log = structlog.get_logger(__name__)


class NeedsServer(Failure):
    """A SQLite file has one process."""


async def run_worker(settings: Settings, announce: Callable[[], None]) -> None:
    """Work until SIGTERM or SIGINT. NeedsServer, and what `running_instance` raises, when it cannot start."""
    if not is_server(settings.database_url):
        raise NeedsServer(
            "headway worker works beside headway serve on a database server: set HEADWAY_DATABASE_URL. "
            "With SQLite, headway serve does all the work."
        )
    stopping = asyncio.Event()
    async with (
        running_instance(settings, "headway worker", settings.worker_port, background=True) as monolith,
        _listening(settings, monolith.app),
        signals(stopping),
    ):
        announce()
        await stopping.wait()
        _log.info("stopping")
    _log.info("stopped")


@contextlib.asynccontextmanager
async def _listening(settings: Settings, app: App) -> AsyncIterator[None]:
    if not settings.worker_port:
        yield
        return
    server = http_server(settings, only_probes(app), settings.worker_port)
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.stop()  # type: ignore[no-untyped-call]  # granian has no types here
        await serving


def only_probes(app: App) -> App:
    """What a supervisor asks, and nothing else of an application."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in PROBES:
            await Answer(404, b"", ()).send(send)
        else:
            await app(scope, receive, send)

    return handle
