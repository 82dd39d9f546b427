"""The edge on granian, as `headway serve` runs it: live news over a socket, and an end that waits for nobody."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.support.product import PASSWORD
from tests.support.serving import free_port, serving

HEADWAY = Path(sys.executable).parent / "headway"


def events_of(lines: Iterator[str]) -> Iterator[str]:
    """The names of events as they come."""
    for line in lines:
        if line.startswith("event: "):
            yield line.removeprefix("event: ")


def test_news_arrive_over_a_socket_and_a_stop_ends_the_stream(tmp_path: Path) -> None:
    with httpx.Client(trust_env=False, timeout=60) as browser:
        with serving(HEADWAY, tmp_path, free_port(), {}) as address:
            browser.base_url = f"{address}/api/v1"
            ada = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada"}
            assert browser.post("/auth/register", json=ada).status_code == 201
            assert browser.get("/sync").text.splitlines()[-1].startswith('{"type":"end"')
            opened = browser.send(browser.build_request("GET", "/events"), stream=True)
            assert opened.headers["content-type"] == "text/event-stream"
            names = events_of(opened.iter_lines())
            assert next(names) == "hello"
            made = httpx.post(
                f"{address}/api/v1/tasks", json={"title": "Milk"}, cookies=dict(browser.cookies), trust_env=False
            )
            assert made.status_code == 201
            assert next(names) == "changes"
        with contextlib.suppress(httpx.TransportError):
            list(names)  # until the end, which the server has made
        opened.close()
    assert "requests_cut_off" not in (tmp_path / "log").read_text()


def test_a_huge_body_and_a_huge_header_are_refused_and_the_server_lives(tmp_path: Path) -> None:
    with serving(HEADWAY, tmp_path, free_port(), {}) as address, httpx.Client(trust_env=False, timeout=60) as client:
        too_much = client.post(
            f"{address}/api/v1/auth/login", content=b" " * (3 << 20), headers={"Content-Type": "application/json"}
        )
        assert (too_much.status_code, too_much.json()["code"]) == (413, "body_too_large")
        try:
            refused = client.get(f"{address}/api/v1/instance", headers={"X-Long": "x" * 100_000}).status_code
        except httpx.TransportError:
            refused = 431
        assert refused in (400, 431)
        assert client.get(f"{address}/healthz").json() == {"status": "ok"}
