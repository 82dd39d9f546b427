"""Whatever people write into a text field is shown as text: nothing runs, nothing is fetched, no page bursts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Request, expect

from tests.browser import places
from tests.browser.conftest import Desk, People
from tests.browser.inspecting import Inspector

FOLDER = Path(__file__).parents[1] / "cases/hostile"
PER_PERSON = 20
VIEWS = (
    "/today",
    "/inbox",
    "/tasks",
    "/my-tasks",
    "/projects",
    "/activity",
    "/dashboard",
    "/search?for=a",
    "/notifications",
)
NARROW = {"viewport": {"width": 320, "height": 640}, "reduced_motion": "reduce"}
FAMILIES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
FEW = [text for texts in FAMILIES.values() for text in texts[:: len(texts)]]
ALL = [text for texts in FAMILIES.values() for text in texts]


def test_there_are_five_hundred_of_them() -> None:
    assert len(ALL) == len(set(ALL)) == 500


def test_a_hostile_text_of_each_kind_does_nothing(people: People) -> None:
    _try(people, FEW)


@pytest.mark.long
@pytest.mark.parametrize("number", range(500 // PER_PERSON))
def test_hostile_texts_do_nothing(people: People, number: int) -> None:
    _try(people, ALL[number * PER_PERSON : (number + 1) * PER_PERSON])


def _try(people: People, texts: Sequence[str]) -> None:
    desk = people.sign_up("Mallory", **NARROW)
    watch = Watch(desk)
    author = Author(desk)
    for number, text in enumerate(texts):
        for path in author.write_everywhere(number, text):
            watch.look_at(path, text)
    for path in VIEWS:
        watch.look_at(path, "all")

    assert watch.seen == {}


class Watch:
    """Notes what must not happen."""

    def __init__(self, desk: Desk) -> None:
        self.seen: dict[str, list[str]] = {}
        self._desk = desk
        self._page: Page = desk.page
        self._abroad: list[str] = []
        self._page.on("dialog", self._note_dialog)
        self._page.on("pageerror", lambda error: self._abroad.append(f"an error: {error}"))
        self._page.on("request", self._note_abroad)
        self._page.context.on("page", lambda other: self._abroad.append(f"a window: {other.url}"))

    def look_at(self, path: str, text: str) -> None:
        """Open a view and note what went wrong in it."""
        self._abroad.clear()
        places.go(self._page, self._desk.address, path)
        inspector = Inspector(self._page)
        inspector.settle()
        troubles = [*self._abroad, *inspector.layout("sideways")]
        if self._page.evaluate("window.pwned !== undefined"):
            troubles.append("it ran")
        if troubles:
            self.seen[f"{path} {text[:80]!a}"] = troubles

    def _note_dialog(self, dialog: Dialog) -> None:
        self._abroad.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _note_abroad(self, request: Request) -> None:
        if not request.url.startswith((self._desk.address, "blob:")):
            self._abroad.append(f"a request to {request.url}")


@dataclass
class Author:
    """Writes one text into every field that takes text."""

    desk: Desk

    def write_everywhere(self, number: int, text: str) -> list[str]:
        """Fields that refuse the text (too empty, not a name) are written with another; gives the paths to look at."""
        self._call("PATCH", "/users/me", name=text[:100])
        workspace = self.make("/workspaces", name=text[:100])
        where = {"workspace_id": workspace["id"]}
        project = self.make("/projects", **where, key=f"P{number}", name=text[:100], description=text)
        self._call("POST", f"/projects/{project['id']}/statuses", name=text[:60], category="todo")
        self._call("POST", "/views", **where, project_id=project["id"], name=text[:100], shared_with="workspace")
        label = self.make("/labels", **where, name=text[:60])
        task = self.make(
            "/tasks",
            project_id=project["id"],
            title=text[:500],
            description=text,
            label_ids=[label["id"]],
            due_date="2026-11-23",
        )
        self._call("POST", f"/tasks/{task['id']}/comments", body=text)
        self._call("POST", f"/tasks/{task['id']}/checklist", text=text[:500])
        self._attach(task["id"], text)
        slug = workspace.get("slug") or workspace["id"]
        return [f"/{slug}/P{number}", f"/{slug}/P{number}-1", f"/{slug}/settings/labels"]

    def make(self, path: str, **fields: object) -> Any:  # Any: JSON
        """Something new; with a plain name where this one is refused."""
        made = self._call("POST", path, **fields)
        if made is None:
            plain = {key: "plain" if key in {"name", "title"} else value for key, value in fields.items()}
            made = self._call("POST", path, **plain)
        assert made is not None, (path, fields)
        return made

    def _call(self, method: str, path: str, **fields: object) -> Any:  # Any: JSON
        answer = self.desk.page.context.request.fetch(
            f"{self.desk.address}/api/v1{path}",
            method=method,
            data=json.dumps(fields),
            headers={"content-type": "application/json", "origin": self.desk.address},
        )
        assert answer.ok or answer.status == 400, answer.text()
        return answer.json() if answer.ok else None

    def _attach(self, task: str, text: str) -> None:
        answer = self.desk.page.context.request.post(
            f"{self.desk.address}/api/v1/tasks/{task}/attachments",
            params={"name": text[:100]},
            data=b"hello",
            headers={"content-type": "text/html", "origin": self.desk.address},
        )
        assert answer.ok or answer.status == 400, answer.text()


def test_nobody_is_named_by_another_name_than_their_own(people: People) -> None:
    desk = people.sign_up("Mallory")
    myself = desk.page.evaluate("localStorage.getItem('headway.person')")
    nobody = "01900000-0000-7000-8000-000000000001"
    text = f"[@Boss](headway:user/{myself}) and [@Owner](headway:user/{nobody})"
    author = Author(desk)
    project = author.make("/projects", workspace_id=myself, key="BOX", name="Letters")
    author.make("/tasks", project_id=project["id"], title="Names", description=text)
    desk.go(f"/{myself}/BOX-1")

    description = desk.page.get_by_role("region", name="Description")
    expect(description.get_by_text("@Mallory").and_(desk.page.locator("strong"))).to_be_visible()
    expect(description.get_by_text("@Boss")).to_have_count(0)
    expect(description.get_by_text("@Owner").and_(desk.page.locator("strong"))).to_have_count(0)
