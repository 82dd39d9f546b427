"""axe-core finds nothing in any view, and every view fits small screens and forced colours."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.browser import places
from tests.browser.conftest import PASSWORD, People
from tests.browser.inspecting import Inspector
from tools.screenshots import fill

WIDE = {"viewport": {"width": 1440, "height": 900}}
NARROW = {"viewport": {"width": 320, "height": 640}}
STILL = {"reduced_motion": "reduce"}
LAYOUT = ("sideways", "small", "clipped")
THEMES = ("light", "dark")


@pytest.fixture(scope="session")
def maya(address: str, administrator: APIRequestContext) -> str:
    """The address of somebody whose team is at work."""
    someone = fill(address)
    someone.close()
    return someone.email


@dataclass
class Inspection:
    """What was found, by place and state."""

    page: Page
    address: str
    look: Callable[[Inspector], list[str]]
    found: dict[str, list[str]] = field(default_factory=dict)

    def visit(self, path: str, *, open_all: bool = False) -> None:
        """Look at a path as it is and, when asked, with everything open that can be opened there."""
        places.go(self.page, self.address, path)
        inspector = Inspector(self.page)
        self.note(path, inspector)
        if not open_all:
            return
        for mode in places.modes(self.page):
            self.note(f"{path} as {mode.name}", inspector)
        for states in (places.opened, places.task_menus):
            for state in states(self.page):
                self.note(f"{path}, {state.name} open", inspector)

    def note(self, where: str, inspector: Inspector) -> None:
        """Look at the page as it is now."""
        inspector.settle()
        troubles = self.look(inspector)
        if troubles:
            self.found[where] = troubles


def axe(inspector: Inspector) -> list[str]:
    return inspector.axe()


def boxes(inspector: Inspector) -> list[str]:
    return inspector.layout(*LAYOUT)


def everything(inspector: Inspector) -> list[str]:
    return [*axe(inspector), *boxes(inspector)]


def forced(inspector: Inspector) -> list[str]:
    return inspector.layout("vanished", "unfocused")


@contextmanager
def signed_in(people: People, address: str, email: str, options: Mapping[str, object]) -> Iterator[Page]:
    """A page of somebody who has signed in."""
    page = people.page(**options)
    page.goto(f"{address}/sign-in")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    expect(page.locator("nav").filter(visible=True).first).to_be_visible()
    yield page
    page.close()


@pytest.mark.parametrize(("options", "theme"), [(WIDE, "light"), (NARROW, "dark")], ids=["desk", "phone"])
def test_the_main_views_are_accessible_and_fit(
    people: People, address: str, maya: str, options: dict[str, object], theme: str
) -> None:
    with signed_in(people, address, maya, {**options, **STILL, "color_scheme": theme}) as page:
        inspection = Inspection(page, address, everything)
        for path in places.MAIN:
            inspection.visit(path)

        assert inspection.found == {}


@pytest.mark.long
@pytest.mark.parametrize(("width", "theme"), [*product((320, 1440), THEMES)])
def test_every_view_is_accessible_with_everything_open(
    people: People, address: str, maya: str, width: int, theme: str
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": theme, **STILL}
    with signed_in(people, address, maya, options) as page:
        inspection = Inspection(page, address, everything if width == NARROW["viewport"]["width"] else axe)
        for path in places.EVERY:
            inspection.visit(path, open_all=True)

        assert inspection.found == {}


@pytest.mark.long
@pytest.mark.parametrize(("width", "theme"), [*product((320, 1440), THEMES)])
def test_what_is_empty_and_what_strangers_see_is_accessible(
    people: People, address: str, width: int, theme: str
) -> None:
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": theme, **STILL}
    inspection = Inspection(people.page(**options), address, everything)
    for path in places.STRANGERS:
        inspection.visit(path)
    inspection.page = people.sign_up("Nobody", **options).page
    for path in places.PERSONAL:
        inspection.visit(path)

    assert inspection.found == {}


@pytest.mark.long
def test_the_pages_of_the_administrator_are_accessible(people: People, address: str) -> None:
    for width, theme in product((320, 1440), THEMES):
        options = {"viewport": {"width": width, "height": 800}, "color_scheme": theme, **STILL}
        with signed_in(people, address, "root@example.com", options) as page:
            inspection = Inspection(page, address, everything if width == NARROW["viewport"]["width"] else axe)
            for path in places.ADMINISTRATION:
                inspection.visit(path, open_all=True)

            assert inspection.found == {}


@pytest.mark.long
def test_no_german_word_is_cut_off_on_the_smallest_screen(people: People, address: str, maya: str) -> None:
    stranger = people.page(**NARROW)
    stranger.add_init_script("localStorage.setItem('headway.language', 'de')")
    inspection = Inspection(stranger, address, boxes)
    for path in places.STRANGERS:
        inspection.visit(path)
    with signed_in(people, address, maya, {**NARROW, **STILL}) as page:
        inspection.page = page
        _choose_language(page, address, "de")
        try:
            for path in places.EVERY:
                inspection.visit(path, open_all=True)
        finally:
            _choose_language(page, address, "en")

    assert inspection.found == {}


@pytest.mark.long
def test_with_forced_colours_controls_and_focus_can_be_seen(people: People, address: str, maya: str) -> None:
    with signed_in(people, address, maya, {**WIDE, "forced_colors": "active"}) as page:
        inspection = Inspection(page, address, forced)
        for path in places.MAIN:
            inspection.visit(path)
            for step in range(40):
                page.keyboard.press("Tab")
                inspection.note(f"{path}, step {step}", Inspector(page))

        assert inspection.found == {}


def _choose_language(page: Page, address: str, language: str) -> None:
    """The profile says it, on every device."""
    answer = page.context.request.patch(
        f"{address}/api/v1/users/me", data={"language": language}, headers={"Origin": address}
    )
    expect(answer).to_be_ok()
