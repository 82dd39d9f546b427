"""What people do in several tests, by the names that they see."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Desk

# A worker that is ready answers for the page only once it controls it.
_WORKER = """async () => {
  await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return;
  await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
}"""


def make_project(desk: Desk, name: str) -> str:
    """A new project in the personal workspace; gives its path."""
    page = desk.page
    page.get_by_role("link", name="New project in Personal").click()
    page.get_by_label("Project name").fill(name)
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    return page.url.removeprefix(desk.address)


def go_offline(page: Page) -> None:
    """Cut the network, once the service worker holds every file of the client."""
    page.evaluate(_WORKER)
    page.context.set_offline(True)


def add_task(page: Page, text: str) -> None:
    """Quick add, from wherever the page is."""
    page.get_by_role("button", name="Add a task", exact=True).click()
    line = page.get_by_role("textbox", name="Add a task")
    line.fill(text)
    line.press("Enter")
    line.press("Escape")


def column(page: Page, status: str) -> Locator:
    """A column of the board."""
    return page.get_by_role("region", name=status, exact=True)


def card(page: Page, title: str) -> Locator:
    """A card's link."""
    return page.get_by_role("link", name=title, exact=True)


def drag(page: Page, what: Locator, to: Locator) -> None:
    """Drag with the mouse, as a hand does: down, a first small move, onto the target, up."""
    what.hover(position={"x": 20, "y": 8})  # waits until it stands still
    start, end = what.bounding_box(), to.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 14, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + min(120, end["height"] / 2), steps=8)
    page.mouse.move(end["x"] + end["width"] / 2 + 2, end["y"] + min(122, end["height"] / 2 + 2))
    page.mouse.up()


def call(desk: Desk, method: str, path: str, **body: object) -> Any:  # Any: whatever the API answers
    """The API in somebody's hands, past their browser and its network."""
    answer = desk.page.context.request.fetch(
        f"{desk.address}/api/v1{path}",
        method=method,
        data=json.dumps(body) if body else None,
        headers={"content-type": "application/json", "origin": desk.address},
    )
    expect(answer).to_be_ok()
    return answer.json()


def project_with_task(desk: Desk, title: str, **fields: object) -> Any:  # Any: as in call
    """A new project on the screen with a task in it that the server has; gives the task."""
    me = call(desk, "GET", "/users/me")["id"]
    project = call(desk, "POST", "/projects", workspace_id=me, key="HOUSE", name="House")
    task = call(desk, "POST", "/tasks", workspace_id=me, project_id=project["id"], title=title, **fields)
    desk.page.get_by_role("navigation").get_by_role("link", name="House", exact=True).click()
    expect(card(desk.page, title)).to_be_visible()
    return task
