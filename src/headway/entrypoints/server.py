"""`headway serve`: one process, one event loop, from the lock on the data folder to the last answer."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from headway.entrypoints.monolith import WEB_CLIENT, Monolith, build_monolith
from headway.entrypoints.operation.commands import perform_on
from headway.entrypoints.operation.installation import Installation
from headway.entrypoints.operation.prepare import prepare_database
from headway.entrypoints.operation.releases import keep_release
from headway.entrypoints.operation.socket import listening
from headway.platform.clock import SystemClock
from headway.platform.failure import Failure
from headway.platform.faults import Faults, kill_at, no_faults
from headway.platform.objects import LocalObjects
from headway.settings import Settings

HEADER_BYTES: Final = 8192
"""Buffer of a connection: bounds headers, and keeps 10,000 idle streams small."""

_log = structlog.get_logger(__name__)


LISTENING_SECONDS: Final = 0.005


class PortTaken(Failure):
    """Another program listens there."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What whoever started the server should know."""

    address: str
    public_url: str
    first_admin_link: str | None


async def run_server(settings: Settings, announce: Callable[[Ready], None]) -> None:
    """Serve until SIGTERM or SIGINT. InUse, PortTaken, NewerDatabase, BadKey or BadBackup when it cannot start."""
    installation = Installation(settings.data_dir)
    with installation.held("headway serve"):
        _check_port(settings)
        secret = installation.secret()
        await asyncio.to_thread(prepare_database, settings, SystemClock())
        await asyncio.to_thread(LocalObjects(installation.objects).drop_unfinished)
        former = await asyncio.to_thread(_former_releases, installation)
        async with (
            build_monolith(settings, secret, faults=_faults(settings), former_releases=former) as monolith,
            listening(installation.socket, perform_on(monolith, settings)),
        ):
            await _serve(settings, monolith, announce)
    _log.info("stopped")


def _former_releases(installation: Installation) -> list[Path]:
    try:
        return keep_release(WEB_CLIENT, installation.web_assets)
    except OSError as error:  # tabs of the release before must then be reloaded: no reason not to start
        _log.warning("release_not_kept", error=str(error))
        return []


async def _serve(settings: Settings, monolith: Monolith, announce: Callable[[Ready], None]) -> None:
    stopping = asyncio.Event()
    server = _server(settings, monolith)
    link = await monolith.first_administrator.link()
    ready = Ready(f"http://{_written(settings.host)}:{settings.port}", settings.public_url, link)
    gc.freeze()  # what has been loaded by now stays: the collector need not look at it again
    async with _signals(stopping):
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


def _server(settings: Settings, monolith: Monolith) -> Server:
    return Server(
        monolith.app,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=min(settings.max_connections, 4096),
        backpressure=settings.max_connections,
        http1_settings=HTTP1Settings(max_buffer_size=HEADER_BYTES),
        log_enabled=False,
    )


def _faults(settings: Settings) -> Faults:
    if not settings.crash_at:
        return no_faults
    point, _, count = settings.crash_at.partition(":")
    return kill_at(point, int(count))


def _check_port(settings: Settings) -> None:
    """A clear word before anything is touched; the server's own error would be a page long."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise PortTaken(f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}") from None


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextlib.asynccontextmanager
async def _signals(stopping: asyncio.Event) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
