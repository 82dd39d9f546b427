"""On a phone: a finger opens, drags, selects and swipes."""

from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.steps import add_task, card, column, make_project

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}


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
    expect(page.locator(".drag-preview")).to_have_count(0)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": place})
    expect(page.locator(".drag-preview")).to_be_attached()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    expect(page.get_by_role("toolbar", name="Selected tasks")).to_contain_text("1 selected")
    page.get_by_role("link", name="Near").tap()
    expect(page.get_by_role("toolbar", name="Selected tasks")).to_contain_text("2 selected")


def test_on_a_phone_a_row_is_swiped_to_complete_and_to_schedule(people: People) -> None:
    ada = people.sign_up("Ada", **PHONE)
    page = ada.page
    page.get_by_role("button", name="Add a task", exact=True).tap()
    line = page.get_by_role("textbox", name="Add a task")
    for text in ("Right today", "Left today"):
        line.fill(text)
        line.press("Enter")
    page.get_by_role("button", name="Close").tap()
    expect(line).to_have_count(0)
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
