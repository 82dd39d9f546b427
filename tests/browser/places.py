"""Where people can be: every address of the client, and what can be opened there."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

NORTHWIND = "/northwind"
MAIN = ("/today", "/inbox", f"{NORTHWIND}/WEB", f"{NORTHWIND}/WEB-9", "/settings/security")
STRANGERS = ("/sign-in", "/register", "/reset", "/reset#no-such-token", "/confirm-address#none", "/invitations/none")
PERSONAL = (
    "/today",
    "/inbox",
    "/my-tasks",
    "/notifications",
    "/search",
    "/search?for=page",
    "/search?for=zzzz",
    "/upcoming",
    "/tasks",
    "/dashboard",
    "/activity",
    "/trash",
    "/attention",
    "/new-workspace",
    "/projects",
    "/no/such/page",
    "/settings",
    *(
        f"/settings/{section}"
        for section in ("profile", "appearance", "notifications", "security", "sessions", "tokens", "data")
    ),
)
SHARED = (
    NORTHWIND,
    *(f"{NORTHWIND}/settings/{section}" for section in ("general", "members", "labels", "activity", "trash")),
    *(f"{NORTHWIND}/{page}" for page in ("tasks", "dashboard", "activity", "new-project")),
    f"{NORTHWIND}/WEB",
    f"{NORTHWIND}/MOB",
    f"{NORTHWIND}/WEB-9",
    f"{NORTHWIND}/WEB-999",
    f"{NORTHWIND}/NOPE",
)
ADMINISTRATION = ("/admin", *(f"/admin/{section}" for section in ("people", "registration", "audit", "system", "jobs")))
EVERY = (*PERSONAL, *SHARED)

# What opens something says so; the names are not asked for, so that a new menu is inspected without a word here.
OPENERS = "[aria-haspopup]:not(nav *), button[aria-expanded=false]:not(nav *), main summary"
TASK_KEYS = ("s", "p", "a", "d", "l", "m")
ANYWHERE = {"quick add": "q", "palette": "Control+k", "help": "?"}
PATIENCE = 5000  # milliseconds


@dataclass(frozen=True)
class State:
    """A page with something open in it."""

    name: str


def go(page: Page, address: str, path: str) -> None:
    """Open a path and wait until its view stands."""
    page.goto(f"{address}{path}")
    expect(page.locator("body:not(:has([aria-busy=true])) h1").first).to_be_visible()
    if path not in STRANGERS and not path.startswith("/settings"):
        expect(page.locator("main :is(li, h2, form, select, section, p)").first).to_be_visible()


def opened(page: Page) -> Iterator[State]:
    """Open everything that can be opened here, one after the other, and close it again."""
    for name, key in ANYWHERE.items():
        page.keyboard.press(key)
        if _appears(page.locator("[role=dialog], dialog[open]").first):
            yield State(name)
        _close(page)
    for at in range(page.locator(OPENERS).count()):
        opener = page.locator(OPENERS).nth(at)
        if opener.is_visible() and opener.is_enabled():
            said = opener.get_attribute("aria-label") or opener.inner_text()
            opener.click()
            yield State(said.strip())
            _close(page)


def modes(page: Page) -> Iterator[State]:
    """The same tasks as board, list and calendar."""
    tabs = page.locator("header [role=group] button[aria-pressed]")
    for at in range(tabs.count()):
        tabs.nth(at).click()
        yield State(tabs.nth(at).inner_text())


def task_menus(page: Page) -> Iterator[State]:
    """The menus of the first task that is shown here, by their keys."""
    task = page.locator("main [data-task] a").first
    if not _appears(task):
        return
    for key in TASK_KEYS:
        task.focus()
        page.keyboard.press(key)
        if _appears(page.locator("[popover]:popover-open").first):
            yield State(f"key {key}")
        _close(page)
    task.focus()
    page.keyboard.press("x")
    if _appears(page.get_by_role("toolbar").first):
        yield State("selection")
    _close(page)


def _close(page: Page) -> None:
    page.keyboard.press("Escape")
    if page.locator("[popover]:popover-open, dialog[open]").count():
        page.keyboard.press("Escape")


def _appears(what: Locator) -> bool:
    try:
        what.wait_for(timeout=PATIENCE)
    except TookTooLong:
        return False
    return True
