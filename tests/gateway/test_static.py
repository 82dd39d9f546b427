"""The web client's files: fresh when they change, for good when they cannot, small where they can be."""

import gzip
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from headway.gateway.options import GatewayOptions
from tests.gateway.conftest import Edge, Start

PAGE = (
    b'<!doctype html><base href="/" /><link rel="icon" href="./icon.svg" />'
    b'<script type="module" crossorigin src="./assets/main-1a2b.js"></script><div id="app">'
)
SCRIPT = b"console.log('" + b"x" * 2000 + b"')"


@pytest.fixture
def options(tmp_path: Path) -> GatewayOptions:
    folder = tmp_path / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    (folder / "sw.js").write_bytes(b"self")
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


async def test_the_service_worker_is_asked_about_and_may_serve_the_whole_product(
    start: Start, options: GatewayOptions
) -> None:
    for public_url, base in (("http://localhost:8000", ""), ("https://example.com/team", "/team")):
        edge = await start(GatewayOptions(static=options.static, public_url=public_url, rate_limit=None))
        answer = await get(edge, f"{base}/sw.js")
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["service-worker-allowed"] == f"{base}/"
        manifest = await get(edge, f"{base}/manifest.webmanifest")
        assert manifest.headers["content-type"] == "application/manifest+json"
        assert manifest.headers["cache-control"] == "no-cache"


async def test_hashed_files_may_come_from_elsewhere(start: Start, options: GatewayOptions) -> None:
    edge = await start(replace(options, asset_url="https://cdn.example.org/headway"))
    page = await get(edge, "/today")
    assert b'src="https://cdn.example.org/headway/assets/main-1a2b.js"' in page.content
    assert b'href="./icon.svg"' in page.content
    policy = dict(each.split(" ", 1) for each in page.headers["content-security-policy"].split("; "))
    for directive in ("script-src", "style-src", "font-src", "connect-src"):
        assert policy[directive] == "'self' https://cdn.example.org/headway/assets/"
    assert policy["worker-src"] == "'self'"
    script = await get(edge, "/assets/main-1a2b.js")
    assert script.headers["access-control-allow-origin"] == "*"
    assert script.headers.get_list("cross-origin-resource-policy") == ["cross-origin"]
    for path in ("/", "/sw.js", "/icon.svg", "/api/v1/instance"):
        other = await get(edge, path)
        assert "access-control-allow-origin" not in other.headers
        assert other.headers["cross-origin-resource-policy"] == "same-origin"


async def test_hashed_files_of_former_releases_are_still_there_and_nothing_else_of_them(
    start: Start, options: GatewayOptions, tmp_path: Path
) -> None:
    former = tmp_path / "former"
    (former / "assets").mkdir(parents=True)
    (former / "index.html").write_bytes(b"the former page")
    (former / "notes.txt").write_bytes(b"no file of a page")
    (former / "assets" / "old-9f9f.js").write_bytes(b"old")
    (former / "assets" / "main-1a2b.js").write_bytes(b"never: a name stands for one content")
    edge = await start(replace(options, former_releases=(former,)))
    assert (await get(edge, "/assets/old-9f9f.js")).content == b"old"
    assert "immutable" in (await get(edge, "/assets/old-9f9f.js")).headers["cache-control"]
    assert (await get(edge, "/assets/main-1a2b.js")).content == SCRIPT
    assert b'id="app"' in (await get(edge, "/")).content
    assert (await get(edge, "/notes.txt")).status_code == 404


async def test_files_are_only_read(edge: Edge) -> None:
    async with edge.client() as client:
        answer = await client.post("/", content=b"x")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
