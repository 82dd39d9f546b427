"""From sign-up to a finished task without a mouse; the focus is never lost on the way."""

from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD, People
from tests.browser.steps import card, column

MOST_TABS = 60


def _focus_is_somewhere(page: Page) -> None:
    expect(page.locator(":focus")).to_have_count(1)


def _press(page: Page, *keys: str) -> None:
    """Every key leaves the focus on something."""
    for key in keys:
        page.keyboard.press(key)
        _focus_is_somewhere(page)


def _tab_to(page: Page, target: Locator) -> None:
    for _ in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def test_from_sign_up_to_a_finished_task_without_a_mouse(people: People, address: str) -> None:
    page = people.page()
    page.goto(f"{address}/register")
    for label, text in (("Name", "Ada"), ("Email", f"keys{uuid4().hex}@example.com"), ("Password", PASSWORD)):
        _tab_to(page, page.get_by_role("textbox", name=label))
        page.keyboard.type(text)
    page.keyboard.press("Enter")

    line = page.get_by_role("textbox", name="Add a task")
    expect(line).to_be_focused()
    page.keyboard.type("Call the roofer today !high")
    _press(page, "Enter")
    page.keyboard.type("Buy nails today")
    _press(page, "Enter", "Escape")
    expect(line).to_have_count(0)
    _focus_is_somewhere(page)

    for title in ("Call the roofer", "Buy nails"):
        expect(card(page, title)).to_be_visible()
    _press(page, "j")
    expect(card(page, "Call the roofer")).to_be_focused()
    _press(page, "j")
    expect(card(page, "Buy nails")).to_be_focused()
    _press(page, "k", "Enter")
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Call the roofer")
    _press(page, "Escape")
    expect(page.get_by_role("complementary", name="Task")).to_have_count(0)
    expect(card(page, "Call the roofer")).to_be_focused()

    _press(page, "p")
    expect(page.get_by_role("option").first).to_be_visible()
    _press(page, "Escape")
    expect(card(page, "Call the roofer")).to_be_focused()
    _press(page, "e")
    expect(page.get_by_role("button", name="Reopen Call the roofer")).to_be_visible()
    expect(page.get_by_role("status", name="Sync")).to_have_text("Saved")


def test_a_project_is_made_and_its_card_moved_without_a_mouse(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("new project")
    page.keyboard.press("Enter")
    name = page.get_by_label("Project name")
    _tab_to(page, name)
    page.keyboard.type("House")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="House", level=1)).to_be_visible()

    page.keyboard.press("q")
    expect(page.get_by_role("textbox", name="Add a task")).to_be_focused()
    page.keyboard.type("Fix the gutter")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(card(page, "Fix the gutter")).to_be_visible()
    _press(page, "j")
    expect(card(page, "Fix the gutter")).to_be_focused()
    _press(page, "Space", "ArrowRight", "ArrowRight", "Space")

    moved = column(page, "Done").get_by_role("link", name="Fix the gutter", exact=True)
    expect(moved).to_be_focused()
    ada.expect_saved()
