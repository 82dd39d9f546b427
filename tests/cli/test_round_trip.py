"""Everything that a workspace can hold leaves one installation, enters another, and leaves it as it came."""

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from headway.entrypoints.operation.arrival import BATCH
from headway.modules.tasks.contracts.portable import PortableWorkspaces
from headway.modules.tasks.store.kinds import KINDS
from headway.platform.db.port import Transaction
from tests.cli.installations import export, files_of, import_, rows
from tests.support.fold import assert_log_tells_rows
from tests.support.product import Person, Product, running_product
from tests.tasks.team import Team, delete, make_team

pytestmark = pytest.mark.anyio

NAMES = ("Ada", "Ben", "Cleo", "Dan")
STAYS_BEHIND = {"invitation", "transfer"}


@pytest.fixture
async def team(product: Product) -> Team:
    team = await make_team(product)
    await fill(team)
    await product.settled()
    return team


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Product]:
    """Another installation."""
    async with running_product(tmp_path / "other") as product:
        yield product


async def fill(team: Team) -> None:
    """One of everything, in every state."""
    ops = await team.project(description="Roofs", color="red", icon="house")
    await team.ada.post(f"/projects/{ops['id']}/statuses", name="Waiting for tiles", category="in_progress")
    private = await team.project(by=team.cleo, key="SEC", name="Secret", access="private")
    await team.cleo.put(f"/projects/{private['id']}/members/{team.ben.id}", level="comment")
    archived = await team.project(key="OLD", name="Old")
    await team.ada.patch(f"/projects/{archived['id']}", key="OLDER")
    await team.ada.put(f"/projects/{archived['id']}/archive")
    trashed = await team.project(key="BIN", name="Bin")
    await team.task(trashed, title="In a project in the trash")
    await delete(team.ada, f"/projects/{trashed['id']}", with_tasks=True)
    await _fill_task(team, ops)
    await _fill_states(team, ops)
    await team.task(private, by=team.cleo, title="Nobody else knows", assignee_ids=[team.cleo.id])
    await team.ada.post("/views", workspace_id=team.id, name="Mine", filters={"priorities": ["high"]})
    await team.ada.post("/views", workspace_id=team.id, name="Ours", shared_with="workspace")
    await team.ada.post("/views", project_id=ops["id"], name="Board", shared_with="project", layout="board")
    await team.ada.post(f"/workspaces/{team.id}/invitations", email="new@example.com", role="member")


async def _fill_task(team: Team, ops: dict[str, Any]) -> None:
    label = await team.ada.post("/labels", workspace_id=team.id, name="urgent", color="red")
    task = await team.task(
        ops,
        description=f"Look, [@Ben](headway:user/{team.ben.id}): **tiles**",
        priority="high",
        start_date="2198-12-01",
        due_date="2199-01-01",
        due_time="09:30",
        due_zone="Europe/Berlin",
        estimate_minutes=90,
        label_ids=[label["id"]],
        assignee_ids=[team.ben.id, team.cleo.id],
    )
    path = f"/tasks/{task['id']}"
    below = await team.task(ops, title="Buy tiles", parent_id=task["id"])
    step = await team.ada.post(f"{path}/checklist", text="Climb up")
    await team.ada.patch(f"/checklist/{step['id']}", is_done=True)
    await team.ben.post(f"{path}/comments", body=f"On my way, [@Cleo](headway:user/{team.cleo.id})")
    await team.ada.post(f"{path}/relations", kind="blocks", task_id=below["id"])
    await team.cleo.post(f"{path}/reminders", minutes_before=30)
    await team.cleo.post(f"{path}/reminders", at="2198-01-01T00:00:00Z")
    for name, content in (("notes.txt", b"what is in the file"), ("Dach 🏠.txt", b"\x00\xff" * 999)):
        answer = await team.ada.api.post(f"{path}/attachments", params={"name": name}, content=content)
        assert answer.is_success, answer.text
    await team.ada.patch(path, title="Fix the roof at once")


async def _fill_states(team: Team, ops: dict[str, Any]) -> None:
    bins = await team.task(ops, title="Bins", due_date="2099-01-06", recurrence={"rule": "FREQ=WEEKLY"})
    await team.ada.put(f"/tasks/{bins['id']}/closure")
    await team.task(ops, title="Water", recurrence={"after_completion_days": 3})
    await team.task(ops, title="Given up", status="canceled")
    trashed = await team.task(ops, title="In the trash")
    await delete(team.ada, f"/tasks/{trashed['id']}")
    gone = await team.task(ops, title="Gone for good")
    await delete(team.ada, f"/tasks/{gone['id']}")
    await delete(team.ada, f"/tasks/{gone['id']}", permanently=True)
    two = await team.project(key="TWO", name="Two")
    moved = await team.task(ops, title="Moved")
    await team.ada.patch(f"/tasks/{moved['id']}", project_id=two["id"])
    still = await team.task(ops, title="Stays")
    await team.ada.post(f"/tasks/{still['id']}/relations", kind="relates", task_id=moved["id"])
    await team.ada.put(f"/tasks/{still['id']}/watchers/{team.cleo.id}")


async def arrive(team: Team, other: Product) -> dict[str, Person]:
    """The same people in the other installation, under other ids."""
    people = {name: await other.person(name) for name in NAMES}
    assert not {person.id for person in people.values()} & {team.ada.id, team.ben.id, team.cleo.id, team.dan.id}
    return people


def renamed(team: Team, people: Mapping[str, Person], text: str) -> str:
    """A text in which people have their ids of the other installation."""
    for person in (team.ada, team.ben, team.cleo, team.dan):
        text = text.replace(person.id, people[person.name].id)
    return text


def lines(export: Path, name: str) -> list[str]:
    return (export / name).read_text("utf-8").splitlines()


def canonical(line: str) -> str:
    return json.dumps(json.loads(line), sort_keys=True)


def happened(line: str) -> str:
    """An entry of history but for its number, which is given anew."""
    told = json.loads(line)
    del told["entry"]["version"]
    return json.dumps(told, sort_keys=True)


def files_in(export: Path) -> dict[str, bytes]:
    folder = export / "files"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_what_was_exported_imported_and_exported_again_is_the_same(
    product: Product, other: Product, team: Team, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    await export(product, team.id, first)
    held = {json.loads(line)["kind"] for line in lines(first, "objects.ndjson")}
    assert held == KINDS.keys() - STAYS_BEHIND | {"former_key", "former_project_key"}
    people = await arrive(team, other)

    await import_(other, first)
    await other.settled()
    await export(other, team.id, second)

    expected = [canonical(renamed(team, people, line)) for line in lines(first, "objects.ndjson")]
    assert sorted(map(canonical, lines(second, "objects.ndjson"))) == sorted(expected)
    before = [happened(renamed(team, people, line)) for line in lines(first, "history.ndjson")]
    since = [line for line in lines(second, "history.ndjson") if json.loads(line)["origin"] == "import"]
    assert [happened(line) for line in lines(second, "history.ndjson")[len(since) :]] == before
    assert files_in(second) == files_in(first) == await files_of(product)
    await assert_log_tells_rows(other, team.id)


async def test_an_export_is_the_same_every_time(product: Product, team: Team, tmp_path: Path) -> None:
    for name in ("first", "second"):
        await export(product, team.id, tmp_path / name)

    for name in ("objects.ndjson", "history.ndjson"):
        assert lines(tmp_path / "first", name) == lines(tmp_path / "second", name)


async def test_people_find_their_work_and_nobody_hears_of_it(
    product: Product, other: Product, team: Team, tmp_path: Path
) -> None:
    await export(product, team.id, tmp_path / "x")
    people = await arrive(team, other)
    await import_(other, tmp_path / "x")
    await other.settled()

    for here in (team.ada, team.ben, team.cleo, team.dan):
        there = people[here.name]
        assert await _listed(there, team.id) == await _listed(here, team.id)
        assert (await there.get("/notifications"))["items"] == []
        assert await _counted(there, team.id, people.values()) == await _counted(here, team.id, _people_of(team))
    found = await people["Ben"].get("/search", q="tiles")
    assert {each["title"] for each in found["items"]} >= {"Fix the roof at once", "Buy tiles"}
    by_key = await people["Ada"].get(f"/tasks/by-key/{await _key_of_moved(team)}", workspace_id=team.id)
    assert by_key["title"] == "Moved"


async def _counted(reader: Person, workspace_id: str, people: Iterable[Person]) -> Any:  # Any: the JSON answer
    """The statistics, in which people are called by their names: their ids are each installation's own."""
    names = {person.id: person.name for person in people}
    stats = await reader.get("/stats", workspace_id=workspace_id)
    for each in stats["by_person"]:
        each["user_id"] = names.get(each["user_id"])
    return {**stats, "by_person": sorted(stats["by_person"], key=str)}


def _people_of(team: Team) -> list[Person]:
    return [team.ada, team.ben, team.cleo, team.dan]


async def _listed(person: Person, workspace_id: str) -> list[tuple[str, str, str]]:
    tasks = (await person.get("/tasks", workspace_id=workspace_id, limit=200))["items"]
    return sorted((task["key"], task["title"], task["status"]) for task in tasks)


async def _key_of_moved(team: Team) -> str:
    """The key that it had before: numbers are given in order."""
    tasks = (await team.ada.get("/tasks", workspace_id=team.id, limit=200))["items"]
    stays = next(task["key"] for task in tasks if task["title"] == "Stays")
    name, _, number = stays.partition("-")
    return f"{name}-{int(number) - 1}"


async def test_numbers_go_on_where_they_were(product: Product, other: Product, team: Team, tmp_path: Path) -> None:
    await export(product, team.id, tmp_path / "x")
    people = await arrive(team, other)
    await import_(other, tmp_path / "x")
    project = next(p for p in (await team.ada.get("/projects", workspace_id=team.id))["items"] if p["key"] == "OPS")

    here = await team.ada.post("/tasks", project_id=project["id"], title="Next")
    there = await people["Ada"].post("/tasks", project_id=project["id"], title="Next")

    assert here["key"] == there["key"]


class Crash(BaseException):
    """The process ends here."""


class _Breaks:
    """Stops in the middle, as a crash does."""

    def __init__(self, whole: PortableWorkspaces, after: int) -> None:
        self._whole = whole
        self._left = after

    def __getattr__(self, name: str) -> Any:  # Any: whatever the whole one has
        return getattr(self._whole, name)

    async def put(self, tx: Transaction, workspace_id: str, given: Any, now: datetime) -> int:
        self._left -= 1
        if self._left < 0:
            raise Crash
        return await self._whole.put(tx, workspace_id, given, now)


async def test_an_import_goes_on_after_a_crash_and_shows_nothing_of_itself_before(
    product: Product, other: Product, team: Team, tmp_path: Path
) -> None:
    ops = next(
        each for each in (await team.ada.get("/projects", workspace_id=team.id))["items"] if each["key"] == "OPS"
    )
    for number in range(BATCH):
        await team.task(ops, title=f"Tile {number}")
    await export(product, team.id, tmp_path / "x")
    people = await arrive(team, other)
    broken = replace(other, monolith=replace(other.monolith, portable=_Breaks(other.monolith.portable, after=1)))

    with pytest.raises(Crash):
        await import_(broken, tmp_path / "x")
    await other.settled()
    assert len(await rows(other, team.id)) == BATCH
    assert await _workspaces_of(people["Ada"]) == ["Personal"]
    done = await import_(other, tmp_path / "x")

    assert done.was_there is False
    await other.settled()
    assert len(await rows(other, team.id)) == len(await rows(product, team.id))
    assert await _workspaces_of(people["Ada"]) == ["Personal", "Roofers"]
    await assert_log_tells_rows(other, team.id)


async def _workspaces_of(person: Person) -> list[str]:
    return sorted(each["name"] for each in (await person.get("/workspaces"))["items"])


async def test_what_only_people_without_an_account_could_edit_goes_to_an_owner(
    product: Product, other: Product, team: Team, tmp_path: Path
) -> None:
    await export(product, team.id, tmp_path / "x")
    ada = await other.person("Ada")

    done = await import_(other, tmp_path / "x")

    assert done.strangers == sorted([team.ben.email, team.cleo.email, team.dan.email])
    secret = next(each for each in (await ada.get("/projects", workspace_id=team.id))["items"] if each["key"] == "SEC")
    assert secret["level"] == "edit"
    tasks = (await ada.get("/tasks", project_id=secret["id"]))["items"]
    assert [(task["title"], task["created_by"]) for task in tasks] == [("Nobody else knows", team.cleo.id)]
    members = (await ada.get(f"/workspaces/{team.id}/members"))["items"]
    assert [member["name"] for member in members] == ["Ada"]
    await assert_log_tells_rows(other, team.id)
