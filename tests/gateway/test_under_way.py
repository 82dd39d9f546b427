"""One person cannot fill the disk or the memory with bodies that never come to their end."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from headway.gateway.options import GatewayOptions
from tests.gateway.conftest import Edge, Start

pytestmark = pytest.mark.anyio

FILE = {"Content-Type": "image/png", "Content-Length": "600"}
NOTE = {"Content-Type": "application/json", "Content-Length": "600"}


class Trickle:
    """A body of which the first half has come once it `began`; the rest comes when it is let."""

    def __init__(self, half: bytes = b" " * 300, rest: bytes = b" " * 300) -> None:
        self._halves = half, rest
        self.began = asyncio.Event()
        self.let = asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._halves[0]
        self.began.set()
        await self.let.wait()
        yield self._halves[1]


@pytest.fixture
async def edge(start: Start) -> Edge:
    return await start(GatewayOptions(rate_limit=None, uploads_limit=1000, bodies_limit=1000))


async def test_files_under_way_are_bounded_by_person(edge: Edge) -> None:
    async with edge.client("ada") as ada, edge.client("ada-too") as again, edge.client("ben") as ben:
        edge.tokens.actors["ada-too"] = edge.tokens.actors["ada"]
        trickle = Trickle()
        first = asyncio.create_task(ada.post("/api/v1/uploads", content=trickle, headers=FILE))
        await trickle.began.wait()

        refused = await again.post("/api/v1/uploads", content=b"x" * 600, headers=FILE)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_uploads")
        assert int(refused.headers["Retry-After"]) > 0
        assert (await ben.post("/api/v1/uploads", content=b"x" * 600, headers=FILE)).status_code == 200
        assert (await again.post("/api/v1/uploads", content=b"x" * 400)).status_code == 200

        trickle.let.set()
        assert (await first).json() == {"bytes_received": 600}
        assert (await again.post("/api/v1/uploads", content=b"x" * 600, headers=FILE)).status_code == 200


async def test_a_file_of_unknown_size_counts_as_the_largest(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        trickle = Trickle()
        first = asyncio.create_task(ada.post("/api/v1/uploads", content=trickle))
        await trickle.began.wait()
        assert (await ada.post("/api/v1/uploads", content=b"x")).status_code == 429
        trickle.let.set()
        assert (await first).status_code == 200


async def test_what_breaks_off_counts_no_more(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        for _ in range(3):
            large = await ada.post("/api/v1/uploads", content=b"x" * 1001)
            assert (large.status_code, large.json()["code"]) == (413, "body_too_large")
        assert (await ada.post("/api/v1/uploads", content=b"x" * 1000)).status_code == 200


async def test_json_under_way_is_bounded_too(edge: Edge) -> None:
    async with edge.client("ada") as ada:
        trickle = Trickle(b'{"title": "Slow"' + b" " * 283, b" " * 300 + b"}")
        first = asyncio.create_task(ada.post("/api/v1/notes", content=trickle, headers=NOTE))
        await trickle.began.wait()
        refused = await ada.post("/api/v1/notes", content=b'{"title": "Second"}'.ljust(600), headers=NOTE)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_much_under_way")
        assert (await ada.post("/api/v1/notes", json={"title": "Small"})).status_code == 201
        trickle.let.set()
        assert (await first).status_code == 201
