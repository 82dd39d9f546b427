"""Lists of tasks: every filter, every order, page by page, and never more than the reader may see."""

from typing import Any

import pytest

from tests.support.product import Person, Product
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio

SORTS = ("position", "created_at", "updated_at", "due_date", "priority", "title")


async def titles(person: Person, **query: Any) -> list[str]:  # Any: values of the query
    return [task["title"] for task in (await person.get("/tasks", **query))["items"]]


async def every_page(person: Person, limit: int, **query: Any) -> list[str]:
    """Titles of all pages, one after the other."""
    seen: list[str] = []
    page: Any = {"next_cursor": None}
    while True:
        more = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
        page = await person.get("/tasks", limit=limit, **query, **more)
        seen += [task["title"] for task in page["items"]]
        assert len(page["items"]) <= limit
        if page["next_cursor"] is None:
            return seen


async def garden(ada: Person) -> dict[str, Any]:
    """Tasks that differ in everything that can be filtered by."""
    label = await ada.post("/labels", name="Outside")
    dig = await ada.post(
        "/tasks", title="dig", priority="high", due_date="2026-12-01", assignee_ids=[ada.id], label_ids=[label["id"]]
    )
    await ada.post("/tasks", title="Plant", priority="low", due_date="2026-12-03", parent_id=dig["id"])
    await ada.post(
        "/tasks", title="water", status="in_progress", due_date="2026-12-01", due_time="08:00", due_zone="UTC"
    )
    await ada.post("/tasks", title="Harvest", priority="high", status="completed", description="all the pumpkins")
    await ada.post("/tasks", title="rest", status="canceled")
    trashed = await ada.post("/tasks", title="Burn", priority="high")
    await ada.delete(f"/tasks/{trashed['id']}")
    return {"label": label["id"], "dig": dig["id"], "me": ada.id, "created": dig["created_at"]}


FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["dig", "Harvest", "Plant", "rest", "water"]),
    ({"status": "in_progress"}, ["water"]),
    ({"status": ["in_progress", "completed"]}, ["Harvest", "water"]),
    ({"status_category": "todo"}, ["dig", "Plant"]),
    ({"status_category": ["canceled", "completed"]}, ["Harvest", "rest"]),
    ({"status_category": ["canceled", "todo"]}, ["dig", "Plant", "rest"]),
    ({"completed": "false"}, ["dig", "Plant", "water"]),
    ({"completed": "true"}, ["Harvest"]),
    ({"priority": "high"}, ["dig", "Harvest"]),
    ({"priority": ["high", "low"], "status": "todo"}, ["dig", "Plant"]),
    ({"assignee_id": "me"}, ["dig"]),
    ({"assignee_id": "{me}"}, ["dig"]),
    ({"assignee_id": "none"}, ["Harvest", "Plant", "rest", "water"]),
    ({"assignee_id": ["none", "me"]}, ["dig", "Harvest", "Plant", "rest", "water"]),
    ({"label": "{label}"}, ["dig"]),
    ({"label": "outside"}, ["dig"]),
    ({"label": "inside"}, []),
    ({"due_before": "2026-12-03"}, ["dig", "water"]),
    ({"due_after": "2026-12-01"}, ["Plant"]),
    ({"due_after": "2026-11-30", "due_before": "2026-12-02"}, ["dig", "water"]),
    ({"parent_id": "{dig}"}, ["Plant"]),
    ({"parent_id": "none"}, ["dig", "Harvest", "rest", "water"]),
    ({"q": "pumpk"}, ["Harvest"]),
    ({"q": "pumpkins", "priority": "low"}, []),
    ({"trashed": "true"}, ["Burn"]),
    ({"updated_after": "{created}"}, ["Harvest", "Plant", "rest", "water"]),
    ({"workspace_id": "{me}"}, ["dig", "Harvest", "Plant", "rest", "water"]),
]


def named_in(query: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    """The query with the ids that its placeholders stand for."""
    lists = {name: [value] if isinstance(value, str) else value for name, value in query.items()}
    return {name: [value.format(**named) for value in values] for name, values in lists.items()}


async def test_a_list_holds_what_fits_its_filters(product: Product) -> None:
    ada = await product.person("Ada")
    named = await garden(ada)

    for query, expected in FILTERS:
        assert await titles(ada, sort="title", **named_in(query, named)) == expected, query


@pytest.mark.parametrize("sort", SORTS)
async def test_pages_follow_one_another_in_every_order(product: Product, sort: str) -> None:
    ada = await product.person("Ada")
    named = await garden(ada)

    for query in ({}, {"priority": "high"}, {"assignee_id": "me"}, {"due_before": "2027-01-01"}):
        asked = named_in(query, named)
        whole = await titles(ada, sort=sort, **asked)
        assert await every_page(ada, 2, sort=sort, **asked) == whole
        assert await every_page(ada, 1, sort=f"-{sort}", **asked) == whole[::-1]


async def test_a_list_is_in_the_order_that_was_asked_for(product: Product) -> None:
    ada = await product.person("Ada")
    await garden(ada)

    for sort, expected in (
        ("created_at", ["dig", "Plant", "water", "Harvest", "rest"]),
        ("title", ["dig", "Harvest", "Plant", "rest", "water"]),
        ("due_date", ["water", "dig", "Plant", "Harvest", "rest"]),
        ("-due_date", ["rest", "Harvest", "Plant", "dig", "water"]),
        ("-updated_at", ["rest", "Harvest", "water", "Plant", "dig"]),
    ):
        assert await titles(ada, sort=sort) == expected, sort


async def test_priorities_sort_by_urgency(product: Product) -> None:
    ada = await product.person("Ada")
    for priority in ("low", "urgent", "none", "high", "medium"):
        await ada.post("/tasks", title=priority, priority=priority)

    assert await titles(ada, sort="-priority") == ["urgent", "high", "medium", "low", "none"]


async def test_a_list_is_the_newest_first_unless_asked_and_holds_fifty(product: Product) -> None:
    ada = await product.person("Ada")
    for number in range(52):
        await ada.post("/tasks", title=str(number))

    page = await ada.get("/tasks")

    assert [task["title"] for task in page["items"]] == [str(number) for number in range(51, 1, -1)]
    assert page["next_cursor"] is not None
    assert all("description" not in task for task in page["items"])


async def test_a_list_holds_tasks_as_they_are_alone_but_for_the_description(product: Product) -> None:
    ada = await product.person("Ada")
    task = await ada.post(
        "/tasks", title="Bins", description="Blue", due_date="2099-01-06", due_time="07:00", due_zone="UTC",
        start_date="2099-01-05", assignee_ids=[ada.id], recurrence={"rule": "FREQ=DAILY"}, estimate_minutes=5,
    )  # fmt: skip

    (listed,) = (await ada.get("/tasks"))["items"]
    (whole,) = (await ada.get("/tasks", include="description"))["items"]

    assert whole == task
    assert listed == {name: value for name, value in task.items() if name != "description"}


async def test_a_list_spans_projects_and_workspaces_in_one_order(team: Team) -> None:
    ops, dev = await team.project(), await team.project(key="DEV", name="Development")
    for number in range(4):
        due = f"2026-12-{number + 1:02}"
        priority = ("none", "low", "medium", "high")[number]
        fields = {"title": f"{number}", "due_date": due, "priority": priority, "position": f"a{number}"}
        await team.ada.post("/tasks", project_id=(ops, dev)[number % 2]["id"], **fields)
        await team.ada.post("/tasks", **{**fields, "title": f"{number}b", "due_time": "23:59", "due_zone": "UTC"})

    for sort in SORTS:
        found = await titles(team.ada, sort=sort)

        pairs = [found[start : start + 2] for start in range(0, 8, 2)]
        assert [sorted(pair) for pair in pairs] == [[f"{number}", f"{number}b"] for number in range(4)]
        assert await every_page(team.ada, 3, sort=sort) == found
        assert await titles(team.ada, sort=sort, workspace_id=team.id) == ["0", "1", "2", "3"]
        assert await titles(team.ada, sort=sort, project_id=dev["id"]) == ["1", "3"]
        assert await titles(team.ada, sort=sort, project_id=[dev["id"], ops["id"]]) == ["0", "1", "2", "3"]


async def test_a_list_holds_only_what_the_reader_may_see(team: Team) -> None:
    ops = await team.project()
    secret = await team.project(key="SEC", name="Secret", access="private")
    for project, title in ((ops, "open"), (secret, "secret")):
        await team.task(project, title=title, assignee_ids=[team.ada.id])
    await team.cleo.post("/tasks", title="Cleo's own")

    assert await titles(team.ada, sort="title") == ["open", "secret"]
    assert await titles(team.ben) == ["open"]
    assert await titles(team.cleo, sort="title") == ["Cleo's own", "open"]
    assert await titles(team.dan) == await titles(team.eve) == []
    assert await titles(team.cleo, assignee_id=team.ada.id) == ["open"]

    await team.ada.put(f"/projects/{secret['id']}/members/{team.dan.id}", level="view")
    assert await titles(team.dan) == ["secret"]
    await team.ada.delete(f"/projects/{secret['id']}/members/{team.dan.id}")
    assert await titles(team.dan) == []


async def test_a_list_of_what_one_does_not_see_is_not_found(team: Team) -> None:
    secret = await team.project(key="SEC", name="Secret", access="private")

    for query in ({"workspace_id": team.id}, {"project_id": secret["id"]}):
        assert refusal(await team.eve.api.get("/tasks", params=query)) == (404, "not_found")
    assert refusal(await team.cleo.api.get("/tasks", params={"project_id": secret["id"]})) == (404, "not_found")


async def test_a_cursor_is_good_for_its_own_list_only(product: Product) -> None:
    ada = await product.person("Ada")
    for number in range(3):
        await ada.post("/tasks", title=str(number))
    cursor = (await ada.get("/tasks", limit=1))["next_cursor"]

    assert len((await ada.get("/tasks", limit=2, cursor=cursor))["items"]) == 2
    for query in (
        {"cursor": cursor, "sort": "title"},
        {"cursor": cursor, "priority": "high"},
        {"cursor": "nonsense"},
        {"cursor": "AAAA"},
        {"cursor": cursor[:-3]},
    ):
        answer = await ada.api.get("/tasks", params=query)
        assert refusal(answer) == (400, "invalid"), query
        assert answer.json()["errors"][0]["field"] == "cursor"


async def test_a_wrong_query_is_refused_by_name(product: Product) -> None:
    ada = await product.person("Ada")

    for query in (
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "x"},
        {"sort": "color"},
        {"due_before": "tomorrow"},
        {"priority": "dire"},
        {"workspace_id": "1"},
        {"assignee_id": "you"},
        {"assignee_id": "me\n"},
        {"parent_id": "none\n"},
        {"parent_id": f"{ada.id}\n"},
        {"colour": "red"},
        {"trashed": "maybe"},
        {"updated_after": "2026-01-01T00:00:00"},
        {"include": "everything"},
        {"q": ""},
    ):
        answer = await ada.api.get("/tasks", params=query)
        assert refusal(answer) == (400, "invalid"), query
        assert answer.json()["errors"][0]["field"].startswith(next(iter(query)))


async def test_many_projects_are_listed_in_one_order(product: Product) -> None:
    ada = await product.person("Ada")
    for number in range(20):
        project = await ada.post("/projects", key=f"P{number}", name=f"Project {number}")
        await ada.post("/tasks", title=f"{number:02}", project_id=project["id"])
        await ada.post("/tasks", title=f"{number:02} done", project_id=project["id"], status="completed")

    expected = [title for number in range(20) for title in (f"{number:02}", f"{number:02} done")]
    assert await titles(ada, sort="title") == expected
    assert await every_page(ada, 7, sort="title") == expected
