"""What is typed: single keys, menus that narrow, the palette, quick add."""

from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.steps import add_task, card, column, make_project


def test_what_is_typed_in_a_menu_narrows_it_and_is_no_shortcut(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Letters")
    add_task(ada.page, "Stay open")
    card(ada.page, "Stay open").focus()
    ada.page.keyboard.press("l")
    expect(ada.page.get_by_role("combobox", name="Labels")).to_be_focused()

    ada.page.keyboard.type("finance")
    ada.page.keyboard.press("Enter")
    ada.page.keyboard.press("Escape")

    expect(card(ada.page, "Stay open")).to_be_focused()
    expect(column(ada.page, "To do").get_by_role("article")).to_contain_text("finance")


def test_the_help_sheet_shows_every_key_and_single_keys_can_rest(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    add_task(page, "Something today")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Change priority")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    ada.go("/settings/appearance")
    page.get_by_role("checkbox", name="Single-key shortcuts").uncheck()
    ada.go("/today")
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()

    page.get_by_role("main").focus()
    page.keyboard.press("q")

    expect(page.get_by_role("textbox", name="Add a task")).to_have_count(0)


def test_the_palette_does_finds_and_remembers(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Palette")
    add_task(ada.page, "Paint the fence")
    page = ada.page
    card(page, "Paint the fence").focus()

    page.keyboard.press("Control+k")
    line = page.get_by_role("combobox")
    expect(line).to_be_focused()
    page.keyboard.type("prio")
    page.keyboard.press("Enter")
    page.keyboard.type("urg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("Urgent")
    expect(card(page, "Paint the fence")).to_be_focused()

    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_contain_text("Change priority")
    expect(line).to_be_focused()
    page.keyboard.type("fence")
    page.get_by_role("option", name="Paint the fence").click()
    expect(page.get_by_role("heading", name="PAL-1")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(line).to_be_focused()
    page.keyboard.type("apear")
    page.keyboard.press("Escape")
    expect(line).to_have_count(0)


def test_what_quick_add_understood_can_be_taken_back_and_tab_makes_a_name(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Garden")
    page = ada.page
    page.keyboard.press("q")
    line = page.get_by_role("textbox", name="Add a task")
    expect(line).to_be_focused()

    page.keyboard.type("Water tomorrow !hi")
    expect(page.get_by_role("option", name="high")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("+roses")
    expect(page.get_by_role("option", name="Create “roses”")).to_be_visible()
    page.keyboard.press("Tab")
    understood = page.get_by_role("list", name="Understood")
    for part in ("Tomorrow", "High", "roses"):
        expect(understood).to_contain_text(part)
    understood.get_by_role("button", name="Tomorrow").press("Backspace")
    expect(understood).not_to_contain_text("Tomorrow")
    expect(line).to_be_focused()
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Both of them")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")

    article = page.get_by_role("article").filter(has_text="Water tomorrow")
    expect(article).to_contain_text("roses")
    expect(article).to_contain_text("High")
    card(page, "Water tomorrow").click()
    expect(page.get_by_role("complementary", name="Task")).to_contain_text("Both of them")
