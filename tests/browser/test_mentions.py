"""People and tasks are named while somebody writes: by keys, and with an offer to share."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Desk, People
from tests.browser.steps import call, card


def test_the_choice_of_people_and_tasks_is_made_with_keys(people: People) -> None:
    ada = people.sign_up("Ada")
    cleo = people.sign_up("Cleo")
    project = _project(ada, cleo, access="open")
    _task(ada, project, "Order the slates")
    text = _comment_on(ada, _task(ada, project, "Fix the roof"))

    text.press_sequentially("Ask @")
    options = ada.page.get_by_role("listbox", name="People").get_by_role("option")
    expect(options).to_contain_text(["Ada", "Cleo"])
    expect(ada.page.get_by_role("option", name="Cleo", exact=True)).to_be_visible()
    expect(ada.page.get_by_text("2 suggestions.")).to_have_attribute("role", "status")
    text.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    chosen = options.nth(1).get_attribute("id")
    expect(text).to_have_attribute("aria-activedescendant", str(chosen))
    text.press("Enter")
    expect(text).to_have_value(f"Ask [@Cleo](headway:user/{_me(cleo)}) ")
    text.press_sequentially("about #slates")
    expect(ada.page.get_by_role("listbox", name="Tasks").get_by_role("option")).to_have_count(1)
    text.press("Tab")
    text.press_sequentially("and @a")
    expect(options).to_contain_text(["Ada"])
    text.press("Escape")
    expect(options).to_have_count(0)
    text.press("Control+Enter")

    sent = _panel(ada.page).get_by_role("listitem").filter(has_text="and @a")
    expect(sent).to_contain_text("@Cleo")
    expect(sent.get_by_role("link", name="Order the slates")).to_be_visible()


def test_whoever_is_mentioned_and_does_not_see_the_project_is_given_it_by_keys(people: People) -> None:
    ada = people.sign_up("Ada")
    cleo = people.sign_up("Cleo")
    text = _comment_on(ada, _task(ada, _project(ada, cleo, access="private"), "Raise the wages"))

    text.press_sequentially("@cl")
    expect(ada.page.get_by_role("option", name="Cleo no access")).to_be_visible()
    text.press("Enter")
    share = ada.page.get_by_role("button", name="Share Wages with Cleo")
    expect(share).to_be_focused()
    share.press("Enter")
    expect(text).to_be_focused()
    expect(text).to_have_value(f"[@Cleo](headway:user/{_me(cleo)}) ")
    text.press("Control+Enter")
    ada.expect_saved()

    expect(cleo.page.get_by_role("navigation").get_by_role("link", name="Wages")).to_be_visible()


def _project(host: Desk, other: Desk, access: str) -> Any:  # Any: the JSON answer
    """A project of the host's, in a workspace with somebody else."""
    workspace = call(host, "POST", "/workspaces", name="Harbour")
    path = f"/workspaces/{workspace['id']}/invitations"
    invitation = call(host, "POST", path, email=other.email, role="member")
    call(other, "POST", "/invitations/acceptance", token=invitation["token"])
    return call(host, "POST", "/projects", workspace_id=workspace["id"], key="WAG", name="Wages", access=access)


def _task(desk: Desk, project: Any, title: str) -> Any:  # Any: the JSON answers
    return call(desk, "POST", "/tasks", workspace_id=project["workspace_id"], project_id=project["id"], title=title)


def _comment_on(desk: Desk, task: Any) -> Locator:  # Any: the JSON answer
    """Opens the task; gives the field for comments."""
    desk.page.get_by_role("navigation").get_by_role("link", name="Wages").click()
    card(desk.page, task["title"]).click()
    expect(_panel(desk.page).get_by_text(task["key"])).to_be_visible()
    return _panel(desk.page).get_by_role("textbox", name="Write a comment")


def _panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Task")


def _me(desk: Desk) -> str:
    return str(call(desk, "GET", "/users/me")["id"])
