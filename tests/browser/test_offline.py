"""Without a network: the client opens, edits wait, and everything meets again afterwards."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, People
from tests.browser.steps import add_task, card, make_project


def installed(page: Page) -> None:
    """The service worker has all files of the client."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_the_client_opens_and_takes_edits_without_a_network(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    make_project(ada, "Launch")
    add_task(page, "Write the press release")
    ada.expect_saved()
    installed(page)
    page.context.set_offline(True)
    page.reload()
    expect(card(page, "Write the press release")).to_be_visible()
    add_task(page, "Book the venue")
    expect(page.get_by_role("status", name="Sync")).to_contain_text("Offline, 1 waiting")
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    page.go_back()
    page.reload()
    expect(card(page, "Book the venue")).to_be_visible()
    page.context.set_offline(False)
    ada.expect_saved()
    elsewhere = people.sign_in(ada)
    see(elsewhere, page.url, "Book the venue")


def see(desk: Desk, address: str, title: str) -> None:
    """In another browser."""
    desk.page.goto(address)
    expect(card(desk.page, title)).to_be_visible()
