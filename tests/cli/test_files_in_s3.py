"""Files in a store that speaks S3, over the life of an installation: backups, moves, and a store that is away."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest
from structlog.testing import capture_logs

from headway.entrypoints.operation.backups import back_up, put_in_place
from headway.entrypoints.operation.doctor.files import check_files
from headway.entrypoints.operation.presence import missing_files
from headway.platform.clock import SystemClock
from headway.settings import Settings
from tests.cli.installations import export, files_of, import_
from tests.support import mariadb, s3
from tests.support.product import Person, Product, running_product
from tests.support.serving import free_port, running

pytestmark = pytest.mark.anyio


def quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody watches."""


async def task_of(person: Person) -> str:
    """The id of a new task in somebody's own workspace."""
    return str((await person.post("/tasks", title="Shingles"))["id"])


async def attach(person: Person, task: str, data: bytes) -> httpx.Response:
    headers = {"Content-Type": "text/plain"}
    return await person.api.post(f"/tasks/{task}/attachments", params={"name": "a.txt"}, content=data, headers=headers)


async def attached(product: Product, data: bytes) -> Person:
    """Ada, who has attached a file."""
    ada = await product.person("Ada")
    await product.settled()
    assert (await attach(ada, await task_of(ada), data)).status_code == 201
    return ada


@pytest.mark.skipif(mariadb.wanted(), reason="Headway backs up SQLite")
async def test_a_backup_holds_the_store_and_brings_back_what_it_lost(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data", **s3.settings()) as product:
        await attached(product, b"precious")
        settings = product.settings
        before = await files_of(product)
        made = await anyio.to_thread.run_sync(back_up, settings, SystemClock().now(), quiet)
        again = await anyio.to_thread.run_sync(back_up, settings, SystemClock().now(), quiet)
        [key] = before
        await product.monolith.objects.delete(key)

    copies = [Path(each.path) / "objects" / key for each in (made, again)]
    assert copies[0].read_bytes() == b"precious"
    assert copies[0].samefile(copies[1])  # a second backup copies nothing that has not changed
    await anyio.to_thread.run_sync(put_in_place, settings, Path(made.path), SystemClock().now(), quiet)
    async with running_product(tmp_path / "data", **_files(settings)) as product:
        assert await files_of(product) == before


@pytest.mark.skipif(mariadb.wanted(), reason="Headway backs up SQLite")
async def test_files_move_from_a_folder_into_a_store_by_a_backup(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data") as product:
        await attached(product, b"precious")
        before = await files_of(product)
        settings = product.settings
        made = await anyio.to_thread.run_sync(back_up, settings, SystemClock().now(), quiet)

    moved = replace(settings, **s3.settings())
    await anyio.to_thread.run_sync(put_in_place, moved, Path(made.path), SystemClock().now(), quiet)
    shutil.rmtree(tmp_path / "data/objects")
    async with running_product(tmp_path / "data", **_files(moved)) as product:
        assert await files_of(product) == before


async def test_a_file_that_is_missing_is_found(tmp_path: Path) -> None:
    async with running_product(tmp_path / "data", **s3.settings()) as product:
        await attached(product, b"precious")
        parts = product.monolith
        assert await missing_files(parts.database, parts.portable, parts.objects, quiet) == []
        [key] = await files_of(product)
        await parts.objects.delete(key)
        assert await missing_files(parts.database, parts.portable, parts.objects, quiet) == [
            f"{key} is not in the store"
        ]


async def test_an_export_holds_files_of_the_store(tmp_path: Path) -> None:
    async with running_product(tmp_path / "one", **s3.settings()) as product:
        ada = await attached(product, b"precious")
        workspace = (await ada.get("/workspaces"))["items"][0]["id"]
        await export(product, workspace, tmp_path / "export")
        before = await files_of(product)
    async with running_product(tmp_path / "two", **s3.settings()) as product:
        await product.person("Ada")
        await product.settled()
        await import_(product, tmp_path / "export", copy=True)
        assert list((await files_of(product)).values()) == list(before.values())


@contextmanager
def store_at(port: int, folder: Path) -> Iterator[None]:
    """A store with the bucket `files` on that port."""
    folder.mkdir()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command, f"http://127.0.0.1:{port}/moto-api/", folder, {}):
        httpx.put(f"http://127.0.0.1:{port}/files").raise_for_status()
        yield


async def test_while_the_store_is_away_work_goes_on_and_files_say_when_to_come_back(tmp_path: Path) -> None:
    port = free_port()
    place = f"s3://files?endpoint=http://127.0.0.1:{port}"
    settings = {**s3.settings(), "objects_url": place}
    async with running_product(tmp_path / "data", **settings) as product:
        ada = await product.person("Ada")
        await product.settled()
        task = await task_of(ada)

        with capture_logs() as lines:
            refused = await attach(ada, task, b"data")

        assert (refused.status_code, refused.json()["code"]) == (503, "storage_unavailable")
        assert int(refused.headers["Retry-After"]) > 0
        assert "object_store_failed" in [line["event"] for line in lines]
        assert (await ada.get(f"/tasks/{task}/attachments"))["items"] == []
        await ada.patch(f"/tasks/{task}", title="Slates")
        [finding] = await anyio.to_thread.run_sync(check_files, product.settings, SystemClock())
        assert finding.level == "failure"

        with store_at(port, tmp_path / "store"):
            made = (await attach(ada, task, b"data")).json()
            assert (await ada.api.get(made["content_url"])).content == b"data"
            [finding] = await anyio.to_thread.run_sync(check_files, product.settings, SystemClock())
            assert finding.level == "ok"

        gone = await ada.api.get(made["content_url"])
        assert (gone.status_code, gone.json()["code"]) == (503, "storage_unavailable")


def _files(settings: Settings) -> dict[str, Any]:  # Any: values of settings
    """Where the files are, as settings of another run."""
    names = ("objects_url", "objects_key_id", "objects_secret")
    return {name: getattr(settings, name) for name in names}
