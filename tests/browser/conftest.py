"""Real browsers against the real program: one server for all tests, people and workspaces of their own for each."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import (
    APIRequestContext,
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.support.serving import free_port, serving

HEADWAY = Path(sys.executable).with_name("headway")
BUILT_CLIENT = Path(__file__).parents[2] / "src/headway/web_client/index.html"
CHROMIUM = Path(shutil.which("chromium") or "/usr/bin/chromium")
PASSWORD = "correct horse battery staple"
PATIENCE = 20_000  # milliseconds until an expectation fails; far more than it takes, for busy machines

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a running Headway with the built web client is."""
    assert BUILT_CLIENT.is_file(), (
        "the web client is not built: run `npm --prefix web ci && npm --prefix web run build`"
    )
    port = free_port()
    public = f"http://localhost:{port}"
    settings = {"HEADWAY_PUBLIC_URL": public, "HEADWAY_RATE_LIMIT": "off"}
    with serving(HEADWAY, tmp_path_factory.mktemp("headway"), port, settings):
        yield public


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium."""
    assert CHROMIUM.is_file(), "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        yield _launch(playwright)


def _launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def administrator(chromium: Browser, address: str) -> APIRequestContext:
    """The API in the hands of the first person, who administrates the installation."""
    api = chromium.new_context(extra_http_headers={"Origin": address}).request
    account = {"email": "root@example.com", "name": "Root", "password": PASSWORD}
    expect(api.post(f"{address}/api/v1/auth/register", data=account)).to_be_ok()
    return api


@dataclass
class Desk:
    """Somebody in front of a browser of their own, signed in."""

    name: str
    email: str
    page: Page
    address: str

    def go(self, path: str) -> None:
        """Open a path of the product."""
        self.page.goto(f"{self.address}{path}")

    def expect_saved(self) -> None:
        """Everything that was done here has reached the server."""
        expect(self.page.get_by_role("status", name="Sync")).to_have_text("Saved")


class People:
    """Makes people, each in a browser context of their own, and notes what their consoles complain about."""

    def __init__(self, browser: Browser, address: str, throttle: int) -> None:
        self._browser = browser
        self._address = address
        self._throttle = throttle
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def page(self, **options: object) -> Page:
        """An empty page of a browser that nobody has used."""
        context = self._browser.new_context(locale="en-GB", **options)  # type: ignore[arg-type]  # passed on as they are
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        context.on("console", self._listen)  # of every tab
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        if self._throttle > 1:
            context.on("page", self._slow_down)
        return context.new_page()

    def sign_up(self, name: str, **options: object) -> Desk:
        """Somebody new, looking at Today."""
        page = self.page(**options)
        email = f"{name.lower()}-{uuid4().hex}@example.com"
        page.goto(f"{self._address}/register")
        fill_registration(page, name, email)
        expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
        page.get_by_role("textbox", name="Add a task").press("Escape")
        return Desk(name, email, page, self._address)

    def sign_in(self, desk: Desk) -> Desk:
        """The same person in a second browser."""
        page = self.page()
        page.goto(f"{self._address}/sign-in")
        page.get_by_label("Email").fill(desk.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
        return Desk(desk.name, desk.email, page, self._address)

    def _slow_down(self, page: Page) -> None:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": self._throttle})

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)


def fill_registration(page: Page, name: str, email: str) -> None:
    """Fill in and send the form of a new account."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()


@pytest.fixture
def people(
    pytestconfig: pytest.Config, chromium: Browser, address: str, administrator: APIRequestContext
) -> Iterator[People]:
    """People of this test. At its end no console may have complained: no error, no violation of the security policy."""
    people = People(chromium, address, pytestconfig.getoption("--throttle"))
    yield people
    for context in people.contexts:
        context.cookies()  # once this is answered, what was said before has arrived
    complaints = [*people.complaints]  # not what a page says because it is closed amid fetching its service worker
    for context in people.contexts:
        context.close()
    assert complaints == []
