"""A workspace with two people in it."""

from playwright.sync_api import expect

from tests.browser.conftest import Desk, People, fill_registration


def test_an_invited_person_lands_in_the_workspace(people: People) -> None:
    ada = people.sign_up("Ada")
    cleo = _invited(people, ada, "Harbour", "Cleo")

    expect(cleo.page.get_by_role("region", name="Harbour").get_by_role("link", name="Members")).to_be_visible()
    expect(ada.page.get_by_role("main").get_by_role("listitem").filter(has_text="Cleo")).to_be_visible()


def test_a_private_project_comes_and_goes_with_sharing(people: People) -> None:
    ada = people.sign_up("Ada")
    cleo = _invited(people, ada, "Harbour", "Cleo")
    ada.page.get_by_role("link", name="New project in Harbour").click()
    ada.page.get_by_label("Project name").fill("Secret pier")
    ada.page.get_by_label("Private").check()
    ada.page.get_by_role("button", name="Create project").click()
    link = cleo.page.get_by_role("navigation").get_by_role("link", name="Secret pier")
    ada.expect_saved()
    expect(link).to_have_count(0)

    ada.page.get_by_role("button", name="Project settings").click()
    ada.page.get_by_role("combobox", name="Share with somebody").select_option("Cleo")
    expect(link).to_be_visible()
    link.click()
    expect(cleo.page.get_by_role("heading", name="Secret pier", level=1)).to_be_visible()
    ada.page.get_by_role("combobox", name="What Cleo may do").select_option("No longer shared")

    expect(link).to_have_count(0)
    expect(cleo.page.get_by_role("heading", name="Nothing to see here", level=1)).to_be_visible()


def test_who_is_assigned_is_told(people: People) -> None:
    ada = people.sign_up("Ada")
    cleo = _invited(people, ada, "Harbour", "Cleo")
    ada.page.get_by_role("link", name="New project in Harbour").click()
    ada.page.get_by_label("Project name").fill("Dredging")
    ada.page.get_by_role("button", name="Create project").click()
    ada.page.get_by_role("button", name="Add a task", exact=True).click()
    line = ada.page.get_by_role("textbox", name="Add a task")
    line.fill("Order the barge @cleo")
    line.press("Enter")
    line.press("Escape")

    cleo.go("/notifications")
    cleo.page.get_by_role("link", name="Ada assigned you Order the barge").click()

    expect(cleo.page.get_by_role("complementary", name="Task")).to_be_visible()
    expect(cleo.page.get_by_role("listitem").get_by_text("Unread", exact=True)).to_have_count(0)


def _invited(people: People, host: Desk, workspace: str, name: str) -> Desk:
    """A new workspace of the host, and somebody who has come into it by a link."""
    page = host.page
    page.get_by_role("link", name="New workspace").click()
    page.get_by_label("Name of the workspace").fill(workspace)
    page.get_by_role("button", name="Create workspace").click()
    expect(page.get_by_role("heading", name=f"Members of {workspace}")).to_be_visible()
    email = f"{name.lower()}-of-{host.email}"
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.get_by_role("textbox", name=f"Invitation link for {email}").input_value()
    guest = people.page()
    guest.goto(link)
    expect(guest.get_by_label("Email")).to_have_value(email)
    fill_registration(guest, name, email)
    expect(guest.get_by_role("heading", name=workspace, level=1)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("listitem").filter(has_text=name)).to_be_visible()
    return Desk(name, email, guest, host.address)


def test_a_member_is_removed_after_a_look_at_what_they_leave(people: People) -> None:
    ada = people.sign_up("Ada")
    cleo = _invited(people, ada, "Harbour", "Cleo")

    ada.page.get_by_role("button", name="Remove Cleo").click()
    ada.page.get_by_role("region", name="Remove Cleo").get_by_role("button", name="Remove", exact=True).click()

    expect(ada.page.get_by_role("main").get_by_role("listitem").filter(has_text="Cleo")).to_have_count(0)
    expect(cleo.page.get_by_role("region", name="Harbour")).to_have_count(0)
