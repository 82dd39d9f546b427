"""One person: without a mouse, signing out, a second person on the same browser."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, People, fill_registration
from tests.browser.steps import add_task, card, make_project


def test_from_sign_up_to_a_finished_task_without_a_mouse(people: People, address: str) -> None:
    page = people.page()
    page.goto(f"{address}/sign-in")
    _tab_to(page, "link", "Create account")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Create your account")).to_be_visible()
    for name, text in (("Name", "Kim"), ("Email", f"kim{uuid4().hex}@example.com"), ("Password", PASSWORD)):
        _tab_to(page, "textbox", name)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Add a task")).to_be_focused()

    page.keyboard.type("Water the plants today")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(card(page, "Water the plants").first).to_be_visible()
    page.keyboard.press("j")
    expect(card(page, "Water the plants").first).to_be_focused()
    page.keyboard.press("e")

    expect(page.get_by_role("button", name="Reopen Water the plants")).to_be_visible()
    expect(page.get_by_role("status", name="Sync")).to_have_text("Saved")


def test_a_finished_task_stays_under_the_focus_and_goes_when_it_leaves(people: People) -> None:
    ada = people.sign_up("Ada")
    for title in ("First today", "Second today"):
        add_task(ada.page, title)
    expect(ada.page.get_by_role("link", name="Second").first).to_be_visible()
    row = ada.page.get_by_role("link", name="First").first
    row.focus()
    ada.page.keyboard.press("e")
    expect(ada.page.get_by_role("button", name="Reopen First")).to_be_visible()
    expect(row).to_be_focused()

    ada.page.keyboard.press("j")

    expect(ada.page.get_by_role("button", name="Reopen First")).to_have_count(0)
    expect(ada.page.get_by_role("link", name="Second").first).to_be_focused()


def test_signing_out_leaves_nothing_for_the_next_person(people: People) -> None:
    ada = people.sign_up("Ada")
    add_task(ada.page, "Very private today")
    ada.expect_saved()
    ada.go("/settings/profile")
    ada.page.get_by_role("button", name="Sign out").click()
    expect(ada.page.get_by_role("heading", name="Sign in")).to_be_visible()
    left = "async () => [(await indexedDB.databases()).map(one => one.name), localStorage.getItem('headway.person')]"
    assert ada.page.evaluate(left) == [[], None]

    ada.page.get_by_role("link", name="Create account").click()
    fill_registration(ada.page, "Ben", f"ben{uuid4().hex}@example.com")

    expect(ada.page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    expect(ada.page.get_by_text("Very private")).to_have_count(0)


def test_hostile_text_is_only_text(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Odd")
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script> [x](javascript:alert(3))"
    dialogs: list[str] = []
    ada.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    add_task(ada.page, f'"{hostile}"')
    ada.page.locator("article a").click()
    comment = ada.page.get_by_role("textbox", name="Write a comment")
    comment.fill(hostile)
    ada.page.get_by_role("button", name="Comment", exact=True).click()

    expect(ada.page.locator(".markdown").filter(has_text="<img src=x onerror=alert(1)>")).to_be_visible()
    assert ada.page.locator("a[href^='javascript:']").count() == 0
    assert dialogs == []


def _tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until the element of that name has the focus."""
    wanted = page.get_by_role(role, name=name)  # type: ignore[arg-type]  # roles are literals
    for _ in range(30):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {role} {name!r}")
