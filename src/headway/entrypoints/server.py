"""`headway serve`: one process, one event loop, from the lock on the data folder to the last answer."""

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog
from granian.server.embed import Server

from headway.entrypoints.instance import http_server, running_instance, signals
from headway.entrypoints.monolith import Monolith
from headway.platform.db.address import is_server
from headway.platform.failure import Failure
from headway.settings import Settings

GARBAGE: Final = 20_000
"""Objects made between two looks for garbage. Requests leave hardly any that only the collector finds: to look each 700
objects, as Python does by itself, took a twentieth of the processor."""

_log = structlog.get_logger(__name__)


LISTENING_SECONDS: Final = 0.005


class NobodyWorks(Failure):
    """The work beside requests would be done by nobody."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What whoever started the server should know."""

    address: str
    public_url: str
    first_admin_link: str | None


@dataclass(slots=True)
class Ending:
    """How a server comes to its end, and the URL of the database to start anew with, if any."""

    begun: asyncio.Event
    database_url: str | None = None

    def go_on_with(self, database_url: str) -> None:
        """End, to be started anew on another database."""
        self.database_url = database_url
        self.begun.set()


async def run_server(settings: Settings, announce: Callable[[Ready], None]) -> str | None:
    """Serve until SIGTERM or SIGINT, or until the data has moved: the URL of the database where it is then.

    NobodyWorks, and what `running_instance` raises, when it cannot start.
    """
    if not settings.background and not is_server(settings.database_url):
        raise NobodyWorks("HEADWAY_BACKGROUND=off leaves the work to `headway worker`, which needs a database server.")
    ending = Ending(asyncio.Event())
    async with running_instance(
        settings, "headway serve", settings.port, background=settings.background, go_on_with=ending.go_on_with
    ) as monolith:
        await _serve(settings, monolith, announce, ending.begun)
    _log.info("stopped")
    return ending.database_url


async def _serve(
    settings: Settings, monolith: Monolith, announce: Callable[[Ready], None], stopping: asyncio.Event
) -> None:
    server = http_server(settings, monolith.app, settings.port)
    link = await monolith.first_administrator.link(several=is_server(settings.database_url))
    ready = Ready(f"http://{_written(settings.host)}:{settings.port}", settings.public_url, link)
    gc.freeze()  # what has been loaded by now stays: the collector need not look at it again
    gc.set_threshold(GARBAGE)
    async with signals(stopping):
        serving = asyncio.create_task(server.serve())
        announcing = asyncio.create_task(_announce(settings, ready, announce))
        ending = asyncio.create_task(stopping.wait())
        await asyncio.wait((serving, ending), return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        announcing.cancel()
        if stopping.is_set():
            await _stop(settings, monolith, server, serving)
        await serving


async def _announce(settings: Settings, ready: Ready, announce: Callable[[Ready], None]) -> None:
    """Say that the server is ready once it takes connections: its own hook runs before it listens."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - what to connect to
    while True:
        try:
            _, writer = await asyncio.open_connection(host, settings.port)
        except OSError:
            await asyncio.sleep(LISTENING_SECONDS)
        else:
            writer.close()
            announce(ready)
            return


async def _stop(settings: Settings, monolith: Monolith, server: Server, serving: "asyncio.Task[None]") -> None:
    """End live streams, let requests finish, and after the time for that give up on them."""
    _log.info("stopping")
    await monolith.app.stop()
    server.stop()  # type: ignore[no-untyped-call]  # granian has no types here
    done, _ = await asyncio.wait((serving,), timeout=settings.shutdown_seconds)
    if not done:
        _log.warning("requests_cut_off", after_seconds=settings.shutdown_seconds)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
