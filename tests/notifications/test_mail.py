"""Mail of what stays unread: bundled, in the receiver's language, and easy to stop."""

from urllib.parse import urlsplit

import pytest

from headway.platform.jobs.admin import count_jobs
from tests.notifications.office import Office, text_of

pytestmark = pytest.mark.anyio


async def test_what_is_unread_after_fifteen_minutes_is_mailed_once(office: Office) -> None:
    task = await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=14)
    assert office.mails(office.ben) == []
    await office.pass_time(minutes=1)
    [mail] = office.mails(office.ben)
    assert mail["Subject"] == "Ada assigned you “Fix the roof”"
    assert mail["To"] == "Ben <ben@example.com>"
    assert f"/notifications?task={task['id']}" in text_of(mail)
    await office.pass_time(minutes=60)
    assert len(office.mails(office.ben)) == 1
    assert office.mails(office.ada) == []


async def test_what_was_read_is_not_mailed(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=14)
    await office.ben.put("/notifications/read")
    await office.pass_time(minutes=30)
    assert office.mails(office.ben) == []


async def test_one_mail_tells_of_all_that_is_unread_but_not_of_what_was_read(office: Office) -> None:
    for title in ("One", "Two", "Three"):
        await office.task(title=title, assignee_ids=[office.ben.id])
    read = next(each for each in await office.told(office.ben) if each["title"] == "Two")
    await office.ben.patch(f"/notifications/{read['id']}", read=True)
    await office.pass_time(minutes=15)
    [mail] = office.mails(office.ben)
    assert mail["Subject"] == "2 notifications from Headway"
    assert "“One”" in text_of(mail)
    assert "“Three”" in text_of(mail)
    assert "“Two”" not in text_of(mail)


async def test_what_comes_later_waits_for_a_mail_of_its_own_at_most_every_fifteen_minutes(office: Office) -> None:
    await office.task(title="Early", assignee_ids=[office.ben.id])
    await office.pass_time(minutes=8)
    await office.task(title="Late", assignee_ids=[office.ben.id])
    await office.pass_time(minutes=7)
    [first] = office.mails(office.ben)
    assert "Late" not in text_of(first)
    await office.pass_time(minutes=14)
    assert len(office.mails(office.ben)) == 1
    await office.pass_time(minutes=1)
    [late] = [mail for mail in office.mails(office.ben) if "“Late”" in text_of(mail)]
    assert "Early" not in text_of(late)
    assert late["Message-ID"] != first["Message-ID"]


async def test_several_changes_of_a_task_are_one_line(office: Office) -> None:
    task = await office.task(by=office.ben)
    for minute in range(3):
        await office.ada.post(f"/tasks/{task['id']}/comments", body=f"Comment {minute}")
    await office.pass_time(minutes=15)
    [mail] = office.mails(office.ben)
    assert mail["Subject"] == "Ada commented on “Fix the roof”, and 2 more changes"


async def test_a_bulk_edit_is_one_line(office: Office) -> None:
    ids = [(await office.task(title=f"Task {number}"))["id"] for number in range(4)]
    await office.ada.patch("/tasks", ids=ids, patch={"assignee_ids": [office.ben.id]})
    await office.pass_time(minutes=15)
    [mail] = office.mails(office.ben)
    assert mail["Subject"] == "Ada assigned you 4 tasks, among them “Task 0”"


async def test_mail_is_in_the_receivers_language(office: Office) -> None:
    await office.ben.patch("/users/me", language="de")
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    [mail] = office.mails(office.ben)
    assert mail["Subject"] == "Ada hat dir „Fix the roof“ zugewiesen"
    assert "Solche Mails abbestellen" in text_of(mail)


async def test_titles_cannot_become_markup(office: Office) -> None:
    await office.task(title="<img src=x onerror=alert(1)>{actor}", assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    [mail] = office.mails(office.ben)
    html = mail.get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()
    assert "&lt;img src=x onerror=alert(1)&gt;{actor}" in html.get_content()


async def test_a_kind_that_is_not_to_be_mailed_is_only_in_the_inbox(office: Office) -> None:
    await office.ben.patch("/notifications/preferences", kinds={"assigned": {"mail": False}})
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    assert (await office.kinds(office.ben))[0] == "assigned"
    assert office.mails(office.ben) == []


async def test_a_kind_that_is_only_to_be_mailed_is_not_in_the_inbox(office: Office) -> None:
    await office.ben.patch("/notifications/preferences", kinds={"assigned": {"in_app": False}})
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    assert await office.kinds(office.ben) == ["invited"]
    assert len(office.mails(office.ben)) == 1


async def test_mail_that_is_switched_off_meanwhile_is_not_sent(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=10)
    await office.ben.patch("/notifications/preferences", kinds={"assigned": {"mail": False}})
    await office.pass_time(minutes=10)
    assert office.mails(office.ben) == []


async def test_who_lost_sight_of_the_task_meanwhile_gets_no_mail_of_it(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=10)
    await office.ada.patch(f"/projects/{office.project}", access="private")
    await office.pass_time(minutes=10)
    assert office.mails(office.ben) == []


async def test_who_is_suspended_meanwhile_gets_no_mail(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    await office.settled()
    await office.ada.put(f"/admin/people/{office.ben.id}/suspension")
    office.clock.at = office.clock.at.replace(minute=30)
    await office.settled()
    assert office.mails(office.ben) == []


async def test_mail_can_be_stopped_by_one_click_without_signing_in(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    [mail] = office.mails(office.ben)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip("<>")
    assert link in text_of(mail)
    path = urlsplit(link).path
    program = office.product.client()
    program.headers.clear()

    looked = await program.get(f"{office.product.settings.public_url}{path}")
    assert looked.json() == {"mail": True}
    done = await program.post(
        f"{office.product.settings.public_url}{path}",
        content=b"List-Unsubscribe=One-Click",
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert (done.status_code, done.json()) == (200, {"mail": False})

    kinds = (await office.ben.get("/notifications/preferences"))["kinds"]
    assert {(each["in_app"], each["mail"]) for each in kinds.values()} == {(True, False)}
    await office.task(title="Another", assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    assert len(office.mails(office.ben)) == 1
    assert (await office.kinds(office.ben))[0] == "assigned"


async def test_the_unsubscribe_link_shows_a_page_that_asks_first(office: Office) -> None:
    await office.ben.patch("/users/me", language="de")
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    link = office.mails(office.ben)[0]["List-Unsubscribe"].strip("<>")
    browser = office.product.client()
    asked = await browser.get(link, headers={"accept": "text/html"})
    assert asked.headers["content-type"] == "text/html; charset=utf-8"
    assert "form-action 'self'" in asked.headers["content-security-policy"]
    assert '<form method="post"><button>Mails abbestellen</button></form>' in asked.text
    done = await browser.post(link, headers={"accept": "text/html"})
    assert "<form" not in done.text
    assert "Erledigt" in done.text


async def test_a_forged_unsubscribe_link_is_nobodys(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    link = office.mails(office.ben)[0]["List-Unsubscribe"].strip("<>")
    client = office.product.client()
    forged = link[:-4] + ("AAAA" if not link.endswith("AAAA") else "BBBB")
    for wrong in (forged, link[:-1], f"{link}A", link.rsplit("/", 1)[0] + "/x"):
        assert (await client.post(wrong)).status_code == 404


async def test_nothing_waits_for_ever(office: Office) -> None:
    await office.task(assignee_ids=[office.ben.id])
    await office.pass_time(minutes=15)
    counts = await count_jobs(office.product.monolith.database.reader)
    assert (counts.waiting, counts.failed) == (0, 0)
