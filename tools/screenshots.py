"""Makes docs/screenshots: starts Headway with a team at work in it and takes pictures of the main views.

Run it after the web client is built: `python -m tools.screenshots`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.serving import free_port, serving

HEADWAY: Final = Path(sys.executable).with_name("headway")
CHROMIUM: Final = "/usr/bin/chromium"
FOLDER: Final = Path(__file__).parents[1] / "docs/screenshots"
PASSWORD: Final = "correct horse battery staple"  # noqa: S105 - of people who do not exist
DEMO: Final = "linh.dubois0@demo.example"  # its first person
TEAM: Final = ("Maya Okafor", "Jonas Weber", "Priya Nair", "Luca Moretti", "Sofia Lindqvist")
LABELS: Final = {"Design": "pink", "Copy": "orange", "Backend": "blue", "Mobile": "green", "Bug": "red"}
PROJECTS: Final = (("Website relaunch", "WEB", "teal"), ("Mobile app", "MOB", "blue"), ("Hiring", "HIRE", "orange"))

Card = tuple[str, str, str, int | None, tuple[int, ...], tuple[str, ...]]
"""Title, status, priority, due in days, who (places in TEAM), labels."""

CARDS: Final[tuple[Card, ...]] = (
    ("Redirects for the old blog addresses", "backlog", "none", None, (), ("Backend",)),
    ("Translate the pricing page into German", "backlog", "low", None, (3,), ("Copy",)),
    ("Dark mode for the documentation", "backlog", "none", None, (), ("Design",)),
    ("Accessibility review of all forms", "todo", "high", 2, (2,), ("Design",)),
    ("Write the announcement post", "todo", "medium", 4, (0,), ("Copy",)),
    ("Measure first paint on slow phones", "todo", "none", 7, (1, 4), ("Mobile",)),
    ("Newsletter sign-up must confirm the address", "todo", "low", None, (4,), ("Backend",)),
    ("Customer quotes for the landing page", "todo", "none", 9, (3,), ("Copy",)),
    ("New pricing page", "in_progress", "urgent", 0, (0, 2), ("Design", "Copy")),
    ("Contact form loses line breaks", "in_progress", "high", -1, (1,), ("Bug",)),
    ("Search in the help centre", "in_progress", "medium", 5, (4,), ("Backend",)),
    ("Move images to the new store", "completed", "none", None, (1,), ("Backend",)),
    ("Choose the typeface", "completed", "medium", None, (2, 0), ("Design",)),
    ("Inventory of all pages", "completed", "low", None, (3,), ("Copy",)),
    ("Cookie banner", "canceled", "none", None, (), ()),
)
TODAY: Final[tuple[tuple[str, str, int], ...]] = (
    ("Prepare the Monday round", "high", 0),
    ("Answer the auditor", "medium", -2),
    ("Book train to Hamburg", "none", 0),
    ("Read Priya's draft", "low", 0),
)
COMMENT: Final = (
    "The three tiers read well now. Two things before we ship:\n\n"
    "- the yearly price needs the **VAT note**\n- `Compare plans` should stay visible while scrolling\n"
)
DESCRIPTION: Final = (
    "Replace the old table by three plans.\n\n"
    "1. Copy from the shared draft\n2. Yearly and monthly, yearly first\n3. Ask legal about the refund sentence\n"
)


class Client:
    """Somebody who uses the API from a browser."""

    def __init__(self, address: str, name: str, invitation: str | None = None) -> None:
        self._api = httpx.Client(base_url=f"{address}/api/v1", headers={"origin": address}, trust_env=False, timeout=30)
        self.email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
        account = {"name": name, "email": self.email, "password": PASSWORD, "invitation": invitation}
        self.id: str = self.post("/auth/register", **{key: value for key, value in account.items() if value})["user"][
            "id"
        ]

    def close(self) -> None:
        """Let go of the connections."""
        self._api.close()

    def post(self, path: str, **body: Any) -> Any:  # Any: JSON
        """The answer to a POST that must succeed."""
        answer = self._api.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    def get(self, path: str, **query: Any) -> Any:  # Any: JSON
        """The answer to a GET that must succeed."""
        answer = self._api.get(path, params=query)
        answer.raise_for_status()
        return answer.json()

    def patch(self, path: str, **body: Any) -> None:
        """A PATCH that must succeed."""
        self._api.patch(path, json=body).raise_for_status()


def fill(address: str) -> Client:
    """A team at work; gives the one whose screen is shown."""
    maya = Client(address, TEAM[0])
    workspace = maya.post("/workspaces", name="Northwind")["id"]
    people = [maya.id]
    for name in TEAM[1:]:
        email = f"{name.split()[0].lower()}@example.com"
        token = maya.post(f"/workspaces/{workspace}/invitations", email=email)["token"]
        people.append(_join(address, name, token))
    labels = {
        name: maya.post("/labels", workspace_id=workspace, name=name, color=color)["id"]
        for name, color in LABELS.items()
    }
    projects = [
        maya.post("/projects", workspace_id=workspace, name=name, key=key, color=color)["id"]
        for name, key, color in PROJECTS
    ]
    for card in CARDS:
        _card(maya, projects[0], card, people, labels)
    for title, priority, due in TODAY:
        maya.post("/tasks", title=title, priority=priority, due_date=_day(due))
    return maya


def _join(address: str, name: str, token: str) -> str:
    person = Client(address, name, token)
    person.post("/invitations/acceptance", token=token)
    person.close()
    return person.id


def _card(maya: Client, project: str, card: Card, people: list[str], labels: dict[str, str]) -> None:
    title, status, priority, due, who, marks = card
    made = maya.post(
        "/tasks",
        project_id=project,
        title=title,
        status=status,
        priority=priority,
        due_date=None if due is None else _day(due),
        assignee_ids=[people[place] for place in who],
        label_ids=[labels[mark] for mark in marks],
    )
    if title == "New pricing page":
        maya.patch(f"/tasks/{made['id']}", description=DESCRIPTION)
        maya.post(f"/tasks/{made['id']}/comments", body=COMMENT)
        for text in ("Copy approved", "Prices checked by finance", "Reviewed on a phone"):
            maya.post(f"/tasks/{made['id']}/checklist", text=text, is_done=text == "Copy approved")
        for text in ("Draw the three cards", "Yearly and monthly switch"):
            maya.post("/tasks", project_id=project, title=text, parent_id=made["id"])


def _day(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the browser's own day


@contextmanager
def filled_product() -> Iterator[tuple[str, Client]]:
    """A running Headway with the demo and a team in it; gives its address and the one whose screen is shown."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        address = f"http://localhost:{port}"
        settings = {"HEADWAY_PUBLIC_URL": address, "HEADWAY_RATE_LIMIT": "off"}
        demo = [str(HEADWAY), "demo", "--people", "9", "--tasks", "400", "--password", PASSWORD]
        subprocess.run(
            demo, env={**os.environ, "HEADWAY_DATA_DIR": f"{folder}/data"}, check=True, stdout=subprocess.DEVNULL
        )
        with serving(HEADWAY, Path(folder), port, settings):
            maya = fill(address)
            yield address, maya
            maya.close()


class Camera:
    """Somebody's browser, of which pictures are taken."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address

    def go(self, path: str, wait_for: str) -> None:
        """Open a path, and wait until `wait_for` can be read."""
        self.page.goto(f"{self._address}{path}")
        self.page.get_by_text(wait_for).first.wait_for()

    def take(self, name: str) -> None:
        """The page as it is now, without loss and small: as WebP."""
        self.page.evaluate("document.fonts.ready")
        picture = Image.open(BytesIO(self.page.screenshot(animations="disabled", caret="hide")))
        picture.convert("RGB").save(FOLDER / f"{name}.webp", lossless=True, quality=100, method=6)


@contextmanager
def signed_in(browser: Browser, address: str, email: str, **options: Any) -> Iterator[Camera]:  # Any: of new_context
    """The browser of somebody who has signed in."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Today", level=1).wait_for()
    yield Camera(page, address)
    context.close()


def at_a_desk(camera: Camera) -> None:
    """The main views, and what opens over them."""
    page = camera.page
    camera.go("/today", "Answer the auditor")
    camera.take("today")
    camera.go("/northwind/WEB", "New pricing page")
    camera.take("board")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").wait_for()
    page.keyboard.type("pri")
    page.get_by_role("option", name="Priya Nair").wait_for()
    camera.take("palette")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="New pricing page").click()
    page.get_by_text("The three tiers").wait_for()
    camera.take("task")
    camera.go("/northwind/WEB?view=list", "New pricing page")
    camera.take("list")
    page.keyboard.press("q")
    page.get_by_role("textbox", name="Add a task").fill("Call the printer tomorrow 9:00 !high @Jonas +Copy")
    page.get_by_role("list", name="Understood").get_by_text("Jonas Weber").wait_for()
    camera.take("quick-add")
    camera.go("/northwind/WEB?view=calendar", "New pricing page")
    camera.take("calendar")
    camera.go("/northwind/WEB-9", "The three tiers")
    camera.take("task-page")


def on_a_phone(camera: Camera) -> None:
    """The same on a small screen."""
    camera.go("/today", "Answer the auditor")
    camera.take("phone-today")
    camera.go("/northwind/WEB", "New pricing page")
    camera.take("phone-board")
    camera.go("/northwind/WEB-9", "Replace the old table")
    camera.take("phone-task")


def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with filled_product() as (address, maya), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        desk = {"viewport": {"width": 1440, "height": 810}}
        phone = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "device_scale_factor": 2}
        with signed_in(browser, address, maya.email, **desk) as camera:
            at_a_desk(camera)
        with signed_in(browser, address, maya.email, **desk, color_scheme="dark") as camera:
            camera.go("/northwind/WEB", "New pricing page")
            camera.take("board-dark")
        with signed_in(browser, address, maya.email, **phone) as camera:
            on_a_phone(camera)
        with signed_in(browser, address, DEMO, **desk) as camera:
            camera.go("/dashboard", "Open tasks by person")
            camera.take("dashboard")
        browser.close()


if __name__ == "__main__":
    main()
