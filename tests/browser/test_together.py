"""Two browsers see the same."""

from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.steps import add_task, card, column, drag, go_offline, make_project


def test_a_card_that_one_moves_appears_in_its_new_column_with_the_other(people: People) -> None:
    ada = people.sign_up("Ada")
    path = make_project(ada, "Launch")
    add_task(ada.page, "Print the posters")
    ada.expect_saved()
    other = people.sign_in(ada)
    other.go(path)
    expect(card(column(other.page, "To do").page, "Print the posters")).to_be_visible()

    drag(ada.page, card(ada.page, "Print the posters"), column(ada.page, "In progress"))

    for page in (ada.page, other.page):
        moved = column(page, "In progress").get_by_role("link", name="Print the posters", exact=True)
        expect(moved).to_be_visible()
        expect(column(page, "To do").get_by_role("link", name="Print the posters", exact=True)).to_have_count(0)


def test_cards_keep_the_order_that_somebody_gave_them(people: People) -> None:
    ada = people.sign_up("Ada")
    path = make_project(ada, "Order")
    for title in ("One", "Two", "Three"):
        add_task(ada.page, title)
    ada.expect_saved()

    drag(ada.page, card(ada.page, "Three"), card(ada.page, "One"))

    titles = column(ada.page, "To do").locator("article a")
    expect(titles.last).to_have_text("Two")
    ada.expect_saved()
    order = titles.all_inner_texts()
    assert order in (["Three", "One", "Two"], ["One", "Three", "Two"])
    other = people.sign_in(ada)
    other.go(path)
    expect(column(other.page, "To do").locator("article a")).to_have_text(order)


def test_what_one_edits_offline_agrees_everywhere_once_the_network_is_back(people: People) -> None:
    ada = people.sign_up("Ada")
    path = make_project(ada, "Field work")
    add_task(ada.page, "Count the trees")
    ada.expect_saved()
    other = people.sign_in(ada)
    other.go(path)
    expect(card(other.page, "Count the trees")).to_be_visible()

    go_offline(ada.page)
    card(ada.page, "Count the trees").click()
    title = ada.page.get_by_role("textbox", name="Title")
    title.fill("Count the old trees")
    title.press("Enter")
    ada.page.get_by_role("button", name="Close").click()
    add_task(ada.page, "Draw the map")
    expect(ada.page.get_by_role("status", name="Sync")).to_have_text("Offline, 2 waiting")
    card(other.page, "Count the trees").focus()
    other.page.keyboard.press("p")
    other.page.get_by_role("option", name="High").click()
    other.expect_saved()
    ada.page.context.set_offline(False)

    ada.expect_saved()
    for page in (ada.page, other.page):
        expect(card(page, "Count the old trees")).to_be_visible()
        expect(card(page, "Draw the map")).to_be_visible()
        expect(page.get_by_role("article").filter(has_text="Count the old trees")).to_contain_text("High")


def test_edits_made_offline_outlive_a_closed_tab(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Diary")
    ada.expect_saved()
    context = ada.page.context
    go_offline(ada.page)
    add_task(ada.page, "Written on the train")
    expect(ada.page.get_by_role("status", name="Sync")).to_have_text("Offline, 1 waiting")
    ada.page.close()

    context.set_offline(False)
    ada.page = context.new_page()
    ada.go("/today")

    ada.expect_saved()
    other = people.sign_in(ada)
    other.go("/search?for=train")
    expect(other.page.get_by_role("main").get_by_role("link", name="Written on the train")).to_be_visible()


def test_a_comment_appears_with_the_other_who_has_the_task_open(people: People) -> None:
    ada = people.sign_up("Ada")
    path = make_project(ada, "Talk")
    add_task(ada.page, "Decide the date")
    ada.expect_saved()
    other = people.sign_in(ada)
    for desk in (ada, other):
        desk.go(path)
        card(desk.page, "Decide the date").click()

    ada.page.get_by_role("textbox", name="Write a comment").fill("Friday **suits** me")
    ada.page.get_by_role("button", name="Comment", exact=True).click()

    expect(other.page.get_by_text("Friday suits me")).to_be_visible()
    expect(other.page.get_by_text("suits", exact=True)).to_have_css("font-weight", "700")


def test_the_last_action_is_undone_by_a_key(people: People) -> None:
    ada = people.sign_up("Ada")
    make_project(ada, "Mistakes")
    add_task(ada.page, "Keep me open")
    ada.expect_saved()

    card(ada.page, "Keep me open").focus()
    ada.page.keyboard.press("e")
    expect(column(ada.page, "Done").get_by_role("link", name="Keep me open", exact=True)).to_be_visible()
    ada.expect_saved()
    ada.page.keyboard.press("Control+z")

    expect(column(ada.page, "To do").get_by_role("link", name="Keep me open", exact=True)).to_be_visible()


def test_two_tabs_of_one_browser_share_edits_and_either_goes_on_alone(people: People) -> None:
    ada = people.sign_up("Ada")
    path = make_project(ada, "Tabs")
    second = ada.page.context.new_page()
    second.goto(f"{ada.address}{path}")
    expect(column(second, "To do")).to_be_visible()

    add_task(ada.page, "From the first")
    expect(card(second, "From the first")).to_be_visible()
    add_task(second, "From the second")
    expect(card(ada.page, "From the second")).to_be_visible()
    ada.expect_saved()
    ada.page.close()
    go_offline(second)
    add_task(second, "Alone and offline")
    expect(second.get_by_role("status", name="Sync")).to_have_text("Offline, 1 waiting")
    second.context.set_offline(False)
    expect(second.get_by_role("status", name="Sync")).to_have_text("Saved")
    second.reload()

    for title in ("From the first", "From the second", "Alone and offline"):
        expect(card(second, title)).to_be_visible()


def test_signing_out_in_one_tab_ends_the_others(people: People) -> None:
    ada = people.sign_up("Ada")
    second = ada.page.context.new_page()
    second.goto(f"{ada.address}/today")
    expect(second.get_by_role("heading", name="Today", level=1)).to_be_visible()

    ada.go("/settings/profile")
    ada.page.get_by_role("button", name="Sign out").click()

    expect(second.get_by_role("heading", name="Sign in")).to_be_visible()
