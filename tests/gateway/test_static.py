"""The web client's files: fresh when they change, for good when they cannot, small where they can be."""

import gzip
from pathlib import Path

import httpx
import pytest

from headway.gateway.options import GatewayOptions
from tests.gateway.conftest import Edge, Start

SCRIPT = b"console.log('" + b"x" * 2000 + b"')"


@pytest.fixture
def options(tmp_path: Path) -> GatewayOptions:
    folder = tmp_path / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(b'<!doctype html><base href="/" /><div id="app">')
    (folder / "icon.svg").write_bytes(b"<svg/>")
    (folder / "manifest.webmanifest").write_bytes(b"{}")
    (folder / "assets" / "main-1a2b.js").write_bytes(SCRIPT)
    (folder / "assets" / "main-1a2b.js.br").write_bytes(b"brotli")
    (folder / "assets" / "other-1a2b.js").write_bytes(SCRIPT)
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return GatewayOptions(static=folder, rate_limit=None)


async def get(edge: Edge, path: str, accepted: str = "", **headers: str) -> httpx.Response:
    async with edge.client() as client:
        return await client.get(path, headers={"Accept-Encoding": accepted, **headers})


async def test_the_page_is_asked_about_and_hashed_files_last(edge: Edge) -> None:
    page, script = await get(edge, "/"), await get(edge, "/assets/main-1a2b.js")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert "immutable" in script.headers["cache-control"]
    assert script.content == SCRIPT
    again = await get(edge, "/", **{"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/projects/0198c5f2", "/today", "/a/b/c"])
async def test_the_clients_own_paths_give_the_page(edge: Edge, path: str) -> None:
    assert b'id="app"' in (await get(edge, path)).content


@pytest.mark.parametrize(
    "path", ["/missing.js", "/assets/../../secret.txt", "/..%2fsecret.txt", "/secret.txt", "/assets/main-1a2b.js.br"]
)
async def test_nothing_else_is_served(edge: Edge, path: str) -> None:
    assert (await get(edge, path)).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("", ""), ("identity", "")],
)
async def test_files_are_sent_packed_to_those_who_unpack_them(edge: Edge, accepted: str, encoding: str) -> None:
    async with (
        edge.client() as client,
        client.stream("GET", "/assets/main-1a2b.js", headers={"Accept-Encoding": accepted}) as answer,
    ):
        raw = b"".join([piece async for piece in answer.aiter_raw()])
    assert answer.headers.get("content-encoding", "") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    assert {"br": b"brotli", "": SCRIPT}.get(encoding, raw) == raw
    assert encoding != "gzip" or gzip.decompress(raw) == SCRIPT


async def test_variants_differ_in_their_etag(edge: Edge) -> None:
    tags = {(await get(edge, "/assets/other-1a2b.js", accepted)).headers["etag"] for accepted in ("gzip", "")}
    assert len(tags) == 2


async def test_a_sub_path_is_the_base_of_the_page(start: Start, options: GatewayOptions) -> None:
    edge = await start(GatewayOptions(static=options.static, public_url="https://example.com/team", rate_limit=None))
    for path in ("/team/", "/team", "/team/today", "/"):
        assert b'<base href="/team/" />' in (await get(edge, path)).content
    assert (await get(edge, "/team/assets/main-1a2b.js")).content == SCRIPT


async def test_files_are_only_read(edge: Edge) -> None:
    async with edge.client() as client:
        answer = await client.post("/", content=b"x")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
