"""Settings of a person, a workspace and a project."""

from io import BytesIO

import pyotp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Desk, People, fill_registration
from tests.browser.steps import call, make_project


def test_a_picture_is_chosen_shown_and_taken_away(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings/profile")
    group = ada.page.get_by_role("group", name="Your picture")

    ada.page.get_by_label("Choose picture").set_input_files(
        {"name": "ada.png", "mimeType": "image/png", "buffer": _picture()}
    )
    expect(group.get_by_role("img", name="Ada")).to_be_visible()

    group.get_by_role("button", name="Remove picture").click()
    expect(group.get_by_role("img", name="Ada")).to_have_count(0)


def test_a_name_that_is_being_written_outlives_a_change_from_elsewhere(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings/profile")
    name = ada.page.get_by_role("region", name="You").get_by_label("Name")
    name.fill("Ada Love")
    call(ada, "PATCH", "/users/me", week_start=7)
    expect(ada.page.get_by_label("First day of the week")).to_have_value("7")

    expect(name).to_have_value("Ada Love")
    name.fill("Ada Lovelace")
    name.press("Enter")
    expect(ada.page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    ada.expect_saved()
    ada.page.reload()
    expect(name).to_have_value("Ada Lovelace")


def test_what_is_no_picture_is_refused_beside_it(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings/profile")

    ada.page.get_by_label("Choose picture").set_input_files(
        {"name": "ada.png", "mimeType": "image/png", "buffer": b"not a picture"}
    )

    expect(ada.page.get_by_role("group", name="Your picture").get_by_role("alert")).to_be_visible()


def test_a_time_zone_is_found_by_its_city_with_the_keyboard(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings/profile")
    zone = ada.page.get_by_role("button", name="Time zone")
    zone.focus()
    ada.page.keyboard.press("Enter")
    ada.page.keyboard.type("lisbon")
    expect(ada.page.get_by_role("listbox").get_by_role("option").first).to_contain_text("Lisbon")
    ada.page.keyboard.press("Enter")

    expect(zone).to_contain_text("Lisbon, Europe")
    expect(zone).to_be_focused()
    ada.expect_saved()
    ada.page.reload()
    expect(zone).to_contain_text("Lisbon, Europe")


def test_a_token_wants_the_password_and_is_shown_once(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings/tokens")
    ada.page.get_by_role("button", name="New token").click()
    form = ada.page.get_by_role("form", name="New token")
    form.get_by_label("Name of the token").fill("Nightly report")
    form.get_by_label("Current password").fill("not the password")
    form.get_by_role("button", name="Create token").click()
    expect(form.get_by_text("The password is wrong.")).to_be_visible()

    form.get_by_label("Current password").fill(PASSWORD)
    form.get_by_role("button", name="Create token").click()
    expect(ada.page.get_by_text("Copy the token now")).to_be_visible()
    ada.page.reload()

    expect(ada.page.get_by_role("listitem").filter(has_text="Nightly report")).to_contain_text("not used yet")
    expect(ada.page.get_by_text("Copy the token now")).to_have_count(0)
    ada.page.get_by_role("button", name="Revoke Nightly report").click()
    expect(ada.page.get_by_text("You have no tokens.")).to_be_visible()


def _recovery_codes(desk: Desk) -> list[str]:
    """Sets a second factor up."""
    desk.go("/settings/security")
    section = desk.page.get_by_role("region", name="Second factor")
    section.get_by_role("button", name="Set up").click()
    _prove(desk.page, "Set up")
    totp = pyotp.TOTP(section.locator("code").inner_text())
    section.get_by_label("Code", exact=True).fill(totp.now())
    section.get_by_role("button", name="Confirm").click()
    codes = section.get_by_role("group", name="Recovery codes").get_by_role("listitem")
    expect(codes.first).to_be_visible()
    found = codes.all_inner_texts()
    section.get_by_role("button", name="I have kept them").click()
    return found


def test_with_a_second_factor_another_password_wants_a_code(people: People) -> None:
    ada = people.sign_up("Ada")
    code = _recovery_codes(ada)[0]
    section = ada.page.get_by_role("region", name="Password")
    section.get_by_label("Current password").fill(PASSWORD)
    section.get_by_label("New password").fill("a new and long password")
    section.get_by_label("Code", exact=True).fill("000000")
    section.get_by_role("button", name="Change password").click()
    expect(section.get_by_text("That code is wrong")).to_be_visible()
    section.get_by_label("Code", exact=True).fill(code)
    section.get_by_role("button", name="Change password").click()

    expect(ada.page.get_by_text("Password changed")).to_be_visible()


def test_recovery_codes_are_made_anew_and_one_of_them_turns_the_second_factor_off(people: People) -> None:
    ada = people.sign_up("Ada")
    code = _recovery_codes(ada)[0]
    section = ada.page.get_by_role("region", name="Second factor")

    section.get_by_role("button", name="New recovery codes").click()
    _prove(ada.page, "New recovery codes", code)
    fresh = section.get_by_role("group", name="Recovery codes").get_by_role("listitem").first.inner_text()
    assert fresh != code
    section.get_by_role("button", name="Turn off").click()
    _prove(ada.page, "Turn off", code)
    expect(section.get_by_text("That recovery code is wrong")).to_be_visible()
    _prove(ada.page, "Turn off", fresh)

    expect(section.get_by_role("button", name="Set up")).to_be_visible()


def test_with_a_second_factor_another_address_and_leaving_for_good_need_a_code_too(people: People) -> None:
    ada = people.sign_up("Ada")
    one, other, *_ = _recovery_codes(ada)
    ada.go("/settings/profile")
    ada.page.get_by_role("button", name="Change address").click()
    form = ada.page.get_by_role("form", name="Change address")
    form.get_by_label("New email").fill("ada@new.example")
    _prove(ada.page, "Change address", "wrong-code", send="Send link")
    expect(form.get_by_text("That recovery code is wrong")).to_be_visible()
    _prove(ada.page, "Change address", one, send="Send link")
    expect(ada.page.get_by_role("status").filter(has_text="ada@new.example")).to_be_visible()

    ada.go("/settings/data")
    ada.page.get_by_role("button", name="Erase my account").click()
    ada.page.get_by_role("checkbox").check()
    _prove(ada.page, "Erase your account", other, send="Erase for good")

    expect(ada.page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_an_export_of_oneself_is_asked_for_and_downloaded(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings/data")
    ada.page.get_by_role("button", name="Ask for an export").click()
    expect(ada.page.get_by_text("Ready to download")).to_be_visible()

    with ada.page.expect_download() as download:
        ada.page.get_by_role("button", name="Download").click()

    assert download.value.suggested_filename.endswith(".zip")


def test_an_account_is_erased_after_the_password(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.go("/settings/data")
    ada.page.get_by_role("button", name="Erase my account").click()
    form = ada.page.get_by_role("form", name="Erase your account")
    form.get_by_role("checkbox").check()
    form.get_by_label("Current password").fill(PASSWORD)
    form.get_by_role("button", name="Erase for good").click()
    expect(ada.page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()

    ada.page.get_by_label("Email").fill(ada.email)
    ada.page.get_by_label("Password").fill(PASSWORD)
    ada.page.get_by_role("button", name="Sign in").click()
    expect(ada.page.get_by_role("alert")).to_have_text("Email or password is wrong.")


def test_a_label_takes_the_place_of_another(people: People) -> None:
    ada = people.sign_up("Ada")
    ada.page.get_by_role("link", name="Settings", exact=True).click()
    ada.page.get_by_role("main").get_by_role("link", name="Personal").click()
    ada.page.get_by_role("link", name="Labels").click()
    for name in ("Bug", "Defect"):
        ada.page.get_by_label("New label").fill(name)
        ada.page.get_by_role("button", name="Create label").click()

    ada.page.get_by_role("button", name="Remove Defect").click()
    form = ada.page.get_by_role("form", name="Remove Defect")
    form.get_by_role("combobox", name="In its place").select_option("Bug")
    form.get_by_role("button", name="Merge").click()

    ada.expect_saved()
    labels = ada.page.get_by_role("region", name="Labels").get_by_role("listitem")
    expect(labels).to_have_count(1)
    expect(labels).to_contain_text("Bug")


def test_statuses_are_added_put_in_order_and_removed(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Dredging")
    ada.page.get_by_role("button", name="Project settings").click()
    section = ada.page.get_by_role("region", name="Statuses")
    section.get_by_role("button", name="Add status").click()
    section.get_by_label("Name of the status").fill("In review")
    section.get_by_role("form", name="Add status").get_by_role("button", name="Add status").click()
    rows = section.get_by_role("listitem")
    expect(rows.nth(3)).to_contain_text("In review")

    section.get_by_role("button", name="Move In review up").click()
    expect(rows.nth(2)).to_contain_text("In review")
    grip = rows.nth(2).locator("[data-handle]")
    grip.drag_to(rows.nth(1), target_position={"x": 40, "y": 4})
    expect(rows.nth(1)).to_contain_text("In review")
    section.get_by_role("button", name="Remove Backlog").click()
    form = section.get_by_role("form", name="Remove Backlog")
    form.get_by_role("combobox", name="Its tasks become").select_option("To do")
    form.get_by_role("button", name="Remove status").click()

    expect(rows).to_have_count(5)
    ada.page.get_by_role("button", name="Board").click()
    expect(ada.page.get_by_role("region", name="In review", exact=True)).to_be_visible()
    expect(ada.page.get_by_role("region", name="Backlog", exact=True)).to_have_count(0)


def test_a_guest_sees_the_shared_project_and_changes_no_settings(people: People) -> None:
    ada = people.sign_up("Ada")
    page = ada.page
    page.get_by_role("link", name="New workspace").click()
    page.get_by_label("Name of the workspace").fill("Harbour")
    page.get_by_role("button", name="Create workspace").click()
    page.get_by_role("link", name="New project in Harbour").click()
    page.get_by_label("Project name").fill("Pier")
    page.get_by_role("button", name="Create project").click()
    ada.expect_saved()
    page.get_by_role("link", name="Members").click()
    page.get_by_label("Email").fill(f"guest-of-{ada.email}")
    page.get_by_role("combobox", name="Role", exact=True).select_option("guest")
    page.get_by_role("checkbox", name="Pier").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.get_by_role("textbox", name="Invitation link for").input_value()

    guest = people.page()
    guest.goto(link)
    fill_registration(guest, "Gus", f"guest-of-{ada.email}")
    expect(guest.get_by_role("heading", name="Harbour", level=1)).to_be_visible()
    guest.get_by_role("main").get_by_role("link", name="Pier").click()
    guest.get_by_role("button", name="Project settings").click()
    expect(guest.get_by_text("Guests do not change the settings of projects.")).to_be_visible()
    expect(guest.get_by_role("button", name="Add status")).to_have_count(0)
    Desk("Gus", "", guest, ada.address).go("/harbour/settings/general")
    expect(guest.get_by_text("Only owners and admins change the workspace.")).to_be_visible()
    expect(guest.get_by_role("link", name="Labels")).to_have_count(0)


def test_on_a_phone_settings_are_a_list_and_then_a_page(people: People) -> None:
    ada = people.sign_up("Ada", viewport={"width": 375, "height": 760}, has_touch=True)
    ada.go("/settings")
    expect(ada.page.get_by_role("heading", name="Settings", level=1)).to_be_visible()

    ada.page.get_by_role("link", name="Appearance").tap()
    expect(ada.page.get_by_role("heading", name="Appearance", level=1)).to_be_visible()
    ada.page.get_by_role("combobox", name="Density").select_option("compact")
    expect(ada.page.locator("html")).to_have_attribute("data-density", "compact")
    ada.page.get_by_role("main").get_by_role("link", name="Settings").tap()

    expect(ada.page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def _picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(target, "PNG")
    return target.getvalue()


def _prove(page: Page, what: str, code: str = "", send: str = "") -> None:
    """Fill in and send the form that asks whether it is still the same person."""
    form = page.get_by_role("form", name=what)
    form.get_by_label("Current password").fill(PASSWORD)
    if code:
        form.get_by_label("Code", exact=True).fill(code)
    form.get_by_role("button", name=send or what).click()
