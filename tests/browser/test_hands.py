"""Moving things: by keys on the board, by mouse in the list, several at once."""

from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.steps import add_task, card, column, drag, go_offline, make_project


def test_a_card_is_moved_by_keys_and_keeps_the_focus(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Keys")
    for title in ("First", "Second"):
        add_task(ada.page, title)
    second = card(ada.page, "Second")
    second.focus()

    ada.page.keyboard.press("Alt+ArrowUp")
    expect(column(ada.page, "To do").locator("article a")).to_have_text(["Second", "First"])
    ada.page.keyboard.press("Alt+ArrowRight")

    expect(column(ada.page, "In progress").get_by_role("link", name="Second", exact=True)).to_be_focused()
    expect(ada.page.get_by_text("“Second” moved to In progress")).to_be_attached()


def test_a_row_is_dragged_to_another_group_of_the_list(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Rows")
    for title in ("Stay", "Go"):
        add_task(ada.page, title)
    card(ada.page, "Stay").focus()
    ada.page.keyboard.press("Alt+ArrowRight")
    expect(column(ada.page, "In progress").get_by_role("link", name="Stay", exact=True)).to_be_visible()
    ada.page.get_by_role("button", name="List").click()

    drag(ada.page, card(ada.page, "Go"), card(ada.page, "Stay"))

    group = ada.page.get_by_role("region", name="In progress", exact=True)
    expect(group.get_by_role("link", name="Go", exact=True)).to_be_visible()


def test_the_status_menu_moves_a_card_too(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Menus")
    add_task(ada.page, "By menu")
    ada.page.get_by_role("button", name="More actions for By menu").click()
    ada.page.get_by_role("menuitem", name="Change status").click()
    ada.page.get_by_role("option", name="Done").click()

    expect(column(ada.page, "Done").get_by_role("link", name="By menu", exact=True)).to_be_visible()


def test_the_menus_schedule_complete_trash_and_take_back(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Choices")
    add_task(ada.page, "By menu")
    article = ada.page.get_by_role("article").filter(has_text="By menu")

    def choose(*names: str) -> None:
        ada.page.get_by_role("button", name="More actions for By menu").click()
        for name in names:
            ada.page.get_by_role("menuitem", name=name).click()

    choose("Schedule", "Tomorrow")
    expect(article).to_contain_text("Tomorrow")
    choose("Complete")
    expect(column(ada.page, "Done").get_by_role("article")).to_have_count(1)
    choose("Move to trash")
    expect(article).to_have_count(0)
    ada.page.get_by_role("button", name="Undo").click()

    expect(article).to_have_count(1)


def test_several_tasks_are_selected_by_keys_changed_together_and_taken_back_as_one(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Many")
    for title in ("One", "Two", "Three"):
        add_task(ada.page, title)
    ada.expect_saved()
    page = ada.page
    expect(column(page, "To do").get_by_role("article")).to_have_count(3)
    card(page, "One").focus()

    page.keyboard.press("Shift+J")
    expect(page.get_by_text("2 selected")).to_be_visible()
    page.keyboard.press("s")
    page.get_by_role("option", name="In progress").click()

    expect(column(page, "In progress").get_by_role("article")).to_have_count(2)
    expect(column(page, "To do").get_by_role("article")).to_have_count(1)
    ada.expect_saved()
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar", name="Selected tasks")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(column(page, "To do").get_by_role("article")).to_have_count(3)
    page.keyboard.press("Control+Shift+z")
    expect(column(page, "In progress").get_by_role("article")).to_have_count(2)
    ada.expect_saved()
    page.reload()
    expect(column(page, "In progress").get_by_role("article")).to_have_count(2)


def test_an_edit_made_offline_is_undone_offline(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Train")
    add_task(ada.page, "Ticket")
    ada.expect_saved()
    page = ada.page
    go_offline(page)
    card(page, "Ticket").focus()
    page.keyboard.press("e")
    expect(column(page, "Done").get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("status", name="Sync")).to_have_text("Offline, 1 waiting")

    page.keyboard.press("Control+z")

    expect(column(page, "To do").get_by_role("article")).to_have_count(1)
    page.context.set_offline(False)
    ada.expect_saved()
    expect(column(page, "To do").get_by_role("article")).to_have_count(1)


def test_all_tasks_of_a_list_go_to_the_trash_and_come_back(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Heap")
    for title in ("One", "Two"):
        add_task(ada.page, title)
    ada.page.get_by_role("button", name="List").click()
    rows = ada.page.get_by_role("main").get_by_role("group", name="Heap").locator("[data-task]")
    expect(rows).to_have_count(2)
    card(ada.page, "One").focus()

    ada.page.keyboard.press("Control+a")
    expect(ada.page.get_by_text("2 selected")).to_be_visible()
    ada.page.keyboard.press("Delete")

    expect(rows).to_have_count(0)
    ada.page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(2)


def test_a_card_is_picked_up_carried_and_put_down_by_keys_with_every_step_told(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Carry")
    for title in ("Here", "There"):
        add_task(ada.page, title)
    page = ada.page
    card(page, "There").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(column(page, "In progress").get_by_role("article")).to_have_count(1)
    card(page, "Here").focus()
    told = page.get_by_role("status").filter(has_text="In progress, place 1 of 2")

    page.keyboard.press("Space")
    expect(page.get_by_text("Here picked up.")).to_be_attached()
    page.keyboard.press("ArrowRight")
    expect(told).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Here stays where it was.")).to_be_attached()
    expect(column(page, "To do").get_by_role("article")).to_have_count(1)
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)

    expect(column(page, "In progress").locator("article a")).to_have_text(["Here", "There"])
    expect(card(page, "Here")).to_be_focused()


def test_selected_cards_are_dragged_together_and_escape_lets_go(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Heap")
    for title in ("One", "Two", "Three"):
        add_task(ada.page, title)
    page = ada.page
    expect(column(page, "To do").get_by_role("article")).to_have_count(3)
    card(page, "One").focus()
    page.keyboard.press("Shift+J")
    expect(page.get_by_text("2 selected")).to_be_visible()
    box = card(page, "One").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 60, steps=5)
    expect(page.locator(".drag-preview")).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator(".drag-preview")).to_have_count(0)
    page.mouse.up()
    expect(column(page, "To do").get_by_role("article")).to_have_count(3)

    drag(page, card(page, "One"), column(page, "In progress"))

    expect(column(page, "In progress").locator("article a")).to_have_text(["One", "Two"])
    page.keyboard.press("Control+z")
    expect(column(page, "To do").get_by_role("article")).to_have_count(3)


def test_a_card_is_dragged_to_another_project_in_the_sidebar(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Target")
    make_project(ada, "Source")
    add_task(ada.page, "Traveller")
    page = ada.page

    drag(page, card(page, "Traveller"), page.get_by_role("navigation").get_by_role("link", name="Target"))

    expect(page.get_by_text("“Traveller” moved to Target").last).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Target").click()
    expect(card(page, "Traveller")).to_be_visible()
