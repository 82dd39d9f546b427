"""One instance from the lock on its data folder on: what `headway serve` and `headway worker` have in common."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import structlog
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from headway.entrypoints.monolith import Monolith, build_monolith
from headway.entrypoints.operation.commands import perform_on
from headway.entrypoints.operation.files import drop_unfinished
from headway.entrypoints.operation.installation import Installation, installation_of
from headway.entrypoints.operation.prepare import prepare_database
from headway.entrypoints.operation.releases import keep_release
from headway.entrypoints.operation.socket import listening
from headway.entrypoints.web_client import WEB_CLIENT
from headway.gateway.asgi import App
from headway.platform.clock import SystemClock
from headway.platform.db.address import is_server
from headway.platform.failure import Failure
from headway.platform.faults import Faults, kill_at, no_faults
from headway.settings import Settings

HEADER_BYTES: Final = 8192
"""Buffer of a connection: bounds headers, and keeps 10,000 idle streams small."""

IDLE_MILLISECONDS: Final = 75_000
"""For the head of the next request, and so for how long a connection may be idle. Longer than the 60 s for which nginx
keeps one to its upstream: of two who may hang up it must be the one that sends, or a request meets a closed door."""

ABANDONED_SECONDS: Final = 3600.0

_log = structlog.get_logger(__name__)


class PortTaken(Failure):
    """Another program listens there."""


@contextlib.asynccontextmanager
async def running_instance(
    settings: Settings, by: str, port: int, *, background: bool, go_on_with: Callable[[str], None] | None = None
) -> AsyncIterator[Monolith]:
    """The product, running for a command `by` that will listen on `port` (0: on none).

    `go_on_with` is called with another database's URL once the data has moved there. InUse, PortTaken, NewerDatabase,
    MovedAway, HalfMoved, BadKey, BadBackup or Unavailable when it cannot start.
    """
    installation = installation_of(settings)
    with installation.held(by):
        if port:
            _check_port(settings.host, port)
        secret = installation.secret()
        await asyncio.to_thread(prepare_database, settings, SystemClock())
        untouched = ABANDONED_SECONDS if is_server(settings.database_url) else 0.0  # other instances may be storing
        await asyncio.to_thread(drop_unfinished, settings, untouched)
        former = await asyncio.to_thread(_former_releases, installation)
        async with (
            build_monolith(
                settings, secret, faults=_faults(settings), former_releases=former, background=background
            ) as monolith,
            listening(installation.socket, perform_on(monolith, settings, go_on_with)),
        ):
            yield monolith


def http_server(settings: Settings, app: App, port: int) -> Server:
    """What listens for an application."""
    return Server(
        app,
        address=settings.host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=min(settings.max_connections, 4096),
        backpressure=settings.max_connections,
        http1_settings=HTTP1Settings(max_buffer_size=HEADER_BYTES, header_read_timeout=IDLE_MILLISECONDS),
        log_enabled=False,
    )


@contextlib.asynccontextmanager
async def signals(stopping: asyncio.Event) -> AsyncIterator[None]:
    """SIGTERM and SIGINT set the event, until the end of the block."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _former_releases(installation: Installation) -> list[Path]:
    try:
        return keep_release(WEB_CLIENT, installation.web_assets)
    except OSError as error:  # tabs of the release before must then be reloaded: no reason not to start
        _log.warning("release_not_kept", error=str(error))
        return []


def _faults(settings: Settings) -> Faults:
    if not settings.crash_at:
        return no_faults
    point, _, count = settings.crash_at.partition(":")
    return kill_at(point, int(count))


def _check_port(host: str, port: int) -> None:
    """A clear word before anything is touched; the server's own error would be a page long."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(f"Cannot listen on {host} port {port}: {error.strerror}") from None
