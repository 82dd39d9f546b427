"""What an upload leaves behind: one file when it succeeds, none when it does not."""

import pytest

from tests.tasks.team import Team, refusal
from tests.tasks.test_attachments import TEXT, attached, objects, upload

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


async def test_a_key_that_is_none_is_refused_and_nothing_is_kept(team: Team) -> None:
    task = await team.task(await team.project())
    path = f"/tasks/{task['id']}/attachments"

    answer = await team.ada.api.post(path, params={"name": "a.txt"}, content=b"a", headers={"Idempotency-Key": "a b"})

    assert refusal(answer) == (400, "invalid")
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert (await team.ada.get(path))["items"] == []
