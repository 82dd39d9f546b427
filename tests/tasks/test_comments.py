"""Comments, and the people whom they mention."""

import json

import pytest

from tests.support.product import Person
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


def mention(person: Person) -> str:
    return f"[@{person.name}](headway:user/{person.id})"


async def test_who_comments_and_who_is_mentioned_watches_the_task(team: Team) -> None:
    task = await team.task(await team.project())

    comment = await team.cleo.post(f"/tasks/{task['id']}/comments", body=f"Ask {mention(team.ben)}\n")

    assert (comment["body"], comment["created_by"]) == (f"Ask {mention(team.ben)}", team.cleo.id)
    assert (comment["mention_ids"], comment["no_access"]) == ([team.ben.id], [])
    watchers = (await team.ada.get(f"/tasks/{task['id']}"))["watcher_ids"]
    assert watchers == [team.ada.id, team.cleo.id, team.ben.id]


async def test_who_does_not_see_the_task_is_named_and_told_nothing(team: Team) -> None:
    task = await team.task(await team.project(access="private"))
    text = f"{mention(team.cleo)} {mention(team.dan)} {mention(team.eve)} {mention(team.ada)}"

    comment = await team.ada.post(f"/tasks/{task['id']}/comments", body=text)

    assert comment["no_access"] == [team.cleo.id, team.dan.id, team.eve.id]
    assert comment["mention_ids"] == [team.ada.id]
    assert (await team.ada.get(f"/tasks/{task['id']}"))["watcher_ids"] == [team.ada.id]
    await team.ada.put(f"/projects/{task['project_id']}/members/{team.cleo.id}", level="view")
    again = await team.ada.patch(f"/comments/{comment['id']}", body=f"{text} please")
    assert (again["mention_ids"], again["no_access"]) == ([team.cleo.id, team.ada.id], [team.dan.id, team.eve.id])


async def test_comments_come_in_pages_the_oldest_first(team: Team) -> None:
    task = await team.task(await team.project())
    path = f"/tasks/{task['id']}/comments"
    made = [(await team.ada.post(path, body=f"No. {number}"))["id"] for number in range(5)]

    first = await team.dan.api.get(path)
    assert first.status_code == 404
    pages, cursor = [], None
    while True:
        page = await team.cleo.get(path, limit=2, **({"cursor": cursor} if cursor else {}))
        pages.append([comment["id"] for comment in page["items"]])
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert pages == [made[:2], made[2:4], made[4:]]
    assert (await team.cleo.api.get(path, params={"cursor": "nonsense"})).json()["errors"][0]["field"] == "cursor"


async def test_a_comment_is_shown_as_html_that_cannot_run_when_asked_for(team: Team) -> None:
    task = await team.task(await team.project())
    path = f"/tasks/{task['id']}/comments"
    comment = await team.ada.post(path, body="**Bold** <script>alert(1)</script> [x](javascript:alert(1))")

    shown = await team.cleo.get(f"/comments/{comment['id']}", include="html")

    assert "<strong>Bold</strong>" in shown["html"]
    assert "<script" not in shown["html"]
    assert 'href="javascript' not in shown["html"]
    assert "html" not in await team.cleo.get(f"/comments/{comment['id']}")
    assert (await team.cleo.get(path, include="html"))["items"][0]["html"] == shown["html"]


async def test_people_change_their_own_comments_only_and_admins_may_delete_any(team: Team) -> None:
    task = await team.task(await team.project())
    comment = await team.cleo.post(f"/tasks/{task['id']}/comments", body="Done?")
    path = f"/comments/{comment['id']}"

    changed = await team.cleo.patch(path, body="Done!")
    assert (changed["body"], changed["version"]) == ("Done!", 2)
    assert changed["edited_at"] is not None
    assert refusal(await team.ada.api.patch(path, json={"body": "No"})) == (403, "not_yours")
    zoe = await team.task(await team.project(key="TWO", name="Two"))
    other = await team.ada.post(f"/tasks/{zoe['id']}/comments", body="Mine")
    assert refusal(await team.cleo.api.delete(f"/comments/{other['id']}")) == (403, "not_yours")
    await team.ben.delete(path)
    assert (await team.cleo.api.get(path)).status_code == 404


async def test_two_edits_of_one_comment_are_merged(team: Team) -> None:
    task = await team.task(await team.project())
    comment = await team.ada.post(f"/tasks/{task['id']}/comments", body="one\ntwo\nthree")
    path = f"/comments/{comment['id']}"
    await team.ada.patch(path, body="ONE\ntwo\nthree", base_version=1)

    merged = await team.ada.patch(path, body="one\ntwo\nTHREE", base_version=1)
    later = await team.ada.patch(path, body="uno\ntwo\nthree", base_version=1)

    assert merged["body"] == "ONE\ntwo\nTHREE"
    assert "merge_conflict" not in merged
    assert later["merge_conflict"] is True
    assert later["body"] == "uno\ntwo\nTHREE"
    future = await team.ada.api.patch(path, json={"body": "x", "base_version": 99})
    assert future.json()["errors"][0]["field"] == "base_version"


async def test_an_edit_on_top_of_one_that_was_still_on_its_way_is_merged_by_its_text(team: Team) -> None:
    task = await team.task(await team.project())
    comment = await team.ada.post(f"/tasks/{task['id']}/comments", body="one\ntwo\nthree")
    path = f"/comments/{comment['id']}"
    await team.ada.patch(path, body="one\ntwo\nTHREE")
    await team.ada.patch(path, body="ONE\ntwo\nthree", base_version=1)

    merged = await team.ada.patch(path, body="one\nTWO\nthree", base_body="ONE\ntwo\nthree")

    assert merged["body"] == "one\nTWO\nTHREE"
    assert "merge_conflict" not in merged


async def test_viewers_read_comments_and_write_none(team: Team) -> None:
    project = await team.project()
    task = await team.task(project)
    path = f"/tasks/{task['id']}/comments"
    await team.ada.post(path, body="Hello")
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="view")

    assert len((await team.dan.get(path))["items"]) == 1
    assert refusal(await team.dan.api.post(path, json={"body": "Hi"})) == (403, "level_too_low")
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="comment")
    assert (await team.dan.post(path, body="Hi"))["created_by"] == team.dan.id


@pytest.mark.parametrize("body", ["", " \n ", "x" * 50_001, "\x00", "\ud800"])
async def test_a_body_that_is_none_is_refused_by_name(team: Team, body: str) -> None:
    task = await team.task(await team.project())

    answer = await team.ada.api.post(
        f"/tasks/{task['id']}/comments",
        content=json.dumps({"body": body}),
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 400
    assert (await team.ada.get(f"/tasks/{task['id']}/comments"))["items"] == []


async def test_nobody_comments_on_what_is_in_the_trash(team: Team) -> None:
    task = await team.task(await team.project())
    await team.ada.delete(f"/tasks/{task['id']}")

    answer = await team.ada.api.post(f"/tasks/{task['id']}/comments", json={"body": "x"})

    assert refusal(answer) == (409, "in_trash")


async def test_a_comment_made_offline_keeps_its_id_and_is_made_once(team: Team) -> None:
    task = await team.task(await team.project())
    body = {"id": "01935a00-0000-7000-8000-000000000001", "body": "From the train"}
    path, key = f"/tasks/{task['id']}/comments", {"Idempotency-Key": "train"}

    first = await team.ada.api.post(path, json=body, headers=key)
    again = await team.ada.api.post(path, json=body, headers=key)
    taken = await team.ada.api.post(path, json=body)

    assert (first.json(), first.json()["id"]) == (again.json(), body["id"])
    assert refusal(taken) == (409, "id_taken")


async def test_a_page_of_long_comments_as_html_is_short_and_goes_on(team: Team) -> None:
    task = await team.task(await team.project())
    bodies = [f"{number}" + "x" * 40_000 for number in range(4)]
    for body in bodies:
        await team.ada.post(f"/tasks/{task['id']}/comments", body=body)
    path, seen, pages = f"/tasks/{task['id']}/comments", [], 0
    cursor: dict[str, str] = {}
    while pages == 0 or cursor:
        page = await team.ada.get(path, include="html", **cursor)
        assert all(each["html"] for each in page["items"])
        seen += [each["body"] for each in page["items"]]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
        pages += 1
    assert (seen, pages) == (bodies, 2)
    assert len((await team.ada.get(path))["items"]) == 4, "as they are they come together"
