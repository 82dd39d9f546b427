"""A workspace leaves as JSON and files, and comes back without loss."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from headway.changes.contracts import Recorded
from headway.platform.backup.manifest import BadBackup
from headway.platform.db.port import Transaction
from headway.platform.problems import Conflict, NotFound
from tests.cli.installations import export, files_of, import_, rows
from tests.support.fold import assert_log_tells_rows
from tests.support.product import Product, running_product
from tests.tasks.team import Team, make_team

pytestmark = pytest.mark.anyio

FILE = b"what is in the file"


async def told(product: Product, workspace_id: str) -> list[tuple[str, str, str]]:
    """What happened before an import, the newest first."""
    found: list[tuple[str, str, str]] = []
    await product.monolith.portable.history(
        product.monolith.database.reader,
        workspace_id,
        lambda recorded: (
            found.append((recorded.entry.kind, recorded.entry.id, recorded.entry.op))
            if recorded.origin != "import"
            else None
        ),
    )
    return found


@pytest.fixture
async def team(product: Product) -> Team:
    """A workspace in which something of everything happened."""
    team = await make_team(product)
    project = await team.project()
    label = await team.ada.post("/labels", workspace_id=team.id, name="urgent", color="red")
    task = await team.task(project, description="Look at @Ben's notes", label_ids=[label["id"]], due_date="2026-12-01")
    await team.task(project, title="Buy tiles", parent_id=task["id"])
    await team.ben.post(f"/tasks/{task['id']}/comments", body="On my way")
    await team.ada.patch(f"/tasks/{task['id']}", title="Fix the roof at once")
    await team.ada.put(f"/tasks/{task['id']}/assignees/{team.ben.id}")
    uploaded = await team.ada.api.post(
        f"/tasks/{task['id']}/attachments",
        params={"name": "notes.txt"},
        content=FILE,
        headers={"content-type": "text/plain"},
    )
    assert uploaded.is_success, uploaded.text
    await product.settled()
    return team


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Product]:
    """Another installation, where nobody has an account yet."""
    async with running_product(tmp_path / "other") as product:
        yield product


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["roofers", "roofers.tar"])
async def test_a_workspace_comes_back_whole_where_it_was_lost(
    product: Product, other: Product, team: Team, tmp_path: Path, name: str
) -> None:
    exported = await export(product, team.id, tmp_path / name)
    assert (exported.workspace.name, exported.files) == ("Roofers", 1)
    for person in (team.ada, team.ben, team.cleo, team.dan):
        await other.monolith.operator.add(person.email, person.name, None, is_admin=False)
    people = {person.email: person.id for person in await other.monolith.operator.people()}
    imported = await import_(other, tmp_path / name)
    assert (imported.workspace_id, imported.files, imported.strangers) == (team.id, 1, [])
    text = msgspec.json.encode(sorted((await rows(product, team.id)).values(), key=str)).decode()
    for person in (team.ada, team.ben, team.cleo, team.dan):
        text = text.replace(person.id, people[person.email])
    expected = sorted(msgspec.json.decode(text), key=str)
    brought = msgspec.json.decode(msgspec.json.encode(list((await rows(other, team.id)).values())))
    assert sorted(brought, key=str) == expected
    assert await files_of(other) == await files_of(product)
    assert len(await told(other, team.id)) == len(await told(product, team.id))
    await assert_log_tells_rows(other, team.id)


async def test_an_import_that_was_broken_off_in_the_history_is_completed_by_a_repeat(
    product: Product, other: Product, team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await export(product, team.id, tmp_path / "roofers")
    await other.person("Ada")
    monkeypatch.setattr("headway.entrypoints.operation.arrival.BATCH", 5)
    portable = type(other.monolith.portable)
    whole = portable.put_history

    async def broken(self: Any, tx: Transaction, workspace_id: str, entries: Sequence[Recorded], after: int) -> None:
        if after == 10:
            raise RuntimeError("the power is cut")
        await whole(self, tx, workspace_id, entries, after)

    with monkeypatch.context() as unlucky:
        unlucky.setattr(portable, "put_history", broken)
        with pytest.raises(RuntimeError):
            await import_(other, tmp_path / "roofers")
    assert not await other.monolith.portable.is_there(other.monolith.database.reader, team.id)

    await import_(other, tmp_path / "roofers")

    said, expected = [[(kind, op) for kind, _, op in await told(each, team.id)] for each in (other, product)]
    assert said == expected


async def test_a_repeat_changes_nothing(product: Product, other: Product, team: Team, tmp_path: Path) -> None:
    await export(product, team.id, tmp_path / "x")
    await other.monolith.operator.add(team.ada.email, None, None, is_admin=False)
    first = await import_(other, tmp_path / "x")
    assert first.strangers == sorted([team.ben.email, team.cleo.email, team.dan.email])
    before = await rows(other, team.id)
    assert (await import_(other, tmp_path / "x")).was_there is True
    assert await rows(other, team.id) == before


async def test_a_copy_stands_beside_the_original_under_ids_of_its_own(
    product: Product, team: Team, tmp_path: Path
) -> None:
    await export(product, team.id, tmp_path / "x")
    original = await rows(product, team.id)
    copied = await import_(product, tmp_path / "x", copy=True)
    assert copied.workspace_id != team.id
    copy = await rows(product, copied.workspace_id)
    assert len(copy) == len(original)
    assert await rows(product, team.id) == original
    ids = {key for key in original if key[0] != "member"}
    assert not ids & set(copy)
    titles = sorted(row["title"] for (kind, _), row in copy.items() if kind == "task")
    assert titles == ["Buy tiles", "Fix the roof at once"]
    [comment] = [row for (kind, _), row in copy.items() if kind == "comment"]
    assert ("task", comment["task_id"]) in copy
    assert comment["created_by"] == team.ben.id
    assert (await import_(product, tmp_path / "x", copy=True)).was_there is True
    await product.settled()
    names = [workspace["name"] for workspace in (await team.cleo.get("/workspaces"))["items"]]
    assert names.count("Roofers") == 2


async def test_nobody_sees_a_workspace_without_an_owner(
    product: Product, other: Product, team: Team, tmp_path: Path
) -> None:
    await export(product, team.id, tmp_path / "x")
    with pytest.raises(Conflict, match="--owner"):
        await import_(other, tmp_path / "x")
    zoe = await other.monolith.operator.add("zoe@example.com", None, None, is_admin=False)
    await import_(other, tmp_path / "x", owner="zoe@example.com")
    members = [row for (kind, _), row in (await rows(other, team.id)).items() if kind == "member"]
    assert [(row["id"], row["role"]) for row in members] == [(zoe.id, "owner")]


async def test_a_personal_workspace_can_be_copied(product: Product, team: Team, tmp_path: Path) -> None:
    await team.ada.post("/tasks", title="Mine alone")
    await export(product, team.ada.id, tmp_path / "x")
    copied = await import_(product, tmp_path / "x", copy=True)
    copy = await rows(product, copied.workspace_id)
    [task] = [row for (kind, _), row in copy.items() if kind == "task"]
    assert (task["title"], task["created_by"]) == ("Mine alone", team.ada.id)


async def test_a_damaged_export_is_refused_and_changes_nothing(
    product: Product, other: Product, team: Team, tmp_path: Path
) -> None:
    await export(product, team.id, tmp_path / "x")
    objects = tmp_path / "x" / "objects.ndjson"
    damaged = objects.read_bytes().replace(b"Buy tiles", b"Buy files")
    objects.write_bytes(damaged)
    with pytest.raises(BadBackup, match=r"objects\.ndjson is damaged"):
        await import_(other, tmp_path / "x")
    assert await rows(other, team.id) == {}


async def test_an_export_never_overwrites_and_leaves_nothing_half_done(
    product: Product, team: Team, tmp_path: Path
) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(Conflict):
        await export(product, team.id, tmp_path / "x")
    with pytest.raises(NotFound):
        await export(product, "nothing", tmp_path / "y")
    assert names_in(tmp_path) == ["data", "x"]
