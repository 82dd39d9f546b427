"""Views of many tasks: long lists, filters in the address, saved views, the calendar, lines that are pasted."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.steps import add_task, card, make_project

MANY = 300
PASTE = """(input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


WATCH_ROWS = """() => {
  window.changedRows = new Set();
  const rowOf = ({ target }) => (target.closest ? target : target.parentElement)?.closest('li[aria-posinset]');
  const note = (records) => records.map(rowOf).forEach((row) => row && changedRows.add(row));
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(note).observe(document.querySelector('main'), everything);
}"""


def _show_list(page: Page) -> None:
    page.get_by_role("button", name="List", exact=True).click()


def _paste(page: Page, lines: list[str]) -> None:
    page.get_by_role("textbox", name="Add task", exact=True).evaluate(PASTE, "\n".join(lines))


def test_pasted_lines_become_tasks_and_ticked_ones_are_done(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Shopping")
    _show_list(ada.page)
    _paste(ada.page, ["- [ ] Milk", "- [x] Bread", "", "2. Eggs"])

    ada.page.get_by_role("button", name="Add 3 tasks").click()

    to_do = ada.page.get_by_role("region", name="To do", exact=True)
    expect(to_do.get_by_role("link")).to_have_text(["Milk", "Eggs"])
    expect(ada.page.get_by_role("button", name="Reopen Bread")).to_be_visible()


def test_a_long_list_keeps_little_in_the_page_and_the_keys_still_reach_every_row(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Long")
    _show_list(ada.page)
    _paste(ada.page, [f"Row {number}" for number in range(1, MANY + 1)])
    ada.page.get_by_role("button", name=f"Add {MANY} tasks").click()
    rows = ada.page.locator("main li[aria-posinset]")
    expect(rows.first).to_have_attribute("aria-setsize", str(MANY))
    assert rows.count() < MANY / 3

    card(ada.page, "Row 1").focus()
    for _ in range(79):
        ada.page.keyboard.press("j")
    expect(card(ada.page, "Row 80")).to_be_focused()
    ada.page.locator("main [data-scroll] [role=group]").first.evaluate(
        "list => { list.closest('[data-scroll]').scrollTop = 0 }"
    )

    expect(card(ada.page, "Row 2")).to_be_in_viewport()
    expect(card(ada.page, "Row 80")).to_be_focused()
    ada.page.keyboard.press("j")
    expect(card(ada.page, "Row 81")).to_be_focused()


def test_going_back_finds_the_place_and_another_page_starts_at_its_top(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Long")
    _show_list(ada.page)
    _paste(ada.page, [f"Row {number}" for number in range(1, MANY + 1)])
    ada.page.get_by_role("button", name=f"Add {MANY} tasks").click()
    expect(ada.page.locator("main li[aria-posinset]").first).to_have_attribute("aria-setsize", str(MANY))
    ada.page.set_viewport_size({"width": 1280, "height": 400})
    # The focus is in the line at the end, which stays in sight until then.
    ada.page.get_by_role("link", name="Today", exact=True).click()
    ada.page.get_by_role("link", name="Long", exact=True).click()
    _show_list(ada.page)
    expect(card(ada.page, "Row 2")).to_be_in_viewport()

    card(ada.page, "Row 2").evaluate("row => { row.closest('[data-scroll]').scrollTop = 36 * 90 }")
    expect(card(ada.page, "Row 92")).to_be_in_viewport()
    ada.page.get_by_role("link", name="Settings", exact=True).click()
    language = ada.page.get_by_role("heading", name="Language and region")
    language.evaluate("heading => { heading.closest('[data-scroll]').scrollTop = 250 }")
    ada.page.get_by_role("main").get_by_role("link", name="Notifications").evaluate("link => link.click()")
    expect(ada.page.get_by_role("heading", name="Muted")).to_be_attached()
    expect(ada.page.get_by_role("main").get_by_role("link", name="Profile")).to_be_in_viewport()

    ada.page.go_back()
    expect(language).to_be_in_viewport()
    ada.page.go_back()
    expect(card(ada.page, "Row 92")).to_be_in_viewport()


def test_an_edit_changes_its_own_row_and_no_other(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Calm")
    _show_list(ada.page)
    _paste(ada.page, [f"Row {number}" for number in range(1, 11)])
    ada.page.get_by_role("button", name="Add 10 tasks").click()
    rows = ada.page.locator("main li[aria-posinset]")
    # Each has its key: the server has answered.
    expect(rows.filter(has_text=re.compile(r"CAL-\d+"))).to_have_count(10)
    ada.expect_saved()
    ada.page.evaluate(WATCH_ROWS)

    card(ada.page, "Row 7").focus()
    ada.page.keyboard.press("p")
    ada.page.get_by_role("option", name="High").click()

    expect(rows.filter(has=card(ada.page, "Row 7"))).to_contain_text("High")
    expect(ada.page.get_by_role("status", name="Sync")).to_have_text("Saved")
    assert ada.page.evaluate("window.changedRows.size") == 1


def test_a_filter_lives_in_the_address_and_is_saved_as_a_tab(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Filters")
    for text in ("Pump !high", "Paint"):
        add_task(ada.page, text)
    _show_list(ada.page)
    expect(card(ada.page, "Paint")).to_be_visible()
    ada.page.get_by_role("button", name="Filter", exact=True).click()
    ada.page.get_by_role("option", name="Priority").click()
    ada.page.get_by_role("option", name="High").click()
    ada.page.keyboard.press("Escape")

    expect(card(ada.page, "Paint")).to_have_count(0)
    expect(ada.page).to_have_url(re.compile("priority=high"))
    ada.page.get_by_role("button", name="Display").click()
    ada.page.get_by_role("button", name="Save as view").click()
    ada.page.get_by_label("Name of the view").fill("Important")
    ada.page.get_by_role("button", name="Save", exact=True).click()
    expect(ada.page.get_by_role("button", name="Important")).to_have_attribute("aria-pressed", "true")
    expect(card(ada.page, "Pump")).to_be_visible()
    expect(card(ada.page, "Paint")).to_have_count(0)
    ada.page.get_by_role("button", name="Remove filter Priority").click()

    expect(card(ada.page, "Paint")).to_be_visible()


def test_keys_move_a_task_on_the_calendar(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Dates")
    add_task(ada.page, "Dentist")
    ada.page.get_by_role("button", name="Calendar", exact=True).click()
    tray = ada.page.get_by_role("region", name="Without a date")
    tray.get_by_role("link", name="Dentist").focus()

    ada.page.keyboard.press("Alt+ArrowRight")

    expect(tray.get_by_role("link", name="Dentist")).to_have_count(0)
    today = ada.page.get_by_role("gridcell").filter(has=ada.page.locator("[aria-current=date]"))
    expect(today.get_by_role("link", name="Dentist")).to_be_focused()
    ada.expect_saved()
