"""Commands to a running server, through a socket in its data folder that only its user may open.

One request a connection, in lines of JSON: `{"command", "arguments"}` there; `{"progress": [label, done, total]}` any
number of times and then `{"result"}` or `{"error": {"code", "detail", "status"}}` back.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec
import structlog

from headway.platform.problems import Problem
from headway.platform.progress import Progress

LINE_LIMIT: Final = 1 << 20

Perform = Callable[[str, msgspec.Raw, Progress], Awaitable[object]]
"""Runs a command with its arguments as JSON; Problem when it is refused."""

_log = structlog.get_logger(__name__)


class Request(msgspec.Struct, frozen=True):
    """A command with its arguments."""

    command: str
    arguments: msgspec.Raw


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No arguments."""


class Refusal(msgspec.Struct, frozen=True):
    """Why a command was not done."""

    status: int
    code: str
    detail: str


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of an answer: exactly one of the three."""

    progress: tuple[str, int, int] | None = None
    result: msgspec.Raw = msgspec.Raw()
    error: Refusal | None = None


class Refused(Exception):
    """The server did not do what was asked."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail)
        self.refusal = refusal


class NotRunning(Exception):
    """No server listens."""


@contextlib.asynccontextmanager
async def listening(path: Path, perform: Perform) -> AsyncIterator[None]:
    """Take commands at `path` until the end of the block."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await _answer(reader, writer, perform)
        writer.close()

    with _bound(path) as bound:
        server = await asyncio.start_unix_server(connected, sock=bound, limit=LINE_LIMIT)
        try:
            yield
        finally:
            server.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, perform: Perform) -> None:
    def send(reply: Reply) -> None:
        writer.write(msgspec.json.encode(reply) + b"\n")

    def report(label: str, done: int, total: int) -> None:
        send(Reply(progress=(label, done, total)))

    try:
        request = msgspec.json.decode(await reader.readline(), type=Request)
        result = await perform(request.command, request.arguments, report)
        send(Reply(result=msgspec.Raw(msgspec.json.encode(result))))
    except Problem as problem:
        send(Reply(error=Refusal(problem.status, problem.code, problem.detail)))
    except Exception as error:  # noqa: BLE001 - the operator is told, and the server goes on
        _log.exception("command_failed")
        send(Reply(error=Refusal(500, "failed", f"{type(error).__name__}: {error}")))
    await writer.drain()


async def ask(path: Path, command: str, arguments: msgspec.Struct, report: Progress) -> msgspec.Raw:
    """Have the running server do it. NotRunning when there is none, Refused when it says no."""
    request = Request(command, msgspec.Raw(msgspec.json.encode(arguments)))
    try:
        with _short(path) as name:
            reader, writer = await asyncio.open_unix_connection(name, limit=LINE_LIMIT)
    except (FileNotFoundError, ConnectionRefusedError):
        raise NotRunning from None
    try:
        writer.write(msgspec.json.encode(request) + b"\n")
        async for line in reader:
            reply = msgspec.json.decode(line, type=Reply)
            if reply.progress is not None:
                report(*reply.progress)
            elif reply.error is not None:
                raise Refused(reply.error)
            else:
                return reply.result
    finally:
        writer.close()
    raise Refused(Refusal(503, "server_stopped", "The server stopped before it answered; look whether it was done."))


@contextlib.contextmanager
def _bound(path: Path) -> Iterator[socket.socket]:
    path.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _short(path) as name:
        bound.bind(name)
    path.chmod(0o600)
    try:
        yield bound
    finally:
        bound.close()
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _short(path: Path) -> Iterator[str]:
    """A short name of a socket's path: the kernel takes 107 characters at most, data folders may be deeper."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
