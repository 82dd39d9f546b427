"""Edits that could not be saved are never lost silently, and never shown to somebody else."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, People, fill_registration
from tests.browser.steps import add_task, card, go_offline, make_project


def archive(desk: Desk, path: str, archived: bool) -> None:
    """In the settings of the project, by the API: somebody else has them open."""
    api = desk.page.context.request
    headers = {"Origin": desk.address}
    projects = api.get(f"{desk.address}/api/v1/projects").json()["items"]
    url = next(
        f"{desk.address}/api/v1/projects/{each['id']}/archive" for each in projects if path.endswith(f"/{each['key']}")
    )
    expect(api.put(url, data={}, headers=headers) if archived else api.delete(url, headers=headers)).to_be_ok()


def rename(page: Page, before: str, after: str) -> None:
    card(page, before).click()
    title = page.get_by_role("textbox", name="Title")
    title.fill(after)
    title.press("Enter")
    page.get_by_role("button", name="Close").click()
    expect(card(page, after)).to_be_visible()


def test_what_the_server_refuses_waits_until_the_person_has_dealt_with_it(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    path = make_project(ada, "Launch")
    add_task(page, "Print the posters")
    add_task(page, "Book the venue")
    ada.expect_saved()
    elsewhere = people.sign_in(ada)
    go_offline(page)
    rename(page, "Print the posters", "Print the big posters")
    rename(page, "Book the venue", "Book the small venue")
    archive(elsewhere, path, archived=True)
    page.context.set_offline(False)

    page.get_by_role("link", name="Needs attention").click()
    refused = page.get_by_role("main").get_by_role("listitem")
    expect(refused).to_have_count(2)
    first, second = refused.all()
    expect(first).to_contain_text("Title of LAU-1")
    expect(first).to_contain_text("Print the big posters")
    expect(first).to_contain_text("The project is archived.")
    archive(elsewhere, path, archived=False)
    second.get_by_role("button", name="Discard").click()
    first.get_by_role("button", name="Try again").click()
    ada.expect_saved()
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    page.goto(f"{ada.address}{path}")
    expect(card(page, "Print the big posters")).to_be_visible()
    expect(card(page, "Book the venue")).to_be_visible()


def test_signing_out_with_unsent_edits_asks_first_and_leaves_nothing_behind(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    make_project(ada, "Secrets of Ada")
    ada.expect_saved()
    go_offline(page)
    add_task(page, "Not yet saved")
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Sign out").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("1 edit has not been saved")
    question.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status", name="Sync")).to_have_text("Offline, 1 waiting")
    page.get_by_role("button", name="Sign out").click()
    question.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    databases = "indexedDB.databases().then((all) => all.map(({ name }) => name))"
    assert page.evaluate(databases) == []

    page.context.set_offline(False)
    page.context.clear_cookies()
    page.goto(f"{ada.address}/register")
    fill_registration(page, "Ben", ada.email.replace("ada", "ben"))
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Secrets of Ada")).to_have_count(0)
    expect(page.get_by_role("status", name="Sync")).to_have_text("Saved")
