"""The installation in the hands of its administrator."""

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.browser.conftest import PASSWORD, People


@pytest.fixture
def root(people: People, administrator: APIRequestContext, address: str) -> Page:
    """The administrator in front of a browser."""
    page = people.page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email").fill("root@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    return page


def test_somebody_is_found_suspended_and_let_in_again(people: People, root: Page, address: str) -> None:
    ada = people.sign_up("Ada")
    root.goto(f"{address}/admin/people")
    root.get_by_role("searchbox", name="Name or email").fill(ada.email)
    root.get_by_role("button", name="Search").click()
    rows = root.get_by_role("region", name="People").get_by_role("listitem")
    expect(rows).to_have_count(1)

    root.get_by_role("button", name="Manage Ada").click()
    root.get_by_role("button", name="Suspend").click()
    expect(rows).to_contain_text("Suspended")
    ada.page.reload()
    expect(ada.page.get_by_role("form", name="Sign in again")).to_be_visible()
    root.get_by_role("button", name="Reinstate").click()
    expect(rows).not_to_contain_text("Suspended")

    root.get_by_role("link", name="Show in audit log").click()
    lines = root.get_by_role("region", name="Audit log").get_by_role("listitem")
    expect(lines.filter(has_text="reinstated")).to_have_count(1)
    root.get_by_role("combobox", name="What").select_option("Passwords")
    expect(root.get_by_text("Nothing matches")).to_be_visible()


def test_a_link_for_a_new_password_is_handed_over(people: People, root: Page, address: str) -> None:
    ada = people.sign_up("Ada")
    root.goto(f"{address}/admin/people")
    root.get_by_role("searchbox", name="Name or email").fill(ada.email)
    root.get_by_role("button", name="Search").click()
    manage = root.get_by_role("button", name="Manage Ada")
    expect(manage).to_have_count(1)
    manage.click()
    root.get_by_role("button", name="Link for a new password").click()
    link = root.get_by_role("textbox", name="Link for a new password of Ada").input_value()

    page = people.page()
    page.goto(link)
    page.get_by_label("New password").fill("an entirely other phrase")
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_text("Your password has been changed.")).to_be_visible()


def test_registration_is_closed_and_an_invitation_opens_it(
    people: People, root: Page, address: str, administrator: APIRequestContext
) -> None:
    root.goto(f"{address}/admin/registration")
    try:
        root.get_by_role("combobox", name="Who may make an account").select_option("By invitation")
        root.get_by_role("button", name="Save").click()
        expect(root.get_by_text("Settings saved", exact=True)).to_be_visible()
        page = people.page()
        page.goto(f"{address}/register")
        expect(page.get_by_text("Accounts are made here by invitation.")).to_be_visible()

        root.get_by_role("button", name="Make invitation").click()
        page.goto(root.get_by_role("textbox", name="Link for Anybody with the link").input_value())
        page.get_by_label("Name").fill("Bea")
        page.get_by_label("Email").fill("bea@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Create account").click()
        expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    finally:
        administrator.patch(f"{address}/api/v1/admin/settings", data={"registration": "open"})


def test_the_system_is_shown_backed_up_and_mails_a_test(root: Page, address: str) -> None:
    root.goto(f"{address}/admin/system")
    expect(root.get_by_role("region", name="Version")).to_contain_text("SQLite")
    root.get_by_role("button", name="Send test mail").click()
    expect(root.get_by_text("The mail to root@example.com is in the outbox folder.")).to_be_visible()
    root.get_by_role("link", name="Failed jobs").click()
    expect(root.get_by_role("heading", name="Nothing has failed")).to_be_visible()


def test_others_are_told_that_they_do_not_run_it(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings")
    expect(ada.page.get_by_role("link", name="Your data")).to_be_visible()
    expect(ada.page.get_by_role("link", name="Administration")).to_have_count(0)
    ada.go("/admin/people")
    expect(ada.page.get_by_role("heading", name="You do not run this installation")).to_be_visible()
