"""Headway behind a real nginx with the files of deploy/nginx: below a sub-path, and by https on a name of its own."""

import json
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.serving import free_port, running, serving

FILES = Path(__file__).parents[2] / "deploy/nginx"
HEADWAY = Path(sys.executable).with_name("headway")
PASSWORD = "correct horse battery staple"
SETTINGS = {"HEADWAY_TRUSTED_PROXIES": "127.0.0.1"}

AROUND = """
daemon off;
pid nginx.pid;
error_log stderr;
events {}
http {
    access_log off;
    include /etc/nginx/mime.types;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    %s
}
"""


def nginx(folder: Path, servers: str) -> list[str | Path]:
    """The command of an nginx whose configuration is the shipped one, with `servers` around it."""
    folder.mkdir()
    shutil.copytree(FILES, folder / "headway")
    (folder / "nginx.conf").write_text(AROUND % servers)
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin") or "nginx"
    return [program, "-p", folder, "-c", folder / "nginx.conf"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where people reach a Headway that is one of several things on its host."""
    folder, front, back = tmp_path_factory.mktemp("nginx"), free_port(), free_port()
    address = f"http://localhost:{front}/headway"
    servers = f"""
        upstream headway {{ server 127.0.0.1:{back} max_fails=0; keepalive 8; }}
        server {{ listen 127.0.0.1:{front}; include headway/headway-subpath.conf; }}
    """
    command = nginx(folder / "front", servers)
    with (
        serving(HEADWAY, folder / "back", back, {**SETTINGS, "HEADWAY_PUBLIC_URL": address}),
        running(command, f"{address}/readyz", folder / "front", {}),
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
    with browser.stream("GET", f"{address}/api/v1/events") as stream:
        lines = stream.iter_lines()
        assert "event: hello" in lines
        added = browser.post(f"{address}/api/v1/tasks", json={"title": "Now"}).json()
        told = (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
        news = (entry["id"] for message in told for entry in message.get("entries", []))
        assert added["id"] in news


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


def test_a_name_of_its_own_is_served_by_https_with_host_bound_cookies(tmp_path: Path) -> None:
    plain, secure, back = free_port(), free_port(), free_port()
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *subject]
    subprocess.run([*new, "-keyout", key, "-out", certificate], capture_output=True, check=True)
    command = nginx(tmp_path / "front", "include headway/headway.conf;")
    shipped = tmp_path / "front/headway/headway.conf"
    text = shipped.read_text()
    for example, here in {
        "127.0.0.1:8000": f"127.0.0.1:{back}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "/etc/ssl/tasks.example.org/fullchain.pem": str(certificate),
        "/etc/ssl/tasks.example.org/privkey.pem": str(key),
        "server_name tasks.example.org": "server_name localhost",
        "https://tasks.example.org": f"https://localhost:{secure}",
    }.items():
        assert example in text
        text = text.replace(example, here)
    shipped.write_text(text)
    address, trusted = f"https://localhost:{secure}", ssl.create_default_context(cafile=certificate)
    with (
        serving(HEADWAY, tmp_path / "back", back, {**SETTINGS, "HEADWAY_PUBLIC_URL": address}),
        running(command, f"http://localhost:{plain}/", tmp_path / "front", {}),
        httpx.Client(verify=trusted, trust_env=False, timeout=30, headers={"origin": address}) as browser,
    ):
        moved = httpx.get(f"http://localhost:{plain}/ops", trust_env=False)
        assert moved.headers["location"] == f"{address}/ops"
        page = browser.get(f"{address}/")
        assert page.status_code == 200
        assert "max-age" in page.headers["strict-transport-security"]
