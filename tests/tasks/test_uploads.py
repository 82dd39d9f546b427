"""What an upload leaves behind: one file when it succeeds, none when it does not."""

import pytest

from headway.modules.tasks.store.attachments import LOOSE_BYTES_OF_WORKSPACE, LOOSE_FOR, loose_files
from headway.platform.db.port import Transaction
from headway.platform.db.statement import insert_into
from headway.platform.ids import new_id
from tests.support.clock import StillClock
from tests.tasks.team import Team, refusal
from tests.tasks.test_attachments import TEXT, attached, objects, remove_loose_files, upload

pytestmark = pytest.mark.anyio


async def test_an_upload_that_is_refused_once_it_has_come_leaves_no_file(team: Team) -> None:
    project = await team.project()
    task, other = await team.task(project), await team.task(project)
    made = await attached(team.cleo, task, TEXT)
    before = [held.key for held in await objects(team).list("attachments/")]

    assert refusal(await upload(team.cleo, other, TEXT, id=made["id"])) == (409, "id_taken")

    assert [held.key for held in await objects(team).list("attachments/")] == before


async def test_a_repeated_upload_leaves_one_file(team: Team) -> None:
    task = await team.task(await team.project())
    for _ in range(3):
        assert (await upload(team.cleo, task, TEXT, key="again")).status_code == 201

    assert len(await objects(team).list("attachments/")) == 1


async def loose_bytes(team: Team) -> int | None:
    await team.product.settled()
    return await team.product.monolith.database.reader.row(LOOSE_BYTES_OF_WORKSPACE, workspace_id=team.id)


async def test_a_deleted_file_counts_until_its_bytes_are_gone(team: Team) -> None:
    task = await team.task(await team.project())
    made = await attached(team.cleo, task, TEXT)
    assert await loose_bytes(team) == 0

    removed = await team.cleo.api.delete(f"/attachments/{made['id']}")
    assert await loose_bytes(team) == len(TEXT)
    await team.cleo.post("/undo", action_id=removed.headers["headway-action"])
    assert await loose_bytes(team) == 0
    await team.cleo.delete(f"/attachments/{made['id']}")
    assert await loose_bytes(team) == len(TEXT)
    await remove_loose_files(team, StillClock(team.product.monolith.clock.now() + 2 * LOOSE_FOR))
    assert await loose_bytes(team) == 0


async def test_who_uploads_and_deletes_again_and_again_fills_the_workspace_only(team: Team) -> None:
    task = await team.task(await team.project())
    room = team.product.settings.max_workspace_gb << 30

    async def nearly_full(tx: Transaction) -> None:
        loose = {"workspace_id": team.id, "file_id": new_id(), "size": room - len(TEXT)}
        await tx.execute(insert_into(loose_files), since=team.product.monolith.clock.now(), **loose)

    await team.product.monolith.database.write(nearly_full)
    made = await attached(team.cleo, task, TEXT)
    await team.cleo.delete(f"/attachments/{made['id']}")
    await team.product.settled()

    assert refusal(await upload(team.cleo, task, b"x")) == (409, "workspace_full")


async def test_a_key_that_is_none_is_refused_and_nothing_is_kept(team: Team) -> None:
    task = await team.task(await team.project())
    path = f"/tasks/{task['id']}/attachments"

    answer = await team.ada.api.post(path, params={"name": "a.txt"}, content=b"a", headers={"Idempotency-Key": "a b"})

    assert refusal(answer) == (400, "invalid")
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert (await team.ada.get(path))["items"] == []
