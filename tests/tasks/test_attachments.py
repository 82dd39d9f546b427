"""Files on tasks: what comes in is kept as it is, and what goes out can never run."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from headway.modules.tasks.jobs import FileJobs
from headway.modules.tasks.store.attachments import LOOSE_FOR
from headway.platform.jobs import Nothing
from headway.platform.objects import ObjectStore
from tests.support import s3
from tests.support.clock import StillClock
from tests.support.product import Person
from tests.tasks.team import Team, refusal

pytestmark = pytest.mark.anyio

TEXT = b"0123456789" * 10


def picture(width: int = 900, height: int = 600) -> bytes:
    """A PNG."""
    target = BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, "PNG")
    return target.getvalue()


async def upload(
    person: Person, task: dict[str, str], data: bytes, name: str = "notes.txt", kind: str = "text/plain", **more: str
) -> httpx.Response:
    """Send a file as a browser does."""
    headers = {"Content-Type": kind, **({"Idempotency-Key": more.pop("key")} if "key" in more else {})}
    return await person.api.post(
        f"/tasks/{task['id']}/attachments", params={"name": name, **more}, content=data, headers=headers
    )


async def attached(person: Person, task: dict[str, str], data: bytes, *given: str) -> Any:  # Any: the JSON answer
    """The attachment that an upload makes."""
    answer = await upload(person, task, data, *given)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture(params=["folder", "s3"])
def settings(request: pytest.FixtureRequest) -> Mapping[str, Any]:  # Any: values of settings
    """All that is said here holds wherever files are kept."""
    return s3.settings() if request.param == "s3" else {}


def objects(team: Team) -> ObjectStore:
    return team.product.monolith.objects


async def test_a_file_comes_back_as_it_was(team: Team) -> None:
    task = await team.task(await team.project())

    made = await attached(team.cleo, task, TEXT)

    assert (made["name"], made["media_type"], made["size"]) == ("notes.txt", "text/plain", 100)
    assert made["sha256"] == hashlib.sha256(TEXT).hexdigest()
    content = await team.ada.api.get(made["content_url"])
    assert content.content == TEXT
    assert (await team.ada.get(f"/tasks/{task['id']}/attachments"))["items"] == [made]


async def test_those_who_run_a_workspace_are_told_what_its_files_take(team: Team) -> None:
    task = await team.task(await team.project())
    assert await team.ben.get(f"/workspaces/{team.id}/usage") == {"files": 0, "bytes": 0}

    await attached(team.cleo, task, TEXT)
    await attached(team.cleo, task, TEXT, "more.txt")

    assert await team.ben.get(f"/workspaces/{team.id}/usage") == {"files": 2, "bytes": 200}
    assert refusal(await team.cleo.api.get(f"/workspaces/{team.id}/usage"))[0] == 403


async def test_what_could_run_is_saved_and_never_shown(team: Team) -> None:
    task = await team.task(await team.project())
    page = b"<html><script>alert(document.cookie)</script></html>"
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'

    for data, name, kind in (
        (page, "x.html", "text/html"),
        (drawing, "x.svg", "image/svg+xml"),
        (page, "x.png", "image/png"),
        (page, "x", 'text/html"; charset=x'),
        (b"\x89PNG\r\n" + page, "x.png", "image/png"),
    ):
        made = await attached(team.ada, task, data, name, kind)
        answer = await team.ada.api.get(made["content_url"])
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]


async def test_a_picture_is_shown_whatever_its_sender_called_it(team: Team) -> None:
    task = await team.task(await team.project())
    made = await attached(team.ada, task, picture(), "roof.exe", "text/html")

    shown = await team.ada.api.get(made["content_url"])
    saved = await team.ada.api.get(made["content_url"], params={"save": "true"})

    assert (made["media_type"], shown.headers["content-type"]) == ("image/png", "image/png")
    assert shown.headers["content-disposition"].startswith("inline;")
    assert saved.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\notes.txt", "notes.txt"),
        ("a<b>:c?.txt", "a_b__c_.txt"),
        ("...", "file"),
        ("con.txt", "_con.txt"),
        ("täst \u202efdp.exe", "täst fdp.exe"),
        ("ü" * 200 + ".pdf", "ü" * 125 + ".pdf"),
    ],
)
async def test_a_name_is_made_safe(team: Team, given: str, kept: str) -> None:
    task = await team.task(await team.project())

    made = await attached(team.ada, task, TEXT, given)

    assert made["name"] == kept
    told = (await team.ada.api.get(made["content_url"])).headers["content-disposition"]
    assert told.isascii()
    assert "\\" not in told


async def test_parts_of_a_file_can_be_had(team: Team) -> None:
    task = await team.task(await team.project())
    url = (await attached(team.ada, task, TEXT))["content_url"]

    for asked, told, expected in (
        ("bytes=0-9", "bytes 0-9/100", TEXT[:10]),
        ("bytes=95-", "bytes 95-99/100", TEXT[95:]),
        ("bytes=-3", "bytes 97-99/100", TEXT[-3:]),
        ("bytes=90-500", "bytes 90-99/100", TEXT[90:]),
    ):
        answer = await team.ada.api.get(url, headers={"Range": asked})
        assert (answer.status_code, answer.headers["content-range"], answer.content) == (206, told, expected)
        assert answer.headers["content-length"] == str(len(expected))
    for whole in ("bytes=5-1", "lines=1-2", "bytes=0-1,3-4", "bytes=-"):
        assert (await team.ada.api.get(url, headers={"Range": whole})).content == TEXT
    beyond = await team.ada.api.get(url, headers={"Range": "bytes=100-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */100")


async def test_a_file_that_is_held_already_is_not_sent_again(team: Team) -> None:
    task = await team.task(await team.project())
    url = (await attached(team.ada, task, TEXT))["content_url"]
    etag = (await team.ada.api.get(url)).headers["etag"]

    same = await team.ada.api.get(url, headers={"If-None-Match": etag})
    part = await team.ada.api.get(url, headers={"Range": "bytes=0-1", "If-Range": '"other"'})

    assert (same.status_code, same.content) == (304, b"")
    assert (part.status_code, part.content) == (200, TEXT)


async def test_only_who_sees_the_task_has_its_files_and_only_who_edits_it_adds_some(team: Team) -> None:
    project = await team.project(access="private")
    task = await team.task(project)
    made = await attached(team.ada, task, TEXT)
    await team.ada.put(f"/projects/{project['id']}/members/{team.dan.id}", level="comment")

    assert (await team.dan.api.get(made["content_url"])).content == TEXT
    assert refusal(await upload(team.dan, task, TEXT)) == (403, "level_too_low")
    assert refusal(await team.dan.api.delete(f"/attachments/{made['id']}")) == (403, "level_too_low")
    for stranger in (team.cleo, team.eve):
        assert (await stranger.api.get(made["content_url"])).status_code == 404
        assert refusal(await upload(stranger, task, TEXT)) == (404, "not_found")
        assert (await stranger.api.delete(f"/attachments/{made['id']}")).status_code == 404
    assert (await team.product.client().get(made["content_url"])).status_code == 401


async def test_a_repeated_upload_attaches_once(team: Team) -> None:
    task = await team.task(await team.project())

    first = await upload(team.ada, task, TEXT, key="once")
    again = await upload(team.ada, task, TEXT, key="once")
    other = await upload(team.ada, task, b"something else", key="once")

    assert first.json() == again.json()
    assert refusal(other) == (409, "idempotency_key_reused")
    assert len((await team.ada.get(f"/tasks/{task['id']}/attachments"))["items"]) == 1
    assert (await team.ada.api.get(first.json()["content_url"])).content == TEXT


async def test_files_that_are_too_large_too_many_or_empty_are_refused(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = await team.task(await team.project())
    limit = team.product.settings.max_upload_mb << 20

    assert refusal(await upload(team.ada, task, b"")) == (400, "empty_file")
    assert (await upload(team.ada, task, b"x" * (limit + 1))).status_code == 413
    assert (await upload(team.ada, task, TEXT, name="")).json()["errors"][0]["field"] == "name"
    monkeypatch.setattr("headway.modules.tasks.actions.attachments.ATTACHMENTS_PER_TASK", 1)
    await attached(team.ada, task, TEXT)
    assert refusal(await upload(team.ada, task, TEXT)) == (409, "too_many_attachments")


async def test_a_picture_gets_a_thumbnail_and_a_damaged_one_does_not(team: Team) -> None:
    task = await team.task(await team.project())
    path = f"/tasks/{task['id']}/attachments"
    damaged = await attached(team.ada, task, picture()[:60], "broken.png")
    made = await attached(team.ada, task, picture(), "roof.png")
    assert (await team.ada.api.get(f"/attachments/{made['id']}/thumbnail")).status_code == 404

    async def is_made() -> bool:
        return (await team.ada.get(path))["items"][1]["thumbnail_url"] is not None

    await team.product.until(is_made)

    small = await team.cleo.api.get(f"/attachments/{made['id']}/thumbnail")
    with Image.open(BytesIO(small.content)) as image:
        assert (image.format, image.size) == ("WEBP", (400, 267))
    assert small.headers["content-type"] == "image/webp"
    assert (await team.ada.api.get(f"/attachments/{damaged['id']}/thumbnail")).status_code == 404
    assert (await team.dan.api.get(f"/attachments/{made['id']}/thumbnail")).status_code == 404


async def test_a_removed_file_goes_after_a_day_and_no_other(team: Team) -> None:
    task = await team.task(await team.project())
    gone, kept = await attached(team.ada, task, TEXT), await attached(team.ada, task, b"keep")
    await team.ada.delete(f"/attachments/{gone['id']}")
    assert (await team.ada.api.get(gone["content_url"])).status_code == 404
    await team.product.settled()
    clock = StillClock(team.product.monolith.clock.now() + LOOSE_FOR - timedelta(minutes=5))

    await remove_loose_files(team, clock)
    assert len(await objects(team).list("attachments/")) == 2
    clock.at += timedelta(minutes=10)
    await remove_loose_files(team, clock)

    assert [held.size for held in await objects(team).list("attachments/")] == [4]
    assert (await team.ada.api.get(kept["content_url"])).content == b"keep"


async def test_a_removed_file_can_be_had_back_by_undo_and_then_stays(team: Team) -> None:
    task = await team.task(await team.project())
    made = await attached(team.ada, task, TEXT)
    removed = await team.ada.api.delete(f"/attachments/{made['id']}")
    await team.product.settled()

    await team.ada.post("/undo", action_id=removed.headers["headway-action"])
    await remove_loose_files(team, StillClock(team.product.monolith.clock.now() + 2 * LOOSE_FOR))

    assert (await team.ada.api.get(made["content_url"])).content == TEXT


async def test_what_a_failed_upload_left_behind_goes_after_a_day(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    task = await team.task(await team.project())
    held = await attached(team.ada, task, TEXT)

    async def ended(_objects: ObjectStore, _key: str) -> None:
        """The process ends before it has tidied up."""

    with monkeypatch.context() as unlucky:
        unlucky.setattr(type(objects(team)), "delete", ended)
        assert refusal(await upload(team.ada, task, b"second", id=held["id"])) == (409, "id_taken")
    assert len(await objects(team).list("attachments/")) == 2

    await remove_loose_files(team, StillClock(team.product.monolith.clock.now() + 2 * LOOSE_FOR))

    assert (await team.ada.api.get(held["content_url"])).content == TEXT
    assert len(await objects(team).list("attachments/")) == 1


async def remove_loose_files(team: Team, clock: StillClock) -> None:
    job = FileJobs(team.product.monolith.database, clock, objects(team)).loose_files()
    await job.run(Nothing(), _Alone())


class _Alone:
    """A run that nobody else competes for."""

    id = "01935a00-0000-7000-8000-000000000002"
    attempt = 1

    def report(self, done: int, total: int) -> None:
        """Nobody looks."""

    async def finish(self, tx: object) -> None:
        """Nothing waits."""
