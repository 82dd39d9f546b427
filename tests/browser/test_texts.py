"""Long texts: boxes that are ticked where they are read, and edits that meet those of others."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, People
from tests.browser.steps import call, card, go_offline, project_with_task

STEPS = "- [ ] measure\n- [ ] order\n- [x] pay\n- [ ] clean up"


def test_boxes_of_a_description_are_ticked_by_keys_offline_and_meet_the_edits_of_others(people: People) -> None:
    ada = people.sign_up("Ada")
    page, task = _described(ada, STEPS)
    go_offline(page)
    text = page.get_by_role("region", name="Description")

    text.get_by_role("checkbox", name="measure").press("Space")
    text.get_by_role("checkbox", name="order").press("Space")
    text.get_by_role("checkbox", name="measure").press("Space")
    expect(text.get_by_role("checkbox", name="order")).to_be_checked()
    expect(text.get_by_role("checkbox", name="measure")).not_to_be_checked()
    call(ada, "PATCH", f"/tasks/{task}", description=STEPS.replace("clean up", "clean everything"))
    page.context.set_offline(False)
    ada.expect_saved()

    expect(text.get_by_role("checkbox", name="clean everything")).to_be_visible()
    expect(text.get_by_role("checkbox", name="order")).to_be_checked()
    expect(page.get_by_text("somebody else had changed the same lines", exact=False)).to_have_count(0)
    written = call(ada, "GET", f"/tasks/{task}")["description"]
    assert written == "- [ ] measure\n- [x] order\n- [x] pay\n- [ ] clean everything"

    text.get_by_role("checkbox", name="pay").press("Space")
    expect(text.get_by_role("checkbox", name="pay")).not_to_be_checked()
    page.keyboard.press("Control+z")
    expect(text.get_by_role("checkbox", name="pay")).to_be_checked()


def test_boxes_of_ones_own_comments_are_ticked_where_they_are_read(people: People) -> None:
    ada = people.sign_up("Ada")
    page, task = _described(ada, "")
    call(ada, "POST", f"/tasks/{task}/comments", body="- [ ] call the roofer")
    page.get_by_role("checkbox", name="call the roofer").check()
    ada.expect_saved()

    [comment] = call(ada, "GET", f"/tasks/{task}/comments")["items"]
    assert comment["body"] == "- [x] call the roofer"


def _described(desk: Desk, text: str) -> tuple[Page, str]:
    """A new task with a description, open beside the board, and its id."""
    task = project_with_task(desk, "Fix the roof", description=text)
    card(desk.page, "Fix the roof").click()
    panel = desk.page.get_by_role("complementary", name="Task")
    expect(panel.get_by_role("button", name=re.compile("description"))).to_be_visible()
    return desk.page, str(task["id"])
