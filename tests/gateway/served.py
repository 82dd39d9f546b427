"""The furnished product behind a real HTTP server (uvicorn), in a thread with an event loop of its own."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from tests.gateway.house import House, furnished, nothing_is_kept
from tests.support.product import PASSWORD

PATIENCE = 120  # seconds until a server that does not start fails the test


@dataclass
class Served:
    """Where it listens, and tokens with every scope: of the owner, and of who runs the installation."""

    url: str
    house: House
    owner: str
    root: str


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve until the block ends. Writes are answered as if they had been done, and undone."""
    loop = asyncio.new_event_loop()
    stopping = asyncio.Event()
    started = threading.Event()
    found: list[Served | BaseException] = []

    async def serve() -> None:
        try:
            async with furnished(folder) as house:
                tokens = [await _token(house.roles[role]) for role in ("owner", "root")]
                with nothing_is_kept(house.product):
                    server = uvicorn.Server(
                        uvicorn.Config(house.product.monolith.app, port=0, lifespan="off", log_level="error")
                    )
                    serving = asyncio.ensure_future(server.serve())
                    while not server.started:
                        assert not serving.done(), "the server ended before it had begun"
                        await asyncio.sleep(0)
                    port = server.servers[0].sockets[0].getsockname()[1]
                    found.append(Served(f"http://127.0.0.1:{port}", house, *tokens))
                    started.set()
                    await stopping.wait()
                    server.should_exit = True
                    await house.product.monolith.app.stop()
                    await serving
        except BaseException as error:
            found.append(error)
            started.set()
            raise

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert started.wait(PATIENCE)
    result = found[0]
    if isinstance(result, BaseException):
        raise result
    try:
        yield result
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the server does not end"
        loop.close()


async def _token(client: httpx.AsyncClient) -> str:
    body = {"name": "all", "scopes": ["read", "write", "admin"], "password": PASSWORD}
    return str((await client.post("/auth/tokens", json=body)).json()["token"])
