"""One task: its text, dates, steps, files and history, and who may do what with it."""

import json
import re
import struct
import zlib
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import Desk, People
from tests.browser.steps import add_task, card, make_project


def test_a_description_is_written_with_keys_mentions_and_links_to_tasks(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Fix the roof", others=("Order the slates",))
    page.get_by_role("button", name="Add a description").click()
    text = page.get_by_role("textbox", name="Description")

    text.press_sequentially("- measure")
    text.press("Enter")
    text.press_sequentially("order: #slates")
    page.get_by_role("option", name="Order the slates").click()
    text.press("Enter")
    text.press_sequentially("ask @ad")
    expect(page.get_by_role("listbox", name="People")).to_be_visible()
    text.press("Enter")
    text.press("Control+Enter")

    section = page.get_by_role("region", name="Description")
    expect(section.get_by_role("listitem")).to_have_count(3)
    expect(section.get_by_text("@Ada")).to_be_visible()
    section.get_by_role("link", name="Order the slates").click()
    expect(_panel(page).get_by_role("textbox", name="Title")).to_have_value("Order the slates")


def test_what_was_written_and_not_saved_outlives_a_closed_page(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Fix the roof")
    ada.expect_saved()
    page.get_by_role("button", name="Add a description").click()
    page.get_by_role("textbox", name="Description").fill("Half a thought")
    page.get_by_role("textbox", name="Description").press("Escape")
    page.reload()

    page.get_by_role("button", name="Continue writing").click()

    expect(page.get_by_role("textbox", name="Description")).to_have_value("Half a thought")


def test_a_day_is_chosen_by_keys_and_a_repetition_is_told_in_words(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Water the plants")
    field = _panel(page).get_by_role("button", name="Due date: No date")
    field.press("Enter")
    page.get_by_role("gridcell", selected=False).and_(page.locator("[tabindex='0']")).focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(field).to_have_count(0)

    page.get_by_role("button", name="More fields").click()
    _panel(page).get_by_role("button", name="Repeats:").click()
    editor = page.get_by_role("dialog", name="Repeats")
    editor.get_by_role("combobox", name="How often").select_option("Daily")
    editor.get_by_role("spinbutton", name="Interval").fill("3")
    editor.get_by_role("combobox", name="Ends").select_option("After a number of times")
    editor.get_by_role("spinbutton", name="Number of times").fill("4")
    expect(editor.get_by_role("status")).to_have_text("every 3 days, 4 times")
    expect(editor.get_by_role("listitem")).to_have_count(3)
    editor.get_by_role("button", name="Save").click()

    expect(_panel(page).get_by_role("button", name="Repeats: every 3 days, 4 times")).to_be_visible()


def test_pasted_lines_become_steps_and_a_step_becomes_a_subtask(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Move house")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('- pack\\n- [x] rent a van\\n\\n- clean')")
    steps = page.get_by_role("region", name="Checklist")
    steps.get_by_role("textbox", name="Add item").press("Control+V")

    expect(steps.get_by_role("checkbox", name="rent a van")).to_be_checked()
    steps.get_by_role("checkbox", name="clean").press("Alt+ArrowUp")
    expect(steps.get_by_role("checkbox")).to_have_count(3)
    expect(steps.get_by_role("listitem").nth(1).get_by_role("checkbox", name="clean")).to_be_visible()
    steps.get_by_role("button", name="More for pack").click()
    page.get_by_role("menuitem", name="Make it a subtask").click()

    expect(page.get_by_role("region", name="Subtasks").get_by_role("link", name="pack")).to_be_visible()
    expect(steps.get_by_role("checkbox")).to_have_count(2)


def test_files_are_attached_and_a_picture_shows_in_the_text(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Paint the fence")
    ada.expect_saved()
    files = page.get_by_role("region", name="Attachments")
    with page.expect_file_chooser() as choosing:
        files.get_by_role("button", name="Attach a file").click()
    choosing.value.set_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"two coats"})
    expect(files.get_by_role("link", name=re.compile("^notes.txt"))).to_be_visible()

    page.get_by_role("button", name="Add a description").click()
    with page.expect_file_chooser() as choosing:
        page.get_by_role("region", name="Description").get_by_role("button", name="Attach a file").click()
    choosing.value.set_files({"name": "fence.png", "mimeType": "image/png", "buffer": _picture()})
    text = page.get_by_role("textbox", name="Description")
    expect(text).to_have_value(re.compile("headway:attachment/"))
    text.press("Control+Enter")

    picture = page.get_by_role("region", name="Description").get_by_role("img", name="fence.png")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 4)
    files.get_by_role("button", name="Delete notes.txt").click()
    expect(files.get_by_role("link", name=re.compile("^notes.txt"))).to_have_count(0)


def test_a_file_that_the_server_would_refuse_for_its_size_is_not_sent_and_others_are(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Paint the fence")
    ada.expect_saved()
    page.route("**/api/v1/instance", lambda route: route.fulfill(json={"max_upload_bytes": 2000}))

    files = page.get_by_role("region", name="Attachments")
    with page.expect_file_chooser() as choosing:
        files.get_by_role("button", name="Attach a file").click()
    choosing.value.set_files([_text("one.txt", 10), _text("large.txt", 2001), _text("two.txt", 20)])

    expect(files.get_by_role("alert")).to_have_text("large.txt was not uploaded. A file may have 2 kB at most.")
    for name in ("one.txt", "two.txt"):
        expect(files.get_by_role("link", name=re.compile(f"^{name}"))).to_be_visible()


def _text(name: str, size: int) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": b"x" * size}


def test_the_history_compares_versions_of_a_text_and_takes_back_a_change(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Write the report")
    for text in ("The old plan", "The new plan"):
        page.get_by_role("button", name="description").click()
        page.get_by_role("textbox", name="Description").fill(text)
        page.get_by_role("textbox", name="Description").press("Control+Enter")
        ada.expect_saved()
    page.get_by_role("button", name="History").click()

    compare = page.get_by_role("button", name="Compare")
    expect(compare).to_have_count(2)
    compare.first.click()
    expect(page.get_by_role("deletion")).to_have_text("old")
    expect(page.get_by_role("insertion")).to_have_text("new")
    page.get_by_role("button", name="Undo: edited the description").first.click()

    expect(page.get_by_role("region", name="Description").get_by_text("The old plan")).to_be_visible()


def test_of_two_who_edit_the_same_line_the_latest_shows_and_history_keeps_the_other(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Write the speech")
    ada.expect_saved()
    task = _call(ada, "GET", "/tasks")["items"][0]
    page.get_by_role("button", name="Add a description").click()
    page.get_by_role("textbox", name="Description").fill("Dear friends")
    _call(ada, "PATCH", f"/tasks/{task['id']}", description="Ladies and gentlemen")
    expect(page.get_by_text("Your edit will be merged with it.")).to_be_visible()

    page.get_by_role("textbox", name="Description").press("Control+Enter")

    text = page.get_by_role("region", name="Description")
    expect(text.get_by_text("the other is in History")).to_be_visible()
    expect(text).to_contain_text("Dear friends")
    expect(text).not_to_contain_text("Ladies and gentlemen")
    page.get_by_role("button", name="History").click()
    compare = page.get_by_role("button", name="Compare")
    expect(compare).to_have_count(2)
    compare.first.click()
    expect(page.get_by_role("deletion").first).to_have_text("Ladies and")


def test_the_right_mouse_button_offers_what_can_be_done(people: People) -> None:
    ada = people.sign_up("Ada")
    page = _opened(ada, "Sort the mail")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ada.expect_saved()
    card(page, "Sort the mail").click(button="right")

    page.get_by_role("menuitem", name="Copy as Markdown").click()

    expect(page.get_by_text("Copied as Markdown")).to_be_visible()
    assert "Sort the mail" in page.evaluate("navigator.clipboard.readText()")


def test_assigning_somebody_who_sees_nothing_offers_to_share(people: People) -> None:
    ada = people.sign_up("Ada")
    cleo = people.sign_up("Cleo")
    project = _shared_workspace(ada, cleo, "member", access="private")
    page = _task_in(ada, project, "Raise the wages")

    _panel(page).get_by_role("button", name="Assignees: Nobody").click()
    page.get_by_role("option", name="Cleo no access").click()
    page.get_by_role("button", name="Share Wages with Cleo").click()

    expect(_panel(page).get_by_role("button", name="Assignees: Cleo")).to_be_visible()
    ada.expect_saved()
    expect(cleo.page.get_by_role("navigation").get_by_role("link", name="Wages")).to_be_visible()


def test_who_may_only_comment_sees_nothing_to_edit(people: People) -> None:
    ada = people.sign_up("Ada")
    gus = people.sign_up("Gus")
    project = _shared_workspace(ada, gus, "guest", access="open")
    _call(ada, "PUT", f"/projects/{project['id']}/members/{_me(gus)}", level="comment")
    _task_in(ada, project, "Raise the wages")
    ada.expect_saved()

    gus.page.get_by_role("navigation").get_by_role("link", name="Wages").click()
    card(gus.page, "Raise the wages").click()
    panel = _panel(gus.page)
    expect(panel.get_by_role("heading", name="Raise the wages")).to_be_visible()
    expect(panel.get_by_text("You may read here, but not change anything.")).to_be_visible()
    for name in ("Add a description", "Attach a file", "Add a relation", "More fields"):
        expect(panel.get_by_role("button", name=name)).to_have_count(0)
    panel.get_by_role("textbox", name="Write a comment").fill("By how much?")
    panel.get_by_role("button", name="Comment", exact=True).click()

    expect(_panel(ada.page).get_by_text("By how much?")).to_be_visible()


def test_on_its_own_page_the_keys_are_about_the_task(people: People) -> None:
    page = _opened(people.sign_up("Ada"), "Fix the roof")
    _panel(page).get_by_role("link", name="Open as page").click()
    expect(_panel(page)).to_have_count(0)
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Fix the roof")
    page.get_by_role("main").focus()
    page.keyboard.press("p")
    page.get_by_role("option", name="Urgent").click()
    expect(page.get_by_role("button", name="Priority: Urgent")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Status: Done")).to_be_visible()


def _opened(desk: Desk, title: str, others: tuple[str, ...] = ()) -> Page:
    """A task of a new project, open beside the board."""
    make_project(desk, "House")
    for each in (*others, title):
        add_task(desk.page, each)
    card(desk.page, title).click()
    expect(_panel(desk.page).get_by_role("textbox", name="Title")).to_have_value(title)
    return desk.page


def _panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Task")


def _call(desk: Desk, method: str, path: str, **body: object) -> Any:
    answer = desk.page.context.request.fetch(
        f"{desk.address}/api/v1{path}",
        method=method,
        data=json.dumps(body) if body else None,
        headers={"content-type": "application/json", "origin": desk.address},
    )
    expect(answer).to_be_ok()
    return answer.json()


def _me(desk: Desk) -> str:
    return str(_call(desk, "GET", "/users/me")["id"])


def _shared_workspace(host: Desk, other: Desk, role: str, access: str) -> Any:
    """A workspace of the host's, with somebody else in it, and a project there."""
    workspace = _call(host, "POST", "/workspaces", name="Harbour")
    invitation = _call(host, "POST", f"/workspaces/{workspace['id']}/invitations", email=other.email, role=role)
    _call(other, "POST", "/invitations/acceptance", token=invitation["token"])
    return _call(host, "POST", "/projects", workspace_id=workspace["id"], key="WAG", name="Wages", access=access)


def _task_in(desk: Desk, project: Any, title: str) -> Page:
    task = _call(desk, "POST", "/tasks", workspace_id=project["workspace_id"], project_id=project["id"], title=title)
    desk.page.get_by_role("navigation").get_by_role("link", name=project["name"]).click()
    card(desk.page, title).click()
    expect(_panel(desk.page).get_by_text(task["key"])).to_be_visible()
    return desk.page


def _picture() -> bytes:
    """A PNG of four by four pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x80\x60" * 4 for _ in range(4))
    header = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
