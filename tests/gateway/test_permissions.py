"""Every route x role x openness of the project: a table that is read by people and kept by this test."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from headway.platform.web.routes import Route
from tests.gateway.house import ROLES, House, furnished, nothing_is_kept
from tests.gateway.permission_rows import ROWS
from tests.gateway.sensible import Ids

STREAMS = frozenset({"/events"})
"""Never ends, and is the subject of test_live."""
KEPT = frozenset({"/auth/register"})
"""Several transactions of which each needs the one before: cannot be undone."""


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with furnished(tmp_path_factory.mktemp("house") / "data") as furnished_house:
        yield furnished_house


async def test_every_route_has_a_row_and_every_row_a_route(house: House) -> None:
    routes = {f"{route.method} {route.path}" for route in house.routes if route.path not in STREAMS}
    assert routes == set(ROWS)
    assert all(len(codes.split()) == len(ROLES) for row in ROWS.values() for codes in row)


@pytest.mark.parametrize("scene", ["open", "private"])
async def test_everybody_gets_the_answer_that_the_table_says(house: House, scene: str) -> None:
    ids: Ids = getattr(house, scene)
    wrong = {}
    for route in (each for each in house.routes if each.path not in STREAMS):
        row = ROWS[f"{route.method} {route.path}"]
        if scene == "open" or len(row) == 2:
            expected = row[-1 if scene == "private" else 0]
            got = " ".join([str(await _status(house, role, route, ids)) for role in ROLES])
            if got != expected:
                wrong[f"{route.method} {route.path}"] = f"{got} instead of {expected}"
    assert wrong == {}


async def _status(house: House, role: str, route: Route, ids: Ids) -> int:
    """The answer's status; afterwards everything, cookies too, is as it was."""
    client = house.roles[role]
    cookies = list(client.cookies.jar)
    if route.path in KEPT:
        answer = await house.ask(client, route, ids)
    else:
        with nothing_is_kept(house.product):
            answer = await house.ask(client, route, ids)
    client.cookies.jar.clear()
    for cookie in cookies:
        client.cookies.jar.set_cookie(cookie)
    return answer.status_code


async def test_the_table_itself_gives_nothing_to_whom_nothing_belongs(house: House) -> None:
    """Rules that no row may break, whoever wrote it."""
    for route in house.routes:
        for codes in ROWS.get(f"{route.method} {route.path}", ()):
            by = dict(zip(ROLES, codes.split(), strict=True))
            if route.needs != "public":
                assert by["nobody"] == "401", route
                assert route.method == "GET" or by["reads"] == "403", route
            if route.needs.startswith(("workspace:", "project:")):
                assert by["stranger"] in ("403", "404"), route
                assert by["root"] in ("403", "404"), f"running the installation gives no sight: {route}"
            if route.needs == "instance:admin":
                assert set(by.values()) - {by["root"]} <= {"401", "403"}, route


SHARED = {"OPS Fix the roof", "OPS Fix the door", "OPS Paint"}
TASKS = SHARED | {"TOLD Fix the roof"}
SECRET = {"SEC Fix the roof", "SEC Fix the door"}
EXPECTED: dict[str, dict[str, set[str]]] = {
    "stranger": {"tasks": set(), "projects": set(), "labels": set(), "views": set(), "members": set()},
    "guest": {"tasks": SHARED, "projects": {"OPS"}, "labels": {"roof"}, "views": set()},
    "member": {"tasks": TASKS, "projects": {"OPS", "TOLD"}, "labels": {"roof"}, "views": set()},
    "admin": {"tasks": TASKS, "projects": {"OPS", "TOLD"}, "labels": {"roof"}, "views": set()},
    "owner": {
        "tasks": TASKS | SECRET | {"ELSE Move"},
        "projects": {"OPS", "TOLD", "SEC", "ELSE"},
        "labels": {"roof"},
        "views": {"Mine"},
    },
    "root": {"tasks": set(), "projects": set(), "labels": set(), "views": set(), "members": set()},
}
EVERYBODY = {"Ada", "Ben", "Cleo", "Dan"}


@pytest.mark.parametrize("role", EXPECTED)
async def test_lists_search_and_sync_show_exactly_what_a_person_may_see(house: House, role: str) -> None:
    client, expected = house.roles[role], EXPECTED[role]
    projects = {each["id"]: each["key"] for each in (await _items(client, "/projects")) if not _personal(each)}
    assert set(projects.values()) == expected["projects"]
    tasks = await _items(client, "/tasks")
    assert {f"{projects[each['project_id']]} {each['title']}" for each in tasks} == expected["tasks"]
    assert {each["name"] for each in await _items(client, "/labels")} == expected["labels"]
    assert {each["name"] for each in await _items(client, "/views")} == expected["views"]
    found = (await client.get("/search", params={"q": "roof"})).text
    assert ("SEC-" in found, "OPS-" in found) == ("SEC" in expected["projects"], "OPS" in expected["projects"])
    members = await client.get(f"/workspaces/{house.team.id}/members")
    shown = {each["name"] for each in members.json()["items"]} if members.is_success else set()
    assert shown == expected.get("members", EVERYBODY)
    synced = (await client.get("/sync")).text
    for key in ("project_id", "task_id", "status_id", "checklist_item_id", "attachment_id", "relation_id"):
        assert (house.private[key] in synced) == ("SEC" in expected["projects"]), key
        assert (house.open[key] in synced) == ("OPS" in expected["projects"]), key
    assert (house.open["reminder_id"] in synced) == (role == "owner")
    assert (house.open["invitation_id"] in synced) == (role in ("owner", "admin"))


async def _items(client: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get(path)).json()["items"]
    return items


def _personal(project: dict[str, Any]) -> bool:
    """Whether a project is somebody's Inbox."""
    return bool(project["is_inbox"]) if "is_inbox" in project else project["name"] == "Inbox"
