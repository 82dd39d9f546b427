"""Somebody erases their account: what was theirs alone is gone everywhere, what belongs to a team stays with it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import delete as delete_from

from headway.changes.log import NEWEST, newest, read_after, version_of
from headway.changes.redaction import redact
from headway.changes.retention import compact
from headway.changes.schema import cursors
from headway.entrypoints.operation.replay import replay
from headway.modules.tasks.store.attachments import LOOSE_BEFORE
from headway.modules.tasks.store.workspaces import WORKSPACE_BY_ID, stream_of
from headway.platform.db.port import Transaction
from headway.platform.db.statement import command
from tests.support.fold import assert_stream_tells_rows
from tests.support.product import PASSWORD, Person, Product, everything_kept, running_product
from tests.tasks.team import Team, delete, join, refusal

pytestmark = pytest.mark.anyio


async def leave(person: Person) -> httpx.Response:
    return await delete(person, "/users/me", password=PASSWORD)


async def erase(product: Product, person: Person) -> None:
    """Erase an account, and wait until nothing is left to do; rows and log agree then."""
    assert (await leave(person)).status_code == 204
    await product.settled()
    await product.until(lambda: _is_gone(product, person.id))
    await product.settled()
    assert await replay(product.monolith.database.reader, product.monolith.modules, lambda *_: None) == []


async def _is_gone(product: Product, workspace_id: str) -> bool:
    return await product.monolith.database.reader.row(WORKSPACE_BY_ID, id=workspace_id) is None


def says(product: Product, word: str) -> list[str]:
    """The tables that hold a word. The inner tables of the search index are left out: they forget when they merge."""
    held = everything_kept(product.settings.database_url)
    return [name for name, text in held.items() if word in text.lower() and not name.startswith("search_index")]


async def fill(person: Person) -> None:
    """One of everything in a personal workspace, all about spelunking."""
    task = await person.post("/tasks", title="Go spelunking", description="spelunking gear")
    path = f"/tasks/{task['id']}"
    await person.post("/tasks", title="Spelunking boots", parent_id=task["id"])
    await person.post("/labels", workspace_id=person.id, name="spelunking")
    await person.post("/views", workspace_id=person.id, name="spelunking")
    await person.post(f"{path}/comments", body="spelunking!")
    await person.post(f"{path}/checklist", text="spelunking rope")
    await person.post(f"{path}/reminders", at="2199-01-01T00:00:00Z")
    await person.api.post(f"{path}/attachments", params={"name": "spelunking.txt"}, content=b"bytes")
    await person.patch(path, title="Go spelunking soon")
    deleted = await person.post("/tasks", title="No spelunking")
    await delete(person, f"/tasks/{deleted['id']}")
    await delete(person, f"/tasks/{deleted['id']}", permanently=True)


@pytest.mark.parametrize("log", ["as it is", "moved to the history"])
async def test_a_personal_workspace_goes_with_its_owner_from_rows_log_and_history(product: Product, log: str) -> None:
    await product.person("Root")
    cleo = await product.person("Cleo")
    database, stream = product.monolith.database, stream_of(cleo.id)
    await fill(cleo)
    await product.settled()
    if log == "moved to the history":
        assert await compact(database, {}, product.monolith.clock.now(), timedelta(0)) > 0
    kept_in = "activity" if log == "moved to the history" else "changes"
    assert {"tasks", "comments", "attachments", "followed_tasks", kept_in} <= set(says(product, "spelunking"))

    await erase(product, cleo)

    assert says(product, "spelunking") == []
    history = await newest(database.reader, stream, NEWEST, 10_000)
    assert [each.entry.version for each in history] == list(range(await version_of(database.reader, stream), 0, -1))
    assert not any(each.entry.fields or each.before for each in history)
    if log == "as it is":
        await assert_stream_tells_rows(database.reader, cleo.id)


async def test_the_files_of_a_personal_workspace_are_collected(team: Team) -> None:
    product = team.product
    await fill(team.cleo)

    await erase(product, team.cleo)

    tomorrow = product.monolith.clock.now() + timedelta(days=1)
    loose = await product.monolith.database.reader.rows(LOOSE_BEFORE, before=tomorrow, limit=10)
    kept = await product.monolith.objects.list(f"attachments/{team.cleo.id}/")
    assert [each.key for each in kept] == [f"attachments/{team.cleo.id}/{each.file_id}" for each in loose]
    assert len(kept) == 1


async def test_no_reader_that_comes_late_makes_the_workspace_anew(team: Team) -> None:
    await erase(team.product, team.cleo)

    await read_all_again(team.product)

    assert await _is_gone(team.product, team.cleo.id)


async def test_what_a_stop_interrupted_is_done_after_the_next_start(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data") as product:
        await product.person("Root")
        cleo = await product.person("Cleo")
        await fill(cleo)
        assert (await leave(cleo)).status_code == 204

    async with running_product(tmp_path / "data") as product:
        await product.settled()
        await product.until(lambda: _is_gone(product, cleo.id))
        await product.settled()
        assert says(product, "spelunking") == []


async def test_open_tasks_are_nobodys_afterwards_and_closed_ones_tell_who_did_them(team: Team) -> None:
    project = await team.project()
    both = await team.task(project, assignee_ids=[team.ben.id, team.cleo.id])
    trashed = await team.task(project, assignee_ids=[team.cleo.id])
    await delete(team.ada, f"/tasks/{trashed['id']}")
    done = await team.task(project, status="completed", assignee_ids=[team.cleo.id])
    cursor = await version_of(team.product.monolith.database.reader, stream_of(team.id))

    await erase(team.product, team.cleo)

    assert (await team.ada.get(f"/tasks/{both['id']}"))["assignee_ids"] == [team.ben.id]
    assert (await team.ada.put(f"/tasks/{trashed['id']}/restoration"))["assignee_ids"] == []
    assert (await team.ada.get(f"/tasks/{done['id']}"))["assignee_ids"] == [team.cleo.id]
    told = await read_after(team.product.monolith.database.reader, stream_of(team.id), cursor)
    assert {each.entry.id for each in told if "assignee_ids" in each.entry.fields} == {both["id"], trashed["id"]}
    assert {each.origin for each in told if each.entry.id == both["id"]} == {"system"}
    assert await _titles_of_news(team.ben) == [both["title"], "Roofers"]  # that he got it, long ago, and joined


async def _titles_of_news(person: Person) -> list[str]:
    return [each["title"] for each in (await person.get("/notifications"))["items"]]


async def test_what_somebody_kept_alone_in_a_team_is_forgotten_and_what_was_shared_stays(team: Team) -> None:
    project = await team.project()
    await team.cleo.post("/views", workspace_id=team.id, name="spelunking")
    kept = {"workspace_id": team.id, "name": "More spelunking"}
    answer = await team.cleo.api.post("/views", json=kept, headers={"Idempotency-Key": "kept-for-repeats"})
    assert answer.status_code == 201
    await team.cleo.post("/views", workspace_id=team.id, name="Ours", shared_with="workspace")

    await erase(team.product, team.cleo)

    assert says(team.product, "spelunking") == []
    views = (await team.ada.get("/views", workspace_id=team.id))["items"]
    assert [view["name"] for view in views] == ["Ours"]
    assert (await team.ada.get(f"/projects/{project['id']}"))["name"] == "Operations"


async def test_invitations_by_the_person_end_and_those_to_the_person_are_forgotten(team: Team) -> None:
    path = f"/workspaces/{team.id}/invitations"
    await join(team, team.eve, "admin")
    by_eve = await team.eve.post(path, email="new@example.com", role="member")
    by_ada = await team.ada.post(path, email="newer@example.com", role="member")
    assert "invitations" in says(team.product, team.eve.email)

    await erase(team.product, team.eve)

    assert says(team.product, team.eve.email) == []
    new = await team.product.person("New")
    assert refusal(await new.api.post("/invitations/acceptance", json={"token": by_eve["token"]})) == (
        409,
        "invitation_revoked",
    )
    newer = await team.product.person("Newer")
    assert (await newer.api.post("/invitations/acceptance", json={"token": by_ada["token"]})).is_success


async def test_a_private_project_whose_last_listed_person_is_erased_goes_to_an_owner(team: Team) -> None:
    private = await team.project(by=team.cleo, access="private")
    assert (await team.ada.api.get(f"/projects/{private['id']}")).status_code == 404

    await erase(team.product, team.cleo)

    assert (await team.ada.get(f"/projects/{private['id']}"))["level"] == "edit"


async def test_the_last_owner_of_others_is_not_let_go_and_is_told_of_which_workspaces(team: Team) -> None:
    await _let_ada_go_as_administrator(team)
    alone = await team.ada.post("/workspaces", name="Alone")

    refused = await leave(team.ada)

    assert refusal(refused) == (409, "last_owner")
    assert refused.json()["workspaces"] == [{"id": team.id, "name": "Roofers"}]
    assert "Roofers" in refused.json()["detail"]
    assert (await team.ada.get("/users/me"))["name"] == "Ada"
    await team.ada.patch(f"/workspaces/{team.id}/members/{team.ben.id}", role="owner")
    await erase(team.product, team.ada)
    await team.product.until(lambda: _is_gone(team.product, alone["id"]))
    members = (await team.ben.get(f"/workspaces/{team.id}/members"))["items"]
    assert team.ada.id not in {member["user_id"] for member in members}


async def test_a_wrong_password_is_not_told_what_stands_against_it(team: Team) -> None:
    answer = await delete(team.ada, "/users/me", password="something else entirely")

    assert refusal(answer) == (403, "wrong_password")


async def _let_ada_go_as_administrator(team: Team) -> None:
    await team.ada.put(f"/admin/people/{team.ben.id}/administrator")


async def test_every_reader_of_the_log_bears_what_was_forgotten(team: Team) -> None:
    """Read again from the beginning, with nothing in it but that something happened."""
    team = await another(team)
    private = await team.project(by=team.cleo, access="private")
    await team.cleo.put(f"/projects/{private['id']}/members/{team.ada.id}", level="view")
    await team.cleo.put(f"/projects/{private['id']}/members/{team.ada.id}", level="edit")
    await team.cleo.delete(f"/projects/{private['id']}/members/{team.ada.id}")
    open_project = await team.project(key="TWO")
    task = await team.task(open_project, assignee_ids=[team.cleo.id], due_date="2199-01-01")
    await team.ada.post(f"/tasks/{task['id']}/comments", body="Hello")
    await team.cleo.post(f"/tasks/{task['id']}/reminders", at="2199-01-01T00:00:00Z")
    await team.ada.patch(f"/tasks/{task['id']}", status="completed")
    attached = await team.ada.api.post(f"/tasks/{task['id']}/attachments", params={"name": "a.txt"}, content=b"bytes")
    await team.ada.delete(f"/attachments/{attached.json()['id']}")
    await team.ada.post(f"/workspaces/{team.id}/invitations", email="new@example.com", role="member")
    await team.product.settled()
    stats = await team.ada.get("/stats", workspace_id=team.id)
    news = await _titles_of_news(team.cleo)

    await _forget_log(team)
    await read_all_again(team.product)

    assert await team.ada.get("/stats", workspace_id=team.id) == stats
    assert await _titles_of_news(team.cleo) == news


async def test_counters_let_go_of_a_task_whose_beginning_was_forgotten(team: Team) -> None:
    team = await another(team)
    project = await team.project()
    kept, gone = await team.task(project), await team.task(project)
    await team.product.settled()

    await _forget_log(team)
    await delete(team.ada, f"/tasks/{gone['id']}")
    await delete(team.ada, f"/tasks/{gone['id']}", permanently=True)
    await team.ada.patch(f"/tasks/{kept['id']}", priority="high")
    await team.product.settled()

    stats = await team.ada.get("/stats", workspace_id=team.id)
    assert (stats["total"], stats["by_priority"]["high"]) == (1, 1)


async def another(team: Team) -> Team:
    """A second workspace of the same people: the first one's log must tell its rows in the end."""
    workspace = await team.ada.post("/workspaces", name="Thatchers")
    second = replace(team, id=workspace["id"])
    await join(second, team.cleo, "member")
    return second


async def read_all_again(product: Product) -> None:
    """Let every reader of workspace and account streams begin anew."""

    async def act(tx: Transaction) -> None:
        await tx.execute(command(delete_from(cursors)))

    await product.monolith.database.write(act)
    await product.settled()


async def _forget_log(team: Team) -> None:
    async def act(tx: Transaction) -> None:
        stream = stream_of(team.id)
        await redact(tx, stream, until=await version_of(tx, stream) + 1)

    await team.product.monolith.database.write(act)
