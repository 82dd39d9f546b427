"""The API's description, without an installation: the product is put together on an empty folder."""

import tempfile
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final

from headway.entrypoints.monolith import build_monolith
from headway.entrypoints.operation.prepare import prepare_database
from headway.platform.clock import SystemClock
from headway.settings import Settings

PATH: Final = "/api/v1/openapi.json"


async def describe_api(settings: Settings) -> bytes:
    """The OpenAPI document as the server answers it."""
    with tempfile.TemporaryDirectory(prefix="headway-openapi-") as folder:
        apart = Settings(data_dir=Path(folder), public_url=settings.public_url)
        prepare_database(apart, SystemClock())
        async with build_monolith(apart, bytes(32)) as monolith:
            return await _get(monolith.app, PATH)


async def _get(app: Any, path: str) -> bytes:  # Any: an ASGI application
    """The body of a GET, asked of the application itself."""
    body = bytearray()

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        body.extend(message.get("body", b""))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    await app(scope, receive, send)
    return bytes(body)
