"""Moving things: by keys on the board, by mouse in the list, on a phone."""

from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.steps import add_task, card, column, drag, make_project

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}


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


def test_on_a_phone_a_task_fills_the_screen_and_back_closes_it(people: People) -> None:
    ada = people.sign_up("Ada", **PHONE)
    page = ada.page
    page.get_by_role("button", name="Add a task", exact=True).tap()
    line = page.get_by_role("textbox", name="Add a task")
    line.fill("On the way today")
    line.press("Enter")
    page.get_by_role("button", name="Close").tap()
    page.get_by_role("link", name="On the way").tap()
    panel = page.get_by_role("complementary", name="Task")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (375, 740)

    page.go_back()

    expect(panel).to_have_count(0)
    expect(page.get_by_role("link", name="On the way")).to_be_visible()


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


def test_an_edit_made_offline_is_undone_before_anything_is_sent(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Train")
    add_task(ada.page, "Ticket")
    ada.expect_saved()
    page = ada.page
    page.context.set_offline(True)
    card(page, "Ticket").focus()
    page.keyboard.press("e")
    expect(column(page, "Done").get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("status", name="Sync")).to_have_text("Offline, 1 waiting")

    page.keyboard.press("Control+z")

    expect(column(page, "To do").get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("status", name="Sync")).to_have_text("Offline")
    page.context.set_offline(False)
    ada.expect_saved()
    expect(column(page, "To do").get_by_role("article")).to_have_count(1)


def test_all_tasks_of_a_list_go_to_the_trash_and_come_back(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Heap")
    for title in ("One", "Two"):
        add_task(ada.page, title)
    ada.page.get_by_role("button", name="List").click()
    card(ada.page, "One").focus()

    ada.page.keyboard.press("Control+a")
    ada.page.keyboard.press("Delete")

    expect(ada.page.get_by_role("main").get_by_role("link", name="One", exact=True)).to_have_count(0)
    ada.page.get_by_role("button", name="Undo").click()
    for title in ("One", "Two"):
        expect(card(ada.page, title)).to_be_visible()


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


def test_a_card_is_picked_up_carried_and_put_down_by_keys_with_every_step_told(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Carry")
    for title in ("Here", "There"):
        add_task(ada.page, title)
    page = ada.page
    card(page, "There").focus()
    page.keyboard.press("Alt+ArrowRight")
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
    card(page, "One").focus()
    page.keyboard.press("Shift+J")
    box = card(page, "One").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 60, steps=5)
    page.keyboard.press("Escape")
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


def test_a_finger_drags_a_card_after_a_press_and_selects_it_when_it_stays(people: People) -> None:
    ada = people.sign_up("Ada", has_touch=True, is_mobile=True, viewport={"width": 1280, "height": 740})
    page = ada.page
    make_project(ada, "Fingers")
    for title in ("Near", "Wide"):
        add_task(page, title)
    ada.expect_saved()
    page.set_viewport_size({"width": 375, "height": 740})
    page.reload()
    card(page, "Near").scroll_into_view_if_needed()
    finger = page.context.new_cdp_session(page)
    box = card(page, "Near").bounding_box()
    assert box is not None
    place = [{"x": box["x"] + 30, "y": box["y"] + 12}]

    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": place})
    expect(page.locator(".drag-preview")).to_be_attached()
    finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 60, "y": box["y"] + 100}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(column(page, "To do").locator("article a")).to_have_text(["Wide", "Near"])
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": place})
    expect(page.locator(".drag-preview")).to_be_attached()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    expect(page.get_by_role("toolbar", name="Selected tasks")).to_contain_text("1 selected")
    page.get_by_role("link", name="Near").tap()
    expect(page.get_by_role("toolbar", name="Selected tasks")).to_contain_text("2 selected")


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
    page.keyboard.type("fence")
    page.get_by_role("option", name="Paint the fence").click()
    expect(page.get_by_role("heading", name="PAL-1")).to_be_visible()
    page.keyboard.press("Control+k")
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


def test_on_a_phone_a_row_is_swiped_to_complete_and_to_schedule(people: People) -> None:
    ada = people.sign_up("Ada", **PHONE)
    page = ada.page
    page.get_by_role("button", name="Add a task", exact=True).tap()
    line = page.get_by_role("textbox", name="Add a task")
    for text in ("Right today", "Left today"):
        line.fill(text)
        line.press("Enter")
    page.get_by_role("button", name="Close").tap()
    finger = page.context.new_cdp_session(page)

    def swipe(title: str, across: int) -> None:
        box = page.get_by_role("link", name=title).bounding_box()
        assert box is not None
        x, y = 180, box["y"] + box["height"] / 2
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in (1, 2, 3, 4):
            points = [{"x": x + across * step / 4, "y": y}]
            finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe("Left", -140)
    page.get_by_role("menuitem", name="Tomorrow").press("Enter")
    expect(page.get_by_role("status").filter(has_text="“Left” scheduled")).to_be_visible()
    swipe("Right", 140)
    expect(page.get_by_role("status").filter(has_text="“Right” completed")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("button", name="Complete Right")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="Notifications")).to_be_visible()
