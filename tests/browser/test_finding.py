"""Finding things: search with what is known here and on the server, the palette's pages and words."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, People
from tests.browser.steps import add_task, card, go_offline, make_project

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}


def _with_a_fence(people: People) -> Desk:
    ada = people.sign_up("Ada")
    make_project(ada, "Garden")
    add_task(ada.page, "Paint the fence !high")
    ada.page.keyboard.press("q")
    expect(ada.page.get_by_role("textbox", name="Add a task")).to_be_focused()
    ada.page.keyboard.type("Order material")
    ada.page.keyboard.press("Shift+Enter")
    expect(ada.page.locator("textarea:focus")).to_have_count(1)
    ada.page.keyboard.type("Oak planks, enough for a long fence")
    ada.page.keyboard.press("Control+Enter")
    ada.page.keyboard.press("Escape")
    ada.expect_saved()
    return ada


def _palette(page: Page, *words: str) -> None:
    page.keyboard.press("Control+k")
    for word in words:
        expect(page.get_by_role("combobox")).to_have_value("")
        page.keyboard.type(word)
        page.keyboard.press("Enter")


def test_search_shows_titles_then_texts_with_the_words_marked_and_filters_them(people: People) -> None:
    ada = _with_a_fence(people)
    page = ada.page
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("fence")

    results = page.get_by_role("group", name="Search results")
    expect(results.get_by_role("link")).to_have_text(["Paint the fence", "Order material"])
    expect(results.locator("mark")).to_have_text(["fence", "fence"])
    expect(results.get_by_text("enough for a long fence")).to_be_visible()
    expect(page).to_have_url(re.compile("for=fence"))

    page.get_by_role("button", name="Add filter").click()
    page.get_by_role("option", name="Priority").click()
    page.get_by_role("option", name="High").click()
    page.keyboard.press("Escape")
    expect(results.get_by_role("link")).to_have_text(["Paint the fence"])


def test_offline_search_finds_titles_that_are_here(people: People) -> None:
    ada = _with_a_fence(people)
    ada.page.get_by_role("link", name="Search", exact=True).click()
    expect(ada.page.get_by_role("searchbox")).to_be_focused()
    go_offline(ada.page)
    ada.page.keyboard.type("fen")

    expect(card(ada.page, "Paint the fence")).to_be_visible()
    expect(ada.page.get_by_text("Offline: only titles")).to_be_visible()


def test_the_palette_takes_a_day_in_words_changes_the_theme_and_leads_to_a_project(people: People) -> None:
    ada = _with_a_fence(people)
    page = ada.page
    card(page, "Paint the fence").focus()
    _palette(page, "schedule", "tomorrow 15:00")
    expect(page.get_by_role("article").filter(has_text="Paint the fence")).to_contain_text("Tomorrow")

    _palette(page, "theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    _palette(page, "garden project settings")
    expect(page.get_by_label("Project name")).to_have_value("Garden")
    _palette(page, "sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_project_tells_what_happened_in_it(people: People) -> None:
    ada = _with_a_fence(people)
    ada.page.get_by_role("button", name="Activity").click()

    expect(ada.page.get_by_role("listitem").filter(has_text="Paint the fence").first).to_contain_text("Ada")


def test_my_tasks_and_the_inbox_can_be_filtered(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    page.get_by_role("link", name="Inbox").click()
    for text in ("Pump !high", "Paint"):
        add_task(page, text)
    for place in ("Inbox", "My tasks"):
        page.get_by_role("link", name=place).click()
        expect(card(page, "Paint")).to_be_visible()
        page.get_by_role("button", name="Filter", exact=True).click()
        page.get_by_role("option", name="Priority").click()
        page.get_by_role("option", name="High").click()
        page.keyboard.press("Escape")
        expect(card(page, "Paint")).to_have_count(0)
        expect(card(page, "Pump")).to_be_visible()


def test_on_a_phone_the_palette_opens_from_the_projects(people: People) -> None:
    ada = people.sign_up("Ada", **PHONE)
    ada.page.get_by_role("navigation").get_by_role("link", name="Projects").tap()
    ada.page.get_by_role("button", name="Commands").tap()

    expect(ada.page.get_by_role("combobox")).to_be_visible()
