"""Search finds words, their beginnings, phrases, keys and several scripts, and only what the reader sees."""

import base64
import json
from typing import Any

import pytest

from headway.modules.tasks.domain.highlights import excerpt, highlights
from headway.platform.search_text import search_query, search_tokens
from tests.support.product import Person, Product
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio


async def found(person: Person, q: str, **query: Any) -> list[str]:  # Any: values of the query
    return [item["title"] for item in (await person.get("/search", q=q, **query))["items"]]


@pytest.mark.parametrize(
    "q",
    [
        "roof",
        "ROOF",
        "ro",
        "fix roof",
        "roof fix",
        '"the roof"',
        "café",
        "CAFE",
        "Straße",
        "strasse",
        "屋顶",
        "крыш",
        "\uff52\uff4f\uff4f\uff46",
    ],
)
async def test_a_task_is_found_by_its_words(product: Product, q: str) -> None:
    ada = await product.person("Ada")
    await ada.post("/tasks", title="Fix the roof", description="Café in der Straße, 修理屋顶, крыша")
    await ada.post("/tasks", title="Buy milk")

    assert await found(ada, q) == ["Fix the roof"]


@pytest.mark.parametrize("q", ["oof", "roofs", '"roof the"', "roof milk", "!!", "顶屋"])
async def test_what_was_not_written_is_not_found(product: Product, q: str) -> None:
    ada = await product.person("Ada")
    await ada.post("/tasks", title="Fix the roof", description="屋顶")
    await ada.post("/tasks", title="Buy milk")

    assert await found(ada, q) == []


@pytest.mark.parametrize(
    "q", ['"', "AND", "NEAR(a b)", "title:roof", "roof*", "(roof", "a OR b", "-roof", "^roof", "p0 {x}"]
)
async def test_no_query_breaks_the_search(product: Product, q: str) -> None:
    ada = await product.person("Ada")

    assert (await ada.api.get("/search", params={"q": q})).status_code == 200
    assert (await ada.api.get("/tasks", params={"q": q})).status_code == 200


async def test_the_task_of_a_key_comes_first_and_titles_before_descriptions(product: Product) -> None:
    ada = await product.person("Ada")
    first = await ada.post("/tasks", title="Something else")
    await ada.post("/tasks", title="Other", description="a roof, see INBOX-1")
    await ada.post("/tasks", title="Roof and INBOX-1")

    assert (await found(ada, first["key"]))[0] == "Something else"
    assert await found(ada, "roof") == ["Roof and INBOX-1", "Other"]


async def test_comments_and_projects_are_found(product: Product) -> None:
    ada = await product.person("Ada")
    await ada.post("/projects", key="HOU", name="House", description="Everything about tiles")
    task = await ada.post("/tasks", title="Fix the roof")
    comment = await ada.post(f"/tasks/{task['id']}/comments", body="With red tiles, please")

    items = (await ada.get("/search", q="tiles"))["items"]

    assert {(item["kind"], item["title"]) for item in items} == {("project", "House"), ("comment", "Fix the roof")}
    (hit,) = [item for item in items if item["kind"] == "comment"]
    assert (hit["id"], hit["task"]["id"], hit["key"]) == (comment["id"], task["id"], task["key"])
    assert [hit["excerpt"][start:end] for start, end in hit["excerpt_ranges"]] == ["tiles"]


async def test_the_index_follows_edits_the_trash_and_deletion(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post("/tasks", title="Fix the roof")
    path = f"/tasks/{task['id']}"

    await ada.patch(path, title="Paint the door")
    assert (await found(ada, "roof"), await found(ada, "door")) == ([], ["Paint the door"])
    await ada.delete(path)
    assert await found(ada, "door") == []
    await ada.put(f"{path}/restoration")
    assert await found(ada, "door") == ["Paint the door"]
    await ada.delete(path)
    await ada.delete(path, permanently=True)
    assert await found(ada, "door") == []


async def test_nobody_finds_what_they_do_not_see(team: Team) -> None:
    ops = await team.project()
    secret = await team.project(key="SEC", name="Secret plans", access="private")
    await team.task(ops, title="Open roof")
    hidden = await team.task(secret, title="Secret roof")
    await team.ada.post(f"/tasks/{hidden['id']}/comments", body="A roof of gold")

    assert sorted(await found(team.ada, "roof")) == ["Open roof", "Secret roof", "Secret roof"]
    for person, seen in ((team.cleo, ["Open roof"]), (team.dan, []), (team.eve, [])):
        assert await found(person, "roof") == seen
        assert await found(person, "SEC-1") == []
        assert await found(person, "secret") == []
        tasks = (await person.get("/tasks", q="roof"))["items"]
        assert [task["title"] for task in tasks] == seen
    await team.ada.put(f"/projects/{secret['id']}/members/{team.dan.id}", level="view")
    assert await found(team.dan, "roof") == ["Secret roof", "Secret roof"]
    await team.ada.patch(f"/tasks/{hidden['id']}", project_id=ops["id"])
    assert await found(team.dan, "roof") == []
    assert sorted(await found(team.cleo, "roof")) == ["Open roof", "Secret roof", "Secret roof"]
    stranger = await team.eve.api.get("/search", params={"q": "roof", "workspace_id": team.id})
    assert refusal(stranger) == (404, "not_found")


async def test_pages_of_a_search_follow_one_another(product: Product) -> None:
    ada = await product.person("Ada")
    for number in range(7):
        await ada.post("/tasks", title=f"Roof {number}", description="roof " * number)

    seen: list[str] = []
    query: dict[str, Any] = {"q": "roof", "limit": 3}
    while True:
        page = await ada.get("/search", **query)
        seen += [item["title"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
        _, place, last = json.loads(base64.urlsafe_b64decode(query["cursor"] + "=="))
        assert (place, last) == (len(seen), page["items"][-1]["id"])  # and no rank, which follows from others' texts

    assert sorted(seen) == [f"Roof {number}" for number in range(7)]
    for cursor in ("nonsense", query["cursor"]):
        answer = await ada.api.get("/search", params={"q": "other", "cursor": cursor})
        assert refusal(answer) == (400, "invalid")


def test_highlights_are_ranges_of_the_text_as_it_was_written() -> None:
    text = "Der Café-Tisch, das CAFÉ und 修理屋顶"
    terms = search_query("caf 屋顶")

    assert [text[start:end] for start, end in highlights(text, terms)] == ["Café", "CAFÉ", "屋顶"]


def test_an_excerpt_shows_the_first_find_of_a_long_text() -> None:
    text = "x " * 5_000 + "the roof " + "y " * 5_000

    piece = excerpt(text, search_query("roof"))

    assert len(piece.text) == 200
    assert [piece.text[start:end] for start, end in piece.ranges] == ["roof"]


@pytest.mark.parametrize("word", ["ä" * 19_000 + "屋", ("ä" * 100 + "屋") * 190, "ﷺ" * 2_000])
def test_no_word_makes_highlights_look_at_it_again_and_again(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def counted(text: str) -> list[str]:
        looked_at.append(len(text))
        return search_tokens(text)

    monkeypatch.setattr("headway.modules.tasks.domain.highlights.search_tokens", counted)

    highlights(word, search_query("nothing"))

    assert sum(looked_at) <= len(word)


def test_highlights_are_the_same_in_plain_and_in_other_text_which_is_not_looked_through_as_far() -> None:
    terms = search_query('roof "slate ti"')
    plain = "Roof, slate-ti roofing " * 40
    assert highlights(f"{plain}é", terms) == highlights(plain, terms)
    assert len(highlights(plain, terms)) == 120
    found = {letter: highlights(letter + " " * 10_000 + "roof", terms) for letter in ("e", "é")}
    assert found == {"e": [(10_001, 10_005)], "é": []}
