"""Without a network: the client opens, edits wait, and everything meets again afterwards."""

from playwright.sync_api import Request, expect

from tests.browser.conftest import Desk, People
from tests.browser.steps import add_task, card, go_offline, make_project


def test_the_client_opens_and_takes_edits_without_a_network(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    make_project(ada, "Launch")
    add_task(page, "Write the press release")
    ada.expect_saved()
    go_offline(page)
    page.reload()
    expect(card(page, "Write the press release")).to_be_visible()
    add_task(page, "Book the venue")
    expect(page.get_by_role("status", name="Sync")).to_contain_text("Offline, 1 waiting")
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Profile", level=1)).to_be_visible()
    page.go_back()
    page.reload()
    expect(card(page, "Book the venue")).to_be_visible()
    page.context.set_offline(False)
    ada.expect_saved()
    elsewhere = people.sign_in(ada)
    see(elsewhere, page.url, "Book the venue")


def test_tabs_share_one_live_stream_and_go_on_when_the_first_is_closed(people: People) -> None:
    ada = people.sign_up("Ada")
    first, context = ada.page, ada.page.context
    make_project(ada, "Launch")
    ada.expect_saved()
    streams: list[str] = []

    def note(request: Request) -> None:
        if "/api/v1/events" in request.url:
            streams.append(request.url)

    context.on("request", note)
    second = context.new_page()
    second.goto(first.url)
    expect(second.get_by_role("status", name="Sync")).to_have_text("Saved")
    add_task(second, "From the second tab")
    expect(card(first, "From the second tab")).to_be_visible()
    expect(second.get_by_role("status", name="Sync")).to_have_text("Saved")
    elsewhere = people.sign_in(ada)
    elsewhere.page.goto(first.url)
    expect(card(elsewhere.page, "From the second tab")).to_be_visible()
    add_task(elsewhere.page, "From another browser")
    expect(card(second, "From another browser")).to_be_visible()
    assert streams == []
    first.close()
    add_task(elsewhere.page, "After the first tab was closed")
    expect(card(second, "After the first tab was closed")).to_be_visible()
    add_task(second, "By the tab that leads now")
    expect(card(elsewhere.page, "By the tab that leads now")).to_be_visible()
    assert len(streams) == 1


def see(desk: Desk, address: str, title: str) -> None:
    """In another browser."""
    desk.page.goto(address)
    expect(card(desk.page, title)).to_be_visible()
