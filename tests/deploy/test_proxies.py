"""Headway behind a real nginx and a real Caddy with the files of deploy/: below a path, and on a name of its own."""

import json
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.deploy.proxies import Caddy, Nginx, Proxy, free_ports
from tests.support.serving import serving

HEADWAY = Path(sys.executable).with_name("headway")
PASSWORD = "correct horse battery staple"
SETTINGS = {"HEADWAY_TRUSTED_PROXIES": "127.0.0.1", "HEADWAY_METRICS": "open"}
LOOKS = 5_000
"""How often to look whether a stream has ended: far more often than it takes."""


@pytest.fixture(
    scope="module",
    params=[pytest.param(Nginx(), id="nginx"), pytest.param(Caddy(), id="caddy", marks=pytest.mark.long)],
)
def proxy(request: pytest.FixtureRequest) -> Proxy:
    which: Proxy = request.param
    return which


@pytest.fixture(scope="module")
def address(proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where people reach a Headway that is one of several things on its host."""
    folder, ports = tmp_path_factory.mktemp("proxy"), free_ports()
    address = f"http://localhost:{ports.plain}/headway"
    with (
        serving(HEADWAY, folder / "back", ports.back, {**SETTINGS, "HEADWAY_PUBLIC_URL": address}),
        proxy.below_a_path(folder / "front", ports),
    ):
        yield address


@pytest.fixture
def browser(address: str) -> Iterator[httpx.Client]:
    origin = address.removesuffix("/headway")
    with httpx.Client(headers={"origin": origin}, timeout=30, trust_env=False) as client:
        yield client


def register(browser: httpx.Client, address: str, name: str) -> None:
    account = {"email": f"{name}@example.org", "password": PASSWORD, "name": name}
    answer = browser.post(f"{address}/api/v1/auth/register", json=account)
    assert answer.status_code == 201, answer.text


def test_the_path_without_its_slash_leads_to_the_page(address: str, browser: httpx.Client) -> None:
    page = browser.get(address, follow_redirects=True)
    assert page.status_code == 200
    assert str(page.url) == f"{address}/"
    assert page.headers["content-type"].startswith("text/html")


def test_what_the_page_needs_is_below_the_path(address: str, browser: httpx.Client) -> None:
    page = browser.get(f"{address}/")
    base = "/headway/"
    assert f'<base href="{base}"' in page.text
    for name in [part.split('"')[0] for part in page.text.split('src="')[1:]]:
        asset = browser.get(httpx.URL(f"{address}/").join(name))
        assert asset.status_code == 200
        assert str(asset.url).startswith(address)


def test_somebody_signs_in_and_adds_a_task_below_the_path(address: str, browser: httpx.Client) -> None:
    register(browser, address, "erika")
    assert {cookie.path for cookie in browser.cookies.jar} <= {"/headway", "/headway/", "/headway/api/v1/auth"}
    added = browser.post(f"{address}/api/v1/tasks", json={"title": "Behind a proxy"})
    assert added.status_code == 201
    listed = browser.get(f"{address}/api/v1/tasks").json()
    assert [task["title"] for task in listed["items"]] == ["Behind a proxy"]


def test_news_arrive_while_the_stream_is_open(address: str, browser: httpx.Client) -> None:
    register(browser, address, "bela")
    browser.post(f"{address}/api/v1/tasks", json={"title": "Before"})  # so that there is a workspace to hear of
    with browser.stream("GET", f"{address}/api/v1/events") as stream:
        lines = stream.iter_lines()
        assert "event: hello" in lines
        added = browser.post(f"{address}/api/v1/tasks", json={"title": "Now"}).json()
        told = (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
        news = (entry["id"] for message in told for entry in message.get("entries", []))
        assert added["id"] in news


def test_the_stream_of_somebody_who_leaves_is_ended(address: str, browser: httpx.Client) -> None:
    register(browser, address, "emil")
    wait_for_streams(browser, address, 0)  # those of tests before
    with browser.stream("GET", f"{address}/api/v1/events") as stream:
        lines = stream.iter_lines()  # dropped, it would close the stream
        assert "event: hello" in lines
        wait_for_streams(browser, address, 1)
    wait_for_streams(browser, address, 0)


def wait_for_streams(browser: httpx.Client, address: str, number: int) -> None:
    """Look at the metrics until the server has so many streams open."""
    for _ in range(LOOKS):
        if f"headway_live_connections {number}.0" in browser.get(f"{address}/metrics").text:
            return
    pytest.fail(f"there are not {number} streams open")


def test_the_server_knows_the_clients_address_and_believes_no_claim(address: str, browser: httpx.Client) -> None:
    browser.headers["x-forwarded-for"] = "203.0.113.7"
    register(browser, address, "cora")
    (session,) = browser.get(f"{address}/api/v1/auth/sessions").json()["items"]
    assert session["address"] in {"127.0.0.1", "::1"}


def test_a_page_of_another_site_cannot_write(address: str, browser: httpx.Client) -> None:
    register(browser, address, "dora")
    answer = browser.post(
        f"{address}/api/v1/tasks", json={"title": "Forged"}, headers={"origin": "http://elsewhere.example"}
    )
    assert answer.status_code == 403


def test_a_name_of_its_own_is_served_by_https_with_host_bound_cookies(proxy: Proxy, tmp_path: Path) -> None:
    ports = free_ports()
    address = f"https://localhost:{ports.secure}"
    with (
        serving(HEADWAY, tmp_path / "back", ports.back, {**SETTINGS, "HEADWAY_PUBLIC_URL": address}),
        proxy.own_name(tmp_path / "front", ports) as certificate,
        httpx.Client(
            verify=ssl.create_default_context(cafile=certificate),
            trust_env=False,
            timeout=30,
            headers={"origin": address},
        ) as browser,
    ):
        moved = httpx.get(f"http://localhost:{ports.plain}/ops", trust_env=False)
        assert moved.headers["location"] in {f"{address}/ops", "https://localhost/ops"}
        page = browser.get(f"{address}/")
        assert page.status_code == 200
        assert "max-age" in page.headers["strict-transport-security"]
        register(browser, address, "erika")
        assert {cookie.name.startswith("__Host-") for cookie in browser.cookies.jar if cookie.path == "/"} == {True}
