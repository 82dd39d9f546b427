"""Getting in, staying in, and what happens when a session ends."""

import pyotp
from playwright.sync_api import APIRequestContext, expect

from tests.browser.conftest import PASSWORD, People
from tests.browser.steps import add_task, card


def test_a_second_factor_is_set_up_by_its_picture_and_asked_for_afterwards(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings/security")
    section = ada.page.get_by_role("region", name="Second factor")
    section.get_by_role("button", name="Set up").click()
    section.get_by_label("Current password").fill(PASSWORD)
    section.get_by_role("button", name="Set up").click()
    expect(ada.page.get_by_role("img", name="QR code")).to_be_visible()
    secret = ada.page.locator("code").inner_text()
    ada.page.get_by_label("Code", exact=True).fill(pyotp.TOTP(secret).now())
    ada.page.get_by_role("button", name="Confirm").click()
    expect(ada.page.get_by_text("Keep these recovery codes")).to_be_visible()
    recovery = section.get_by_role("listitem").first.inner_text()

    page = people.page()
    page.goto(f"{ada.address}/sign-in")
    page.get_by_label("Email").fill(ada.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    code.fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("That code is wrong, or was used already.")
    code.fill(recovery)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def test_edits_wait_while_the_session_has_ended_and_go_out_after_signing_in_again(people: People) -> None:
    ada = people.sign_up("Ada")
    other = people.sign_in(ada)
    other.go("/settings/sessions")
    other.page.get_by_role("button", name="Revoke").click()
    expect(other.page.get_by_role("button", name="Revoke")).to_have_count(0)

    add_task(ada.page, "Written meanwhile today")
    again = ada.page.get_by_role("form", name="Sign in again")
    expect(again).to_be_visible()
    expect(card(ada.page, "Written meanwhile")).to_be_visible()
    again.get_by_label("Email").fill(ada.email)
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Sign in").click()

    ada.expect_saved()
    other.go("/today")
    expect(card(other.page, "Written meanwhile")).to_be_visible()


def test_a_forgotten_password_is_set_anew_by_a_link(people: People, administrator: APIRequestContext) -> None:
    ada = people.sign_up("Ada")
    page = people.page()
    page.goto(f"{ada.address}/sign-in")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email").fill(ada.email)
    page.get_by_role("button", name="Send link").click()
    expect(page.get_by_role("status")).to_contain_text(ada.email)

    user_id = ada.page.evaluate("localStorage.getItem('headway.person')")
    handed = administrator.post(f"{ada.address}/api/v1/admin/people/{user_id}/password-resets")
    page.goto(handed.json()["link"])
    page.get_by_label("New password").fill("an entirely other phrase")
    page.get_by_role("button", name="Set password").click()
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Email").fill(ada.email)
    page.get_by_label("Password").fill("an entirely other phrase")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def test_language_and_theme_follow_the_person_to_another_browser(people: People) -> None:
    ada = people.sign_up("Ada")
    other = people.sign_in(ada)
    ada.go("/settings/appearance")
    ada.page.get_by_role("combobox", name="Theme").select_option("dark")
    ada.expect_saved()
    ada.go("/settings/profile")
    ada.page.get_by_role("combobox", name="Language").select_option("de")

    for desk in (ada, other):
        expect(desk.page.get_by_role("link", name="Heute", exact=True).first).to_be_visible()
        expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(desk.page.locator("html")).to_have_attribute("lang", "de")


def test_a_browser_belongs_to_whoever_signs_in_even_before_their_data_are_open(people: People) -> None:
    ben = people.sign_up("Ben")
    page = people.page()
    page.route("**/assets/session-*.js", lambda _route: None)  # what opens the data never comes
    page.goto(f"{ben.address}/sign-in")
    page.evaluate("localStorage.setItem('headway.person', 'somebody before')")
    page.get_by_label("Email").fill(ben.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    ben_id = ben.page.evaluate("localStorage.getItem('headway.person')")
    page.wait_for_function("id => localStorage.getItem('headway.person') === id", arg=ben_id)


def test_what_one_person_writes_is_never_sent_as_somebody_else_who_has_signed_in_meanwhile(people: People) -> None:
    ada, ben = people.sign_up("Ada"), people.sign_up("Ben")
    ada.expect_saved()
    ada.page.context.clear_cookies()
    ada.page.context.add_cookies(ben.page.context.cookies())  # type: ignore[arg-type]  # as they were given

    ada.page.get_by_role("button", name="Add a task", exact=True).click()
    line = ada.page.get_by_role("textbox", name="Add a task")
    line.fill("Of Ada alone today")
    line.press("Enter")  # and the page begins anew, with whatever was open in it closed
    ben_id = ben.page.evaluate("localStorage.getItem('headway.person')")
    ada.page.wait_for_function("id => localStorage.getItem('headway.person') === id", arg=ben_id)
    add_task(ben.page, "Of Ben today")
    expect(card(ada.page, "Of Ben")).to_be_visible()
    expect(card(ada.page, "Of Ada alone")).to_have_count(0)

    # Nothing is lost: it went nowhere, and goes out once Ada is back in this browser.
    other = people.sign_in(ada)
    expect(card(other.page, "Of Ada alone")).to_have_count(0)
    ada.page.context.clear_cookies()
    ada.page.evaluate("localStorage.removeItem('headway.person')")
    ada.go("/sign-in")
    ada.page.get_by_label("Email").fill(ada.email)
    ada.page.get_by_label("Password").fill(PASSWORD)
    ada.page.get_by_role("button", name="Sign in").click()
    expect(card(other.page, "Of Ada alone")).to_be_visible()
